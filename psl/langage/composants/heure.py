"""A time of the day, typed as people write it. Its value is its ISO text: "14:30"."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line

_TAPEE = re.compile(r"([0-9]{1,2})\s*(?:h|heures?|:|\.|,|\s)?\s*([0-9]{2})?\s*(?:min(?:utes?)?|m)?")
_ACCOLEE = re.compile(r"([0-9]{2})([0-9]{2})")
_MOTS = {"midi": "12:00", "noon": "12:00", "minuit": "00:00", "midnight": "00:00"}


@dataclass(frozen=True, slots=True)
class Heure(Composant):
    """Hours and minutes."""

    type: ClassVar[str] = "heure"
    xsd: ClassVar[str] = "xs:time"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_line(brut).lower()
        if not texte:
            return None
        if texte in _MOTS:
            return _MOTS[texte]
        trouve = _ACCOLEE.fullmatch(texte) or _TAPEE.fullmatch(texte)
        if trouve is None or int(trouve[1]) > 23 or int(trouve[2] or 0) > 59:
            raise Invalide(contexte.say("heure"))
        return f"{int(trouve[1]):02}:{int(trouve[2] or 0):02}"

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", valeur):
            raise Invalide(contexte.say("heure"))
        return valeur

    def display(self, valeur: Valeur, langue: str) -> str:
        try:
            lue = time.fromisoformat(valeur)
        except (TypeError, ValueError):
            return str(valeur)
        return f"{lue.hour:02}:{lue.minute:02}" if langue == "en" else f"{lue.hour}\u00a0h\u00a0{lue.minute:02}"
