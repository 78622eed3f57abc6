"""The shipped selection, read once for the tests."""

from functools import cache

from psl.fiches.extraction import extract
from psl.fiches.noeuds import Noeud
from psl.fiches.operations import LIVREES
from psl.fiches.rendu.contexte import Contexte, Entree
from psl.fiches.sources.archives import shipped
from psl.fiches.sources.lus import Lu

CODES = frozenset({"EtatCivil", "JeChangeDeCoordonnees"})


@cache
def documents() -> tuple[Lu, ...]:
    return tuple(lu for lu in shipped(LIVREES) if isinstance(lu, Lu))


@cache
def entrees() -> dict[tuple[str, str], Entree]:
    read = ((lu, extract(lu)) for lu in documents())
    return {(lu.audience, lu.ident): Entree(extrait.titre, extrait.genre, extrait.url) for lu, extrait in read}


def tree(ident: str, audience: str = "particuliers") -> Noeud:
    return next(lu.arbre for lu in documents() if (lu.audience, lu.ident) == (audience, ident))


def context(audience: str = "particuliers", **variables: bool) -> Contexte:
    known = entrees()
    return Contexte(audience, lambda a, i: known.get((a, i)), CODES, variables=variables)


def fiche(*children: object, ident: str = "F1", **attributes: str) -> Noeud:
    """Return a small document with these children."""
    head = {"ID": ident, "type": "Fiche d'information", **attributes}
    return ["Publication", head, ["dc:title", {}, "Un titre"], ["dc:date", {}, "modified 2020-01-02"], *children]
