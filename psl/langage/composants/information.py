"""A text shown among the questions. It has no answer."""

from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Valeur
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Markdown, Parmi


@dataclass(frozen=True, slots=True)
class Information(Composant):
    """Restricted Markdown, at one of two levels."""

    texte: str
    niveau: str = "info"

    type: ClassVar[str] = "information"
    has_value: ClassVar[bool] = False
    cles: ClassVar[dict[str, Forme]] = {
        "texte": Markdown(traduit=True, aide="Le texte montré (Markdown restreint)."),
        "niveau": Parmi(valeurs=("info", "attention"), aide="info par défaut ; attention pour ce qu'il ne faut pas manquer."),
    }

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        return None

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        return None
