"""A day of the calendar, typed in three parts. Its value is its ISO text: "1998-06-27"."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Post, Valeur, posted
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Expression, Value, parse
from psl.langage.feel.types import DATE, Type
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Feel
from psl.socle.dates import date_in_words

PARTIES = ("jour", "mois", "annee")
ANNEE_MIN = 1500
_DIGITS = re.compile(r"[0-9]{1,4}")
_NOMS = (
    "janvier janv january jan",
    "fevrier fev fevr february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "aout august aug",
    "septembre sept september sep",
    "octobre oct october",
    "novembre nov november",
    "decembre dec december",
)
MOIS = {nom: str(rang) for rang, noms in enumerate(_NOMS, start=1) for nom in noms.split()}
SANS_ACCENTS = str.maketrans("éèûô", "eeuo")


@dataclass(frozen=True, slots=True)
class Date(Composant):
    """A full date between two ends, each a FEEL date: `max: "aujourd'hui"`."""

    min: Expression | None = None
    max: Expression | None = None

    type: ClassVar[str] = "date"
    xsd: ClassVar[str] = "xs:date"
    feel_type: ClassVar[Type] = DATE
    cles: ClassVar[dict[str, Forme]] = {
        "min": Feel(aide="Première date permise, en FEEL, par exemple la clé d'un autre champ."),
        "max": Feel(aide='Dernière date permise, en FEEL : "aujourd\'hui" refuse le futur.'),
    }

    @classmethod
    def build(cls, donnees: Any) -> "Date":
        return cls(**{cle: parse(donnees[cle]) for cle in cls.cles if cle in donnees})

    def typed(self, cle: str, post: Post) -> Any:
        return {partie: posted(post, f"{cle}.{partie}") for partie in PARTIES}

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        parties = {partie: clean_line(brut[partie]) for partie in PARTIES}
        if not any(parties.values()):
            return None
        if manque := [contexte.say(partie) for partie in PARTIES if not parties[partie]]:
            raise Invalide(contexte.say("date_partielle", manque=", ".join(manque)))
        mois = parties["mois"].lower().rstrip(".").translate(SANS_ACCENTS)
        return self._day(parties["jour"], MOIS.get(mois, mois), parties["annee"], contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", valeur):
            raise Invalide(contexte.say("date_chiffres"))
        annee, mois, jour = valeur.split("-")
        return self._day(jour, mois, annee, contexte)

    def _day(self, jour: str, mois: str, annee: str, contexte: Contexte, *, is_whole: bool = True) -> str:
        if not all(_DIGITS.fullmatch(partie) for partie in (jour, mois, annee)):
            raise Invalide(contexte.say("date_chiffres"))
        if len(annee) != 4 or int(annee) < ANNEE_MIN:
            raise Invalide(contexte.say("date_annee"))
        if not 1 <= int(mois) <= 12:
            raise Invalide(contexte.say("date_mois", mois=mois))
        try:
            jour_lu = date(int(annee), int(mois), int(jour))
        except ValueError:
            raise Invalide(contexte.say("date_jour", jour=jour, mois=mois, annee=annee)) from None
        self._check_bounds(jour_lu, contexte, is_whole=is_whole)
        return jour_lu.isoformat()

    def _check_bounds(self, jour: date, contexte: Contexte, *, is_whole: bool) -> None:
        premier = self.min.evaluate(contexte.feel) if self.min and is_whole else None
        dernier = self.max.evaluate(contexte.feel) if self.max else None
        if isinstance(dernier, date) and jour > dernier:
            code = "date_future" if dernier == contexte.aujourdhui else "date_max"
            raise Invalide(contexte.say(code, borne=date_in_words(dernier, contexte.langue, weekday=False)))
        if isinstance(premier, date) and jour < premier:
            raise Invalide(contexte.say("date_min", borne=date_in_words(premier, contexte.langue, weekday=False)))

    def to_feel(self, valeur: Valeur) -> Value:
        try:
            return date.fromisoformat(valeur)
        except (TypeError, ValueError):
            return None

    def display(self, valeur: Valeur, langue: str) -> str:
        jour = self.to_feel(valeur)
        return date_in_words(jour, langue, weekday=False) if isinstance(jour, date) else str(valeur)
