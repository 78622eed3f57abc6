"""What a space holds: its themes, its documents by kind, its services."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from psl.fiches.elements import SERVICES
from psl.fiches.models import Fiche
from psl.fiches.noeuds import Noeud


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A theme of a space: its parts (sous-thèmes) with their dossiers, and how many fiches speak of it."""

    ident: str
    titre: str
    description: str
    nombre: int
    parties: tuple[str, ...]


def themes(audience: str) -> list[Rubrique]:
    """Return the themes of a space, in their titles' order, with the names of their parts and the number of their fiches."""
    rows = Fiche.objects.filter(audience=audience, genre__in=("fiche", "question", "liens", "dossier")).values_list("theme", flat=True)
    counts = Counter(rows)
    listed = Fiche.objects.filter(audience=audience, genre="theme").values_list("ident", "titre", "description", "arbre")
    found = [Rubrique(i, titre, description, counts[i], tuple(_parts(arbre))[:4]) for i, titre, description, arbre in listed]
    return sorted(found, key=lambda rubrique: fold(rubrique.titre))


def _parts(arbre: Noeud) -> Iterable[str]:
    for node in arbre[2:]:
        if not isinstance(node, str) and node[0] in {"SousTheme", "Dossier"}:
            titled = next((child for child in node[2:] if not isinstance(child, str) and child[0] == "Titre"), node)
            yield "".join(child for child in titled[2:] if isinstance(child, str)).strip()


@dataclass(frozen=True, slots=True)
class FicheListee:
    """A document as a list shows it."""

    ident: str
    titre: str
    description: str
    genre: str
    url: str
    numero: str
    theme: str


def of_genre(audience: str, *genres: str, theme: str = "") -> list[FicheListee]:
    """Return the documents of a space that are of these kinds, by title; of one theme when it is told."""
    rows = Fiche.objects.filter(audience=audience, genre__in=genres)
    if theme:
        rows = rows.filter(theme=theme)
    listed = rows.values_list("ident", "titre", "description", "genre", "url", "numero", "theme")
    return sorted((FicheListee(*row) for row in listed), key=lambda listee: fold(listee.titre))


def services(audience: str, theme: str = "") -> list[FicheListee]:
    """Return the services and forms of a space."""
    return of_genre(audience, *sorted(SERVICES), theme=theme)


def services_by_theme(audience: str) -> Counter[str]:
    """Return how many services and forms each theme of a space has."""
    return Counter(Fiche.objects.filter(audience=audience, genre__in=SERVICES).values_list("theme", flat=True))


def fold(titre: str) -> str:
    """Return a title as it is sorted: lower case, without accents."""
    return unicodedata.normalize("NFKD", titre.lower().replace("œ", "oe")).encode("ascii", "ignore").decode().strip("\"'« ")
