"""A question answered by yes or no."""

from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.messages import say
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import BOOLEAN, Type

_READ = {"oui": True, "true": True, "non": False, "false": False}


@dataclass(frozen=True, slots=True)
class OuiNon(Composant):
    """Two radio buttons; no answer is neither yes nor no."""

    type: ClassVar[str] = "oui_non"
    xsd: ClassVar[str] = "xs:boolean"
    feel_type: ClassVar[Type] = BOOLEAN

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_line(brut).lower()
        if not texte:
            return None
        if texte not in _READ:
            raise Invalide(contexte.say("manque_choix"))
        return _READ[texte]

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if isinstance(valeur, bool):
            return valeur
        raise Invalide(contexte.say("manque_choix"))

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("manque_choix")

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, bool) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        return say(langue, "oui" if valeur is True else "non")
