"""A text of several lines."""

from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Contexte, Valeur
from psl.langage.composants.nettoyage import clean_lines
from psl.langage.composants.texte import Texte
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Entier


@dataclass(frozen=True, slots=True)
class TexteLong(Texte):
    """Several lines, of 2,000 characters by default; a newline counts for one."""

    max_longueur: int = 2000

    type: ClassVar[str] = "texte_long"
    cles: ClassVar[dict[str, Forme]] = {
        "max_longueur": Entier(minimum=1, maximum=10_000, aide="Nombre de caractères au plus (2000 par défaut).")
    }

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        return self._bounded(clean_lines(brut), contexte)
