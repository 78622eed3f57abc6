"""A telephone number, kept as +33639981234. Numbers without prefix are French, those of the overseas territories included."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import phonenumbers

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line

# Numbers the ARCEP keeps for works of fiction (décision 2018-0881): possible, never given to anyone, welcome in examples.
_FICTION = re.compile(r"\+33(19900|26191|35301|46571|53649|63998)[0-9]{4}")
# First digits of the overseas territories that have the ten-digit numbers of France and a prefix of their own.
_OUTRE_MER = (
    (re.compile(r"0(262|263|692|693)"), "RE"),
    (re.compile(r"0(269|639)(?!98)"), "YT"),
    (re.compile(r"0(590|690|691)"), "GP"),
    (re.compile(r"0(594|694)"), "GF"),
    (re.compile(r"0(596|696|697)"), "MQ"),
)
_TYPED = re.compile(r"\+?[0-9]{4,20}")
_SEPARATORS = re.compile(r"[\s./()\-\u2010-\u2015\u00a0\u202f]+")
_FRENCH = frozenset({33, 262, 590, 594, 596})


@dataclass(frozen=True, slots=True)
class Telephone(Composant):
    """A number that exists, or one of fiction."""

    type: ClassVar[str] = "telephone"
    autocomplete: ClassVar[str] = "tel"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_line(brut)
        if not texte:
            return None
        chiffres = _SEPARATORS.sub("", texte.replace("(0)", ""))
        if not _TYPED.fullmatch(chiffres):
            raise Invalide(contexte.say("telephone"))
        try:
            numero = phonenumbers.parse(chiffres, _region(chiffres))
        except phonenumbers.NumberParseException:
            raise Invalide(contexte.say("telephone")) from None
        forme = f"+{numero.country_code}{phonenumbers.national_significant_number(numero)}"
        if not _FICTION.fullmatch(forme) and not phonenumbers.is_valid_number(numero):
            raise Invalide(contexte.say("telephone"))
        return forme

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, str):
            raise Invalide(contexte.say("telephone"))
        return self.read(valeur, contexte)

    def display(self, valeur: Valeur, langue: str) -> str:
        try:
            numero = phonenumbers.parse(valeur, None)
        except phonenumbers.NumberParseException:
            return str(valeur)
        if numero.country_code in _FRENCH:
            return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.NATIONAL)
        return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _region(chiffres: str) -> str:
    return next((region for prefix, region in _OUTRE_MER if prefix.match(chiffres)), "FR")
