"""A box to tick. Its value is true, or false once its page was sent without it; when required it must be ticked."""

from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.messages import say
from psl.langage.feel import Value
from psl.langage.feel.types import BOOLEAN, Type

COCHEE = frozenset({"oui", "on", "true", "1"})


@dataclass(frozen=True, slots=True)
class Case(Composant):
    """A single box."""

    type: ClassVar[str] = "case"
    xsd: ClassVar[str] = "xs:boolean"
    feel_type: ClassVar[Type] = BOOLEAN

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        return brut in COCHEE

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if isinstance(valeur, bool):
            return valeur
        raise Invalide(contexte.say("malforme"))

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("manque_case")

    def is_answered(self, valeur: Valeur) -> bool:
        return valeur is True

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, bool) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        return say(langue, "oui" if valeur is True else "non")
