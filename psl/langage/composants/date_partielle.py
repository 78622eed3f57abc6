"""A date whose day, or day and month, may be unknown. Its value is what is known of the ISO text: "1942-05-17", "1942-05", "1942"."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from psl.langage.composants.base import Contexte, Invalide, Valeur
from psl.langage.composants.date import MOIS, PARTIES, SANS_ACCENTS, Date
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import NUMBER, Type
from psl.socle.dates import date_in_words

_FORME = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class DatePartielle(Date):
    """At least a year. Conditions read its members: naissance.annee, naissance.mois, naissance.jour."""

    type: ClassVar[str] = "date_partielle"
    xsd: ClassVar[str] = "xs:string"
    feel_type: ClassVar[Type] = Type("context", members=dict.fromkeys(PARTIES, NUMBER))

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        parties = {partie: clean_line(brut[partie]) for partie in PARTIES}
        if not any(parties.values()):
            return None
        if not parties["annee"] or (parties["jour"] and not parties["mois"]):
            raise Invalide(contexte.say("date_au_moins"))
        mois = parties["mois"].lower().rstrip(".").translate(SANS_ACCENTS)
        return self._partial(parties["annee"], MOIS.get(mois, mois), parties["jour"], contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        trouvee = _FORME.fullmatch(valeur) if isinstance(valeur, str) else None
        if trouvee is None:
            raise Invalide(contexte.say("date_au_moins"))
        return self._partial(trouvee[1], trouvee[2] or "", trouvee[3] or "", contexte)

    def _partial(self, annee: str, mois: str, jour: str, contexte: Contexte) -> str:
        """Check as the latest day it may be when `max` bounds it below the whole, and keep what is known."""
        premier = self._day(jour or "1", mois or "1", annee, contexte, is_whole=bool(jour))
        return premier[: 10 if jour else 7 if mois else 4]

    def to_feel(self, valeur: Valeur) -> Value:
        trouvee = _FORME.fullmatch(valeur) if isinstance(valeur, str) else None
        if trouvee is None:
            return None
        return {partie: int(texte) if texte else None for partie, texte in zip(("annee", "mois", "jour"), trouvee.groups(), strict=True)}

    def display(self, valeur: Valeur, langue: str) -> str:
        trouvee = _FORME.fullmatch(valeur) if isinstance(valeur, str) else None
        if trouvee is None or not trouvee[2]:
            return str(valeur)
        try:
            premier = date(int(trouvee[1]), int(trouvee[2]), int(trouvee[3] or 1))
        except ValueError:
            return str(valeur)
        entiere = date_in_words(premier, langue, weekday=False)
        return entiere if trouvee[3] else _without_day(entiere)


def _without_day(entiere: str) -> str:
    """Take the day out of « 1er mai 1942 » or "1 May 1942"."""
    return entiere.partition(" ")[2]
