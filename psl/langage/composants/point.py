"""A place on the map. Its value is a GeoJSON Point (RFC 7946): longitude first, latitude then, in degrees (WGS 84)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur, Xml
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import TEXT, Type

DECIMALES = 6  # a tenth of a metre
_NOMBRE = r"-?[0-9]{1,3}(?:[.,][0-9]{1,15})?"
_TAPE = re.compile(rf"({_NOMBRE})°?\s*([NnSs])?\s*[,; ]\s*({_NOMBRE})°?\s*([EeOoWw])?")


@dataclass(frozen=True, slots=True)
class Point(Composant):
    """Typed as maps give it: latitude, longitude (46.1603, -1.1511)."""

    type: ClassVar[str] = "point"
    feel_type: ClassVar[Type] = Type("context", members={"type": TEXT})
    autocomplete: ClassVar[str] = "off"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_line(brut)
        return {"type": "Point", "coordinates": position(texte, contexte)} if texte else None

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, Mapping) or valeur.get("type") != "Point":
            raise Invalide(contexte.say("point"))
        return {"type": "Point", "coordinates": checked(valeur.get("coordinates"), contexte)}

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, dict) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        return in_words(valeur["coordinates"])

    def to_xml(self, valeur: Valeur) -> Xml:
        return {"lon": degrees(valeur["coordinates"][0]), "lat": degrees(valeur["coordinates"][1])}

    def json_schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {"type": {"const": "Point"}, "coordinates": {"type": "array", "minItems": 2, "maxItems": 2}},
        }


def position(texte: str, contexte: Contexte) -> list[float]:
    """Read « latitude, longitude » as maps and telephones give it. Raises Invalide."""
    trouve = _TAPE.fullmatch(texte.strip("() "))
    if trouve is None:
        raise Invalide(contexte.say("point"))
    latitude, longitude = (Decimal(nombre.replace(",", ".")) for nombre in (trouve[1], trouve[3]))
    latitude = -latitude if (trouve[2] or "N") in "Ss" else latitude
    longitude = -longitude if (trouve[4] or "E") in "OoWw" else longitude
    return checked([float(longitude), float(latitude)], contexte)


def checked(coordonnees: Any, contexte: Contexte) -> list[float]:
    """Check a position, longitude first. Raises Invalide."""
    is_pair = isinstance(coordonnees, list | tuple) and len(coordonnees) == 2
    if not is_pair or not all(isinstance(nombre, int | float | Decimal) and not isinstance(nombre, bool) for nombre in coordonnees):
        raise Invalide(contexte.say("point"))
    longitude, latitude = (round(float(nombre), DECIMALES) for nombre in coordonnees)
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise Invalide(contexte.say("point"))
    return [longitude, latitude]


def degrees(nombre: float) -> str:
    """Write an angle without exponent nor useless zeros: what reads it back finds the same."""
    return f"{nombre:.{DECIMALES}f}".rstrip("0").rstrip(".")


def in_words(coordonnees: Any) -> str:
    """Write a position as people copy it: latitude, longitude."""
    longitude, latitude = coordonnees
    return f"{latitude:.6f}, {longitude:.6f}"
