"""A declaration on one's honour: a text read, and a box that must be ticked. Its value is true, or false while it is not."""

from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.case import Case
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Markdown


@dataclass(frozen=True, slots=True)
class DeclarationHonneur(Case):
    """What is declared (`texte`, restricted Markdown), and its box."""

    texte: str = ""

    type: ClassVar[str] = "declaration_honneur"
    cles: ClassVar[dict[str, Forme]] = {
        "texte": Markdown(longueur=4000, traduit=True, aide="Ce qui est déclaré, montré au-dessus de la case (Markdown restreint)."),
    }
