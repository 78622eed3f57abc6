"""Finding a country as people type it: today's name, another name, one of its territories, a country that is no more."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from django.utils.translation import gettext

from psl.annuaire.models import Pays
from psl.annuaire.noms import bare, normalise

LONGUEUR_MAX = 80


@dataclass(frozen=True, slots=True)
class PaysTrouve:
    """A country among the answers; `precision` is the other name under which it was found."""

    code: str
    nom: str
    precision: str


@dataclass(frozen=True, slots=True)
class Libelle:
    """A name of a country, normalised; `autre` is that name as written when it is not the country's first."""

    cle: str
    est_historique: bool
    autre: str
    code: str
    nom: str


def search_pays(q: str, limite: int = 10) -> list[PaysTrouve]:
    """Return the countries whose name, present or former, has the words typed or nearly; today's countries first."""
    asked = normalise(q[:LONGUEUR_MAX].replace("\x00", ""))
    if not asked:
        return []
    found = [label for label in labels() if all(f" {word}" in f" {label.cle}" for word in asked.split())]
    if not found:
        near = set(get_close_matches(asked, [label.cle for label in labels()], n=limite, cutoff=0.75))
        found = [label for label in labels() if label.cle in near]
    found.sort(key=lambda label: (label.est_historique, not bare(label.cle).startswith(bare(asked)), bool(label.autre)))
    unique: dict[str, PaysTrouve] = {}
    for label in found:
        unique.setdefault(label.code, PaysTrouve(label.code, label.nom, precision(label)))
    return list(unique.values())[:limite]


def precision(label: Libelle) -> str:
    if label.autre:
        return label.autre
    return gettext("ancien pays ou territoire") if label.est_historique else ""


@lru_cache(maxsize=1)
def labels() -> tuple[Libelle, ...]:
    """Return every name of every country; `queries.forget` forgets them."""
    rows = Pays.objects.order_by("est_historique", "nom_tri")
    return tuple(
        Libelle(normalise(autre or pays.nom), pays.est_historique, autre, pays.code, pays.nom)
        for pays in rows
        for autre in ("", *pays.autres_noms)
    )
