"""A text of one line."""

from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.source import motif
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Entier, Motif


@dataclass(frozen=True, slots=True)
class Texte(Composant):
    """One line, of 256 characters by default, counted once accents are composed."""

    max_longueur: int = 256
    motif: str = ""

    type: ClassVar[str] = "texte"
    cles: ClassVar[dict[str, Forme]] = {
        "max_longueur": Entier(minimum=1, maximum=1000, aide="Nombre de caractères au plus (256 par défaut)."),
        "motif": Motif(aide="Une expression régulière que toute la réponse doit suivre ; donnez aussi un exemple."),
    }

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        return self._bounded(clean_line(brut), contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, str):
            raise Invalide(contexte.say("malforme"))
        return self.read(valeur, contexte)

    def _bounded(self, texte: str, contexte: Contexte) -> str | None:
        if len(texte) > self.max_longueur:
            raise Invalide(contexte.say("trop_long", nombre=len(texte), maximum=self.max_longueur))
        if texte and self.motif and not motif.matches(self.motif, texte):
            raise Invalide(contexte.say("texte_motif"))
        return texte or None
