"""An amount of money in euros. Its value is a decimal text with two digits: "1234.50"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from psl.langage.composants.base import Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.composants.nombre import Nombre
from psl.langage.source import formes_simples
from psl.langage.source.formes import Forme

_SIGNES = re.compile(r"[\s\u00a0\u202f'’]|€|euros?|eur", re.IGNORECASE)
_FRANCAIS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,9})?")
_ANGLAIS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Montant(Nombre):
    """An amount: spaces, thousands' dots and the euro sign are welcome. Never below zero unless `min` says so."""

    min: int | Decimal | None = 0
    decimales: int = 2

    type: ClassVar[str] = "montant"
    cles: ClassVar[dict[str, Forme]] = {
        "min": formes_simples.Nombre(aide="Plus petit montant permis (0 par défaut)."),
        "max": formes_simples.Nombre(aide="Plus grand montant permis."),
    }

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = _SIGNES.sub("", clean_line(brut))
        if _FRANCAIS.fullmatch(texte):
            texte = texte.replace(".", "")
        elif _ANGLAIS.fullmatch(texte):
            texte = texte.replace(",", "")
        try:
            return Nombre.read(self, texte, contexte)
        except Invalide as invalide:
            if re.fullmatch(r"[+-]?[0-9]{1,15}([.,][0-9]{1,2})?", texte):
                raise
            raise Invalide(contexte.say("montant")) from invalide

    def display(self, valeur: Valeur, langue: str) -> str:
        nombre = Nombre.display(self, valeur, langue)
        return f"€{nombre}" if langue == "en" else f"{nombre}\u00a0€"
