"""Receiving a file: examined as it passes, encrypted, scanned; only then is it there. Whose a file is, the caller has checked."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection

from psl.journal import operations as journal
from psl.pieces import noms, queries, refus
from psl.pieces.antivirus import Avis, antivirus
from psl.pieces.examen.constat import Constat, Examen
from psl.pieces.models import Etat, Fichier
from psl.pieces.operations.retrait import destroy
from psl.pieces.queries import FichierVu
from psl.pieces.regles import Regles
from psl.pieces.stockage import StockageError, stockage
from psl.socle import cles, crypto
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.uuid7 import uuid7

# Who sends viruses again and again does not fill the disk: so many of one subject, and of all of them, in files and in bytes.
ECARTES_MAX = 5
QUARANTAINE_MAX, QUARANTAINE_OCTETS_MAX = 500, 2_000_000_000


@dataclass(frozen=True, slots=True)
class _Envoi:
    """A file being received, and the rules it comes under."""

    id: UUID
    cle: bytes
    sujet: UUID
    piece: str
    nom: str
    regles: Regles


def receive(sujet: UUID, piece: str, *, nom: str, chunks: Iterable[bytes], regles: Regles, now: datetime) -> FichierVu:
    """Keep a file for a piece: examined as it passes, encrypted, scanned, and only then there.

    The same content sent again for the same piece returns the first one. No transaction is open while the bytes pass; what a
    crash leaves in state `recu` is removed by `remove_stale`. A virus sets the file aside (quarantine): nobody is given it.
    Refuses: fichiers-trop-nombreux, fichier-vide, fichier-trop-gros, fichier-type, fichier-abime, fichier-double, fichier-demesure,
    fichier-chiffre, fichier-complexe, fichiers-trop-gros, fichier-virus, antivirus-absent, stockage-absent.
    Records: fichier.ecarte, for a virus.
    Locks: the files of the subject.
    """
    with scope(_holder(sujet)):
        envoi = _reserve(sujet, piece, nom, regles, now=now)
    try:
        constat = _store(envoi, chunks)
        virus = _scan(envoi)
        with scope(_holder(sujet)):
            recu = _keep(envoi, constat, virus, now=now)
    except BaseException:
        with suppress(DatabaseError, StockageError):
            _forget(envoi)
        raise
    if recu is None:
        raise refus.infected(noms.show(nom))
    if recu.id != envoi.id:
        _forget(envoi)
    return recu


def _holder(sujet: UUID) -> Acteur:
    return Acteur("porteur", sujet, sujet=sujet)


def _reserve(sujet: UUID, piece: str, nom: str, regles: Regles, *, now: datetime) -> _Envoi:
    """Hold a place for a file, so that two sent at once cannot both be the last one."""
    _lock(sujet)
    if queries.count(sujet, piece)[0] >= regles.fichiers_max:
        raise refus.too_many(regles)
    fichier = Fichier.objects.create(id=uuid7(now), sujet=sujet, piece=piece, created_at=now)
    return _Envoi(fichier.id, cles.create("fichier", fichier.id, sujet=sujet, now=now), sujet, piece, nom, regles)


def _store(envoi: _Envoi, chunks: Iterable[bytes]) -> Constat:
    examen = Examen()
    boite = crypto.encrypt_chunks(envoi.cle, _examined(chunks, examen, envoi), envoi.id.bytes)
    try:
        stockage().put(boite, envoi.id.hex)
    except StockageError as error:
        raise refus.not_stored() from error
    return examen.conclude()


def _examined(chunks: Iterable[bytes], examen: Examen, envoi: _Envoi) -> Iterator[bytes]:
    """Let the chunks through while nothing is wrong with them."""
    for chunk in chunks:
        examen.feed(chunk)
        if examen.taille > envoi.regles.taille_max:
            break
        yield chunk
    if non := refus.why_not(examen.conclude(), noms.show(envoi.nom), envoi.regles):
        raise non


def _scan(envoi: _Envoi) -> str:
    """Return the name of the virus found, or nothing."""
    try:
        verdict = antivirus().scan(crypto.decrypt_chunks(envoi.cle, stockage().open(envoi.id.hex), envoi.id.bytes))
    except StockageError as error:
        raise refus.not_stored() from error
    if verdict.avis is Avis.INFECTE:
        return verdict.nom or "?"
    if verdict.avis is not Avis.SAIN:
        raise refus.not_scanned(noms.show(envoi.nom))
    return ""


def _keep(envoi: _Envoi, constat: Constat, virus: str, *, now: datetime) -> FichierVu | None:
    if not virus:
        return _admit(envoi, constat)
    _set_aside(envoi, constat, virus, now=now)
    return None


def _set_aside(envoi: _Envoi, constat: Constat, virus: str, *, now: datetime) -> None:
    """Keep an infected file apart, encrypted, for whoever must understand what happened; what is too much is destroyed at once."""
    _lock(envoi.sujet)
    _lock("quarantaine")
    tous, octets, siens = queries.quarantine_size(envoi.sujet)
    if siens >= ECARTES_MAX or tous >= QUARANTAINE_MAX or octets + constat.taille > QUARANTAINE_OCTETS_MAX:
        raise refus.infected(noms.show(envoi.nom))
    nom = noms.clean(envoi.nom, constat.extension)
    Fichier.objects.filter(id=envoi.id).update(
        etat=Etat.QUARANTAINE,
        virus=_printable(virus),
        ecarte_at=now,
        type=constat.mime,
        taille=constat.taille,
        boite=queries.close_box(nom, constat.sha256, envoi.id, envoi.cle),
    )
    journal.record("fichier.ecarte", envoi.id, by=SYSTEME, at=now, corps={"sujet": str(envoi.sujet), "virus": _printable(virus)})


def _printable(virus: str) -> str:
    """Return the name an antivirus gave, as it can be kept and shown: it comes from outside."""
    return re.sub(r"[^A-Za-z0-9 ._:()/-]", "?", virus)[:120]


def _admit(envoi: _Envoi, constat: Constat) -> FichierVu:
    _lock(envoi.sujet)
    presents = queries.of(envoi.sujet, envoi.piece)
    if deja := next((vu for vu in presents if vu.sha256.hex() == constat.sha256), None):
        return deja
    if queries.count(envoi.sujet, envoi.piece)[1] + constat.taille > envoi.regles.total_max:
        raise refus.total_over(envoi.regles)
    nom = noms.clean(envoi.nom, constat.extension)
    Fichier.objects.filter(id=envoi.id).update(
        etat=Etat.SAIN, type=constat.mime, taille=constat.taille, boite=queries.close_box(nom, constat.sha256, envoi.id, envoi.cle)
    )
    return next(vu for vu in queries.of(envoi.sujet, envoi.piece) if vu.id == envoi.id)


def _forget(envoi: _Envoi) -> None:
    with scope(_holder(envoi.sujet)):
        destroy([envoi.id])


def _lock(sujet: UUID | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"pieces:{sujet}"])
