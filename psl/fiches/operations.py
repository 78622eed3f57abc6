"""Importing the content: what changed is written, what is the same is left alone, what is broken is told and stops nothing."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from psl.fiches import queries
from psl.fiches.extraction import Extrait, extract
from psl.fiches.models import Definition, Fiche, Lien, Livraison, Redirection
from psl.fiches.noeuds import canonical
from psl.fiches.sources.archives import Document, documents, shipped
from psl.fiches.sources.lus import Casse, Illisible, Lu
from psl.journal import operations as journal
from psl.socle.acteur import SYSTEME
from psl.socle.errors import Refus

LIVREES: Path = settings.RACINE / "donnees" / "fiches" / "fiches.jsonl.xz"
SOURCE = "service-public.fr (DILA)"
LICENCE = "Licence Ouverte 2.0"
SUJET = uuid.uuid5(uuid.NAMESPACE_URL, "psl:fiches")
VERROU = 7_300_002  # advisory lock: one import at a time
VERSION = 1  # of what is kept beside a document: another one writes every document again
LOT = 400
MONTREES = 200  # of each list of the report; the counts are whole

type Cle = tuple[str, str]  # audience, ident
COLONNES = (
    "ident", "audience", "genre", "titre", "sujet", "description", "theme", "dossier", "url", "numero", "maj_on", "arbre", "empreinte",
)  # fmt: skip
COLONNES_LIEN = ("origine", "audience", "cible", "audience_cible", "sorte", "texte")


@dataclass(slots=True)
class Rapport:
    """What an import changed and what was wrong: names of documents are `audience/ident`."""

    complet: bool
    lues: int = 0
    inchangees: int = 0
    anciennes: int = 0
    ajoutees: list[str] = field(default_factory=list)
    modifiees: list[str] = field(default_factory=list)
    retirees: list[str] = field(default_factory=list)
    retenues: list[str] = field(default_factory=list)
    cassees: list[str] = field(default_factory=list)
    inconnus: Counter[str] = field(default_factory=Counter)
    refusees: Counter[str] = field(default_factory=Counter)
    liens_casses: list[str] = field(default_factory=list)

    def kept(self) -> dict[str, object]:
        """Return the report as it is kept: counts, and the first of each list."""
        told: dict[str, object] = {}
        for name, value in ((champ.name, getattr(self, champ.name)) for champ in fields(self)):
            if isinstance(value, list):
                told |= {name: value[:MONTREES], f"{name}_n": len(value)}
            else:
                told[name] = dict(value) if isinstance(value, dict) else value
        return told


@dataclass(frozen=True, slots=True)
class Ligne:
    """A document ready to be written."""

    lu: Lu
    extrait: Extrait
    donnees: str
    empreinte: str


def load_shipped(*, now: datetime) -> Rapport | None:
    """Import the selection shipped with the platform, once; a document that is newer in the base is left alone. None when done before.

    Records: fiches.importees.
    """
    digest = _file_digest(LIVREES)
    if Livraison.objects.filter(empreinte=digest).exists():
        return None
    return import_documents(shipped(LIVREES), source=SOURCE, empreinte=digest, complet=False, garder=True, now=now)


def import_file(path: Path, *, now: datetime, audience: str = "", complet: bool | None = None, retirer: bool = False) -> Rapport:
    """Import a delivery (.tgz of npm, DILA's .zip, folder, one file). An archive is complete unless told otherwise.

    `complet`: documents of its audiences that are not in it are removed, and their addresses lead where they were taken up;
    more than a fifth at once is held back unless `retirer`.
    Refuses: livraison-illisible, livraison-vide.
    Records: fiches.importees.
    Locks: an advisory lock, until the end of the transaction.
    """
    if not path.exists():
        raise Refus("livraison-illisible", _("Le fichier « %(nom)s » n'existe pas.") % {"nom": path})
    whole = path.name.endswith((".tgz", ".tar.gz", ".zip")) if complet is None else complet
    try:
        return import_documents(
            documents(path, audience),
            source=f"{SOURCE}, {path.name}",
            empreinte=_file_digest(path),
            complet=whole,
            retirer=retirer,
            now=now,
        )
    except Illisible as error:
        raise Refus(
            "livraison-illisible", _("La livraison n'est pas importée : %(erreur)s. Rien n'a changé.") % {"erreur": error}
        ) from error


def import_documents(
    read: Iterable[Document],
    *,
    source: str,
    empreinte: str,
    complet: bool,
    now: datetime,
    garder: bool = False,
    retirer: bool = False,
) -> Rapport:
    """Write what changed among these documents and return the report. All or nothing, a broken document excepted: it is told.

    Refuses: livraison-vide.
    Records: fiches.importees.
    Locks: an advisory lock, until the end of the transaction.
    """
    rapport = Rapport(complet)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        known = {(a, i): (digest, on) for a, i, digest, on in Fiche.objects.values_list("audience", "ident", "empreinte", "maj_on")}
        seen: set[Cle] = set()
        definitions: dict[str, tuple[str, str, str]] = {}
        for batch in _batches(_changed(read, known, seen, rapport, garder=garder)):
            _write(batch)
            for ligne in batch:
                definitions |= ligne.extrait.definitions
        if not seen:
            raise Refus("livraison-vide", _("Cette livraison ne contient aucun document. Rien n'a changé."))
        _define(definitions)
        if complet:
            _remove(known.keys() - seen, seen, rapport, known_count=len(known), force=retirer)
            rapport.liens_casses = broken_links()
        on = Fiche.objects.aggregate(on=Max("maj_on"))["on"]
        Livraison.objects.create(
            source=source, licence=LICENCE, contenu_on=on, empreinte=empreinte, importee_at=now, rapport=rapport.kept()
        )
        corps = {
            "lues": rapport.lues,
            "ajoutees": len(rapport.ajoutees),
            "modifiees": len(rapport.modifiees),
            "retirees": len(rapport.retirees),
        }
        journal.record("fiches.importees", SUJET, by=SYSTEME, at=now, corps=corps)
    queries.forget()
    return rapport


def _changed(
    read: Iterable[Document], known: dict[Cle, tuple[str, date | None]], seen: set[Cle], rapport: Rapport, *, garder: bool
) -> Iterator[Ligne]:
    """Yield the documents to write, and tell the report of the others."""
    for document in read:
        if isinstance(document, Casse):
            rapport.cassees.append(f"{document.fichier} : {document.raison}")
            seen.add((document.audience, document.ident))
            continue
        cle = (document.audience, document.ident)
        rapport.lues += 1
        if cle in seen:
            rapport.cassees.append(f"{'/'.join(cle)} : le document est deux fois dans la livraison")
            continue
        seen.add(cle)
        data = canonical(document.arbre)
        digest = sha256(f"{VERSION}\n".encode() + data).hexdigest()
        former, on = known.get(cle, ("", None))
        if former == digest:
            rapport.inchangees += 1
            continue
        extrait = extract(document)
        if garder and on is not None and (extrait.maj_on is None or extrait.maj_on < on):
            rapport.anciennes += 1
            continue
        (rapport.modifiees if former else rapport.ajoutees).append("/".join(cle))
        rapport.inconnus.update(extrait.inconnus)
        rapport.refusees.update(extrait.refusees)
        yield Ligne(document, extrait, data.decode(), digest)


def _batches(lignes: Iterable[Ligne]) -> Iterator[list[Ligne]]:
    batch: list[Ligne] = []
    for ligne in lignes:
        batch.append(ligne)
        if len(batch) == LOT:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(batch: list[Ligne]) -> None:
    _forget([(ligne.lu.audience, ligne.lu.ident) for ligne in batch])
    _copy("fiches_fiche", COLONNES, map(_row, batch))
    liens = (
        (ligne.lu.ident, ligne.lu.audience, cible, audience, sorte, texte)
        for ligne in batch
        for cible, audience, sorte, texte in ligne.extrait.liens
    )
    _copy("fiches_lien", COLONNES_LIEN, liens)


def _row(ligne: Ligne) -> tuple[object, ...]:
    lu, e = ligne.lu, ligne.extrait
    head = (lu.ident, lu.audience, e.genre, e.titre, e.sujet, e.description, e.theme, e.dossier, e.url, e.numero, e.maj_on)
    return (*head, ligne.donnees, ligne.empreinte)


def _forget(cles: list[Cle]) -> None:
    audiences, idents = [cle[0] for cle in cles], [cle[1] for cle in cles]
    with connection.cursor() as cursor:
        for table, column in (("fiches_fiche", "ident"), ("fiches_lien", "origine"), ("fiches_redirection", "ident")):
            sql = f"DELETE FROM {table} t USING unnest(%s::text[], %s::text[]) AS c(a, i) WHERE t.audience = c.a AND t.{column} = c.i"  # noqa: S608 -- tables of ours
            cursor.execute(sql, [audiences, idents])


def _copy(table: str, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _define(definitions: dict[str, tuple[str, str, str]]) -> None:
    rows = [Definition(ident=ident, sorte=s, titre=titre, texte=texte) for ident, (s, titre, texte) in sorted(definitions.items())]
    Definition.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["ident"], update_fields=["sorte", "titre", "texte"], batch_size=1000
    )


def _remove(gone: set[Cle], seen: set[Cle], rapport: Rapport, *, known_count: int, force: bool) -> None:
    """Remove the documents that a complete delivery of their audience no longer has, and say where each was taken up."""
    delivered = {audience for audience, _ in seen}
    gone = {cle for cle in gone if cle[0] in delivered}
    names = sorted("/".join(cle) for cle in gone)
    if len(gone) * 5 > known_count and not force:
        rapport.retenues = names
        return
    rapport.retirees = names
    rows = list(Fiche.objects.filter(ident__in=[ident for _, ident in gone]).values_list("audience", "ident", "titre", "dossier", "theme"))
    _forget(sorted(gone))
    for audience, ident, titre, dossier, theme in rows:
        if (audience, ident) in gone and (target := _taken_up(audience, titre, dossier, theme)):
            Redirection.objects.create(audience=audience, ident=ident, cible=target)


def _taken_up(audience: str, titre: str, dossier: str, theme: str) -> str:
    same = Fiche.objects.filter(audience=audience, titre__iexact=titre).values_list("ident", flat=True).first()
    there = set(Fiche.objects.filter(audience=audience, ident__in=[dossier, theme]).values_list("ident", flat=True))
    return str(same or next((ident for ident in (dossier, theme) if ident in there), ""))


def broken_links() -> list[str]:
    """Return the links whose target is in no audience, as `audience/origine → cible`."""
    there = set(Fiche.objects.values_list("ident", flat=True)) | set(Definition.objects.values_list("ident", flat=True))
    rows = Lien.objects.order_by("audience", "origine", "cible").values_list("audience", "origine", "cible").distinct()
    return [f"{audience}/{origine} → {cible}" for audience, origine, cible in rows.iterator() if cible.partition("-")[0] not in there]


def _file_digest(path: Path) -> str:
    digest = sha256(f"{VERSION}\n".encode())
    if path.is_file():
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def dump(rapport: Rapport) -> str:
    """Return a report as indented JSON, for whoever reads it by machine."""
    return json.dumps(rapport.kept(), ensure_ascii=False, indent=1)
