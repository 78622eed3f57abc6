"""Finding a country as people type it: today's name, another name, one of its territories, a country that is no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

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
    """A name of a country, folded."""

    cle: str
    est_historique: bool
    est_autre: bool
    trouve: PaysTrouve


def search_pays(q: str, limite: int = 10) -> list[PaysTrouve]:
    """Return the countries whose name, present or former, has the words typed or nearly; today's countries first."""
    asked = normalise(q[:LONGUEUR_MAX].replace("\x00", ""))
    if not asked:
        return []
    labels = [label for pays in Pays.objects.order_by("est_historique", "nom_tri") for label in labels_of(pays)]
    found = [label for label in labels if all(f" {word}" in f" {label.cle}" for word in asked.split())]
    if not found:
        near = set(get_close_matches(asked, [label.cle for label in labels], n=limite, cutoff=0.75))
        found = [label for label in labels if label.cle in near]
    found.sort(key=lambda label: (label.est_historique, not bare(label.cle).startswith(bare(asked)), label.est_autre))
    unique: dict[str, PaysTrouve] = {}
    for label in found:
        unique.setdefault(label.trouve.code, label.trouve)
    return list(unique.values())[:limite]


def labels_of(pays: Pays) -> Iterator[Libelle]:
    gone = gettext("ancien pays ou territoire") if pays.est_historique else ""
    yield Libelle(normalise(pays.nom), pays.est_historique, False, PaysTrouve(pays.code, pays.nom, gone))
    for other in pays.autres_noms:
        yield Libelle(normalise(other), pays.est_historique, True, PaysTrouve(pays.code, pays.nom, other))
