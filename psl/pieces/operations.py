"""What is done to files: receive, remove, give to a télédossier, read back, forget. Whose a file is, the caller has checked.

Facts about files are recorded by the stages whose they are (saisie, instruction).
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection

from psl.journal import travaux
from psl.pieces import noms, queries, refus
from psl.pieces.antivirus import Avis, antivirus
from psl.pieces.examen.constat import Constat, Examen
from psl.pieces.models import Etat, Fichier
from psl.pieces.queries import FichierVu
from psl.pieces.regles import Regles
from psl.pieces.stockage import StockageError, stockage
from psl.socle import cles, crypto
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.uuid7 import uuid7

ABANDON = timedelta(hours=1)


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
    crash leaves in state `recu` is removed by `remove_stale`.
    Refuses: fichiers-trop-nombreux, fichier-vide, fichier-trop-gros, fichier-type, fichier-abime, fichier-double, fichier-demesure,
    fichiers-trop-gros, fichier-virus, antivirus-absent, stockage-absent.
    Locks: the files of the subject.
    """
    with scope(_holder(sujet)):
        envoi = _reserve(sujet, piece, nom, regles, now=now)
    try:
        constat = _store(envoi, chunks)
        _scan(envoi)
        with scope(_holder(sujet)):
            recu = _admit(envoi, constat)
    except BaseException:
        with suppress(DatabaseError, StockageError):
            _forget(envoi)
        raise
    if recu.id != envoi.id:
        _forget(envoi)
    return recu


def remove(fichier_id: UUID, *, now: datetime) -> None:
    """Remove a file for good: its key in the transaction under way, its bytes by the job that this transaction owes."""
    Fichier.objects.filter(id=fichier_id).delete()
    cles.destroy("fichier", [fichier_id])
    travaux.defer("psl.pieces.operations.erase", fichier_id=fichier_id)


def erase(fichier_id: UUID, *, now: datetime) -> None:
    """Remove the bytes of a file that is no more. May run twice."""
    stockage().delete(fichier_id.hex)


def adopt(ids: Collection[UUID], sujet: UUID, *, now: datetime) -> None:
    """Give sane files to another subject (the télédossier that seals them); their bytes do not move.

    Refuses: fichier-inconnu.
    """
    if not ids:
        return
    adoptes = Fichier.objects.filter(id__in=ids, etat=Etat.SAIN).update(sujet=sujet)
    if adoptes != len(set(ids)) or cles.adopt("fichier", ids, sujet=sujet, now=now) != adoptes:
        raise refus.unknown()


def read(fichier_id: UUID, *, cle: bytes | None = None) -> Iterator[bytes]:
    """Return the clear bytes of a sane file, as a stream; whoever holds its key in their copy of the dépôt may give it.

    Refuses: fichier-inconnu, detruit, stockage-absent.
    """
    if not queries.is_served(fichier_id):
        raise refus.unknown()
    cle = cle or cles.open_key("fichier", fichier_id)
    try:
        return crypto.decrypt_chunks(cle, stockage().open(fichier_id.hex), fichier_id.bytes)
    except StockageError as error:
        raise refus.not_stored() from error


def purge(sujets: Collection[UUID], *, using: str = "default") -> int:
    """Remove every file of some subjects: bytes first, so that a crash leaves rows to start again from. Returns how many.

    May run twice.
    """
    ids = list(Fichier.objects.using(using).filter(sujet__in=sujets).values_list("id", flat=True))
    return _erase(ids, using=using)


def remove_stale(*, now: datetime) -> int:
    """Remove what was being received when its process died. Returns how many. May run twice."""
    with scope(SYSTEME):
        ids = list(Fichier.objects.filter(etat=Etat.RECU, created_at__lt=now - ABANDON).values_list("id", flat=True)[:500])
        return _erase(ids)


def _erase(ids: Collection[UUID], *, using: str = "default") -> int:
    for fichier_id in ids:
        stockage().delete(fichier_id.hex)
    cles.destroy("fichier", ids, using=using)
    Fichier.objects.using(using).filter(id__in=ids).delete()
    return len(ids)


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


def _scan(envoi: _Envoi) -> None:
    try:
        verdict = antivirus().scan(crypto.decrypt_chunks(envoi.cle, stockage().open(envoi.id.hex), envoi.id.bytes))
    except StockageError as error:
        raise refus.not_stored() from error
    if verdict.avis is Avis.INFECTE:
        raise refus.infected(noms.show(envoi.nom))
    if verdict.avis is not Avis.SAIN:
        raise refus.not_scanned(noms.show(envoi.nom))


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
        _erase([envoi.id])


def _lock(sujet: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"pieces:{sujet}"])
