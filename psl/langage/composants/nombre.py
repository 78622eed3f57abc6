"""A number. Its value is an int, or a decimal text ("12.50") when it has decimals: JSON never holds a float."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import NUMBER, Type
from psl.langage.source import formes_simples
from psl.langage.source.formes import Forme

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,9})?")
_SPACES = re.compile("[\\s\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Nombre(Composant):
    """A number between two ends, whole by default; spaces between digits and a comma are welcome."""

    min: int | Decimal | None = None
    max: int | Decimal | None = None
    decimales: int = 0

    type: ClassVar[str] = "nombre"
    xsd: ClassVar[str] = "xs:decimal"
    feel_type: ClassVar[Type] = NUMBER
    cles: ClassVar[dict[str, Forme]] = {
        "min": formes_simples.Nombre(aide="Plus petite valeur permise."),
        "max": formes_simples.Nombre(aide="Plus grande valeur permise."),
        "decimales": formes_simples.Entier(minimum=0, maximum=9, aide="Chiffres permis après la virgule (0 par défaut)."),
    }

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = _SPACES.sub("", clean_line(brut))
        if not texte:
            return None
        match = _NUMBER.fullmatch(texte)
        if match is None:
            raise Invalide(contexte.say("nombre", exemple_nombre=self._example(contexte)))
        nombre = Decimal(texte.replace(",", "."))
        if match[1] and len(match[1]) - 1 > self.decimales and nombre != round(nombre, self.decimales):
            code = "nombre_decimales" if self.decimales else "nombre_entier"
            raise Invalide(contexte.say(code, decimales=self.decimales, exemple_nombre=self._example(contexte)))
        return self._bounded(nombre, contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if isinstance(valeur, bool) or not isinstance(valeur, int | str | Decimal):
            raise Invalide(contexte.say("nombre", exemple_nombre=self._example(contexte)))
        return self.read(str(valeur), contexte)

    def to_feel(self, valeur: Valeur) -> Value:
        if isinstance(valeur, str):
            return Decimal(valeur) if _NUMBER.fullmatch(valeur) else None
        return valeur if isinstance(valeur, int) and not isinstance(valeur, bool) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        if langue == "en":
            return f"{Decimal(valeur):,}"
        return f"{Decimal(valeur):,}".replace(",", "\u202f").replace(".", ",")

    def _example(self, contexte: Contexte) -> str:
        if contexte.exemple:
            return contexte.exemple
        return str(self.min) if self.min is not None else "2"

    def _bounded(self, nombre: Decimal, contexte: Contexte) -> int | str:
        is_low = self.min is not None and nombre < self.min
        is_high = self.max is not None and nombre > self.max
        if is_low or is_high:
            both = self.min is not None and self.max is not None
            code = "nombre_entre" if both else "nombre_min" if is_low else "nombre_max"
            raise Invalide(contexte.say(code, minimum=self.min, maximum=self.max))
        if self.decimales == 0:
            return int(nombre)
        return str(nombre.quantize(Decimal(1).scaleb(-self.decimales)))
