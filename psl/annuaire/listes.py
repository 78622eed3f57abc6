"""The short lists of the référentiel: files (départements, régions, EPCI, nationalités), and those that another system answers for."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings

from psl.annuaire.noms import normalise, sort_key
from psl.langage.composants import proximite
from psl.langage.composants.base import Indisponible
from psl.socle.ports import connected

FICHIERS = {"departements": "departements.csv", "regions": "regions.csv", "epci": "epci.csv", "nationalites": "nationalites.csv"}


@dataclass(frozen=True, slots=True)
class OptionListe:
    """An entry of a list to choose from."""

    valeur: str
    libelle: str
    aide: str = ""


class Referentiel(Protocol):
    """A list that another system answers for (a school, a slot of an agenda)."""

    def entree(self, nom: str, code: str) -> Mapping[str, Any] | None:
        """Give {"code", "libelle"} (and "debut" for a slot) of an entry, or None. Raises Indisponible when it does not answer."""

    def entrees(self, nom: str) -> list[Mapping[str, Any]]:
        """Give the entries to propose now, a thousand at most; none for a list unknown. Raises Indisponible when it does not answer."""


@lru_cache(maxsize=16)
def entries(nom: str) -> dict[str, str]:
    """Return a list of files by code, in the order in which it is shown."""
    path = settings.RACINE / "donnees" / FICHIERS[nom]
    with path.open(encoding="utf-8", newline="") as stream:
        read = [(row["code"], row["nom"]) for row in csv.DictReader(stream)]
    times = Counter(libelle for _, libelle in read)
    rows = [(code, libelle if times[libelle] == 1 else f"{libelle} ({code})") for code, libelle in read]  # two of one name: told apart
    return dict(rows if nom == "departements" else sorted(rows, key=lambda row: sort_key(row[1])))


@lru_cache(maxsize=16)
def options(nom: str) -> tuple[OptionListe, ...]:
    """Return the options of a list of files: the same object each time."""
    shown = "{1} ({0})" if nom == "departements" else "{1}"
    return tuple(OptionListe(code, shown.format(code, libelle)) for code, libelle in entries(nom).items())


@lru_cache(maxsize=16)
def _by_name(nom: str) -> dict[str, str]:
    return {normalise(libelle): code for code, libelle in entries(nom).items()}


def options_of(nom: str) -> tuple[OptionListe, ...]:
    """Return what may be chosen in a list; an outside one (« api:… », « agenda:… ») answers each time, with nothing when it is down."""
    try:
        return options(nom) if nom in FICHIERS else _offered(nom)
    except Indisponible:
        return ()


def _offered(nom: str) -> tuple[OptionListe, ...]:
    return tuple(OptionListe(str(found["code"]), str(found["libelle"])) for found in _outside().entrees(nom))


def entry(nom: str, code: str) -> dict[str, Any] | None:
    """Return an entry of a list by its code, or None."""
    if nom in FICHIERS:
        libelle = entries(nom).get(code)
        return None if libelle is None else {"code": code, "libelle": libelle}
    found = _outside().entree(nom, code)
    return None if found is None else dict(found)


def named(nom: str, texte: str) -> dict[str, Any] | None:
    """Return the entry that bears a name, whatever its accents and capitals, or the only one near it; None when several are."""
    code = _by_name(nom).get(normalise(texte)) if nom in FICHIERS else None
    if code is None:
        found = proximite.only(texte, options(nom) if nom in FICHIERS else _offered(nom))
        code = found.valeur if found else None
    return None if code is None else entry(nom, code)


def _outside() -> Referentiel:
    found: Referentiel = connected("REFERENTIEL")
    return found
