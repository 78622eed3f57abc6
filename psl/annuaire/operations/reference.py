"""Loading the reference data shipped under `donnees/`: communes, départements, countries. Nothing is fetched."""

import csv
import gzip
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction

from psl.annuaire import queries
from psl.annuaire.models import Appellation, Chargement, Commune, Departement, Pays
from psl.annuaire.noms import bare, lexemes, normalise, sort_key

DONNEES: Path = settings.RACINE / "donnees"
VERSION = 1  # of what is made of the files: another one loads them again
VERROU = 7_300_001  # advisory lock: one loading at a time
FICHIERS_COMMUNES = ("communes.csv.gz", "communes_rattachees.csv.gz", "departements.csv")
FICHIERS_PAYS = ("pays.csv",)

type Ligne = dict[str, str]


def load_reference(*, now: datetime) -> list[str]:
    """Load what has changed of the reference data and return the names of what was loaded; a second call loads nothing.

    Locks: an advisory lock, until the end of the transaction.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [VERROU])
        sets = (("communes", FICHIERS_COMMUNES, load_communes), ("pays", FICHIERS_PAYS, load_pays))
        loaded = [name for name, files, load in sets if load_once(name, files, load, now=now)]
    queries.forget()
    return loaded


def load_once(name: str, files: Iterable[str], load: Callable[[], None], *, now: datetime) -> bool:
    digest = hashlib.sha256(f"{VERSION}\n".encode() + b"".join((DONNEES / file).read_bytes() for file in files)).hexdigest()
    if Chargement.objects.filter(nom=name, empreinte=digest).exists():
        return False
    load()
    Chargement.objects.update_or_create(nom=name, defaults={"empreinte": digest, "charge_at": now})
    return True


def load_communes() -> None:
    present = list(read("communes.csv.gz"))
    attached = list(read("communes_rattachees.csv.gz"))
    by_code = {row["code"]: row for row in present}
    replace(Departement, ("code", "nom", "region"), ((row["code"], row["nom"], row["region"]) for row in read("departements.csv")))
    replace(Commune, COLONNES_COMMUNE, communes(present, attached, by_code))
    replace(Appellation, COLONNES_APPELLATION, appellations(present, attached, by_code))


COLONNES_COMMUNE = (
    "code", "nom", "nom_tri", "type", "registres", "departement", "codes_postaux",
    "population", "siren", "lon", "lat", "mairie_adresse", "mairie_horaires",
)  # fmt: skip
COLONNES_APPELLATION = ("commune", "nom", "sorte", "cle", "cle_nue", "population", "mots")


def communes(present: list[Ligne], attached: list[Ligne], by_code: dict[str, Ligne]) -> Iterator[tuple[object, ...]]:
    """Yield a row per code. A delegated commune may have the code of its new commune: that code names the commune of today."""
    for row in present:
        yield commune(row, row["code"], row)
    for row in attached:
        if row["type"] != "ancien_nom" and row["code"] not in by_code:
            yield commune(row, row["registres"], by_code[row["registres"]])


def commune(row: Ligne, registers: str, keeper: Ligne) -> tuple[object, ...]:
    # No package names the communes merged long ago: their code answers with the name of the commune of today.
    name = row["nom"] or keeper["nom"]
    return (
        row["code"],
        name,
        sort_key(name),
        row["type"],
        registers,
        keeper["departement"],
        row["codes_postaux"].split(),
        row["population"] or None,
        row.get("siren", ""),
        row["lon"] or None,
        row["lat"] or None,
        row["mairie_adresse"].replace(" | ", "\n"),
        row["mairie_horaires"] or "[]",
    )


def appellations(present: list[Ligne], attached: list[Ligne], by_code: dict[str, Ligne]) -> Iterator[tuple[object, ...]]:
    for row in present:
        yield appellation(row, "actuelle", int(row["population"] or 0))
    for row in attached:
        today = by_code.get(row["code"])
        if today is None or normalise(today["nom"]) != normalise(row["nom"]):
            yield appellation(row, row["type"], int(row["population"] or 0))


def appellation(row: Ligne, sorte: str, population: int) -> tuple[object, ...]:
    folded = normalise(row["nom"])
    words = {row["code"].lower()}
    if folded:
        words |= lexemes(folded) | set(row["codes_postaux"].split())
    # Folded words hold letters and digits only: quoting them is all that a tsvector's text form asks.
    return row["code"], row["nom"], sorte, folded, bare(folded), population, " ".join(f"'{word}'" for word in sorted(words))


def load_pays() -> None:
    rows = (
        (
            row["code"],
            row["iso"],
            row["nom"],
            sort_key(row["nom"]),
            row["autres_noms"].split("|") if row["autres_noms"] else [],
            row["est_historique"],
        )
        for row in read("pays.csv")
    )
    replace(Pays, ("code", "iso", "nom", "nom_tri", "autres_noms", "est_historique"), rows)


def read(name: str) -> Iterator[Ligne]:
    data = (DONNEES / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    return csv.DictReader(io.StringIO(text))


def replace(model: type[models.Model], columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    """Replace every row of a table by COPY; readers see the former ones until the transaction ends."""
    table, names = connection.ops.quote_name(model._meta.db_table), ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 -- a table of ours
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
