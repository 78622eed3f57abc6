"""A line or an outline on the map. Its value is a GeoJSON LineString, or a Polygon when it comes back to its start."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur, Xml
from psl.langage.composants.nettoyage import clean_lines
from psl.langage.composants.point import checked, degrees, in_words, position
from psl.langage.feel import Value
from psl.langage.feel.types import TEXT, Type

POINTS_MAX = 2000


@dataclass(frozen=True, slots=True)
class Trace(Composant):
    """Typed as one position a line (latitude, longitude), or pasted as GeoJSON."""

    type: ClassVar[str] = "trace"
    feel_type: ClassVar[Type] = Type("context", members={"type": TEXT})
    autocomplete: ClassVar[str] = "off"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_lines(brut)
        if not texte:
            return None
        if texte.startswith("{"):
            return self.check(_pasted(texte, contexte), contexte)
        return _shape([position(ligne, contexte) for ligne in texte.split("\n")[: POINTS_MAX + 1] if ligne], contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, Mapping) or valeur.get("type") not in ("LineString", "Polygon"):
            raise Invalide(contexte.say("trace"))
        coordonnees = valeur.get("coordinates")
        if valeur["type"] == "Polygon":
            coordonnees = coordonnees[0] if isinstance(coordonnees, list) and len(coordonnees) == 1 else None
        if not isinstance(coordonnees, list):
            raise Invalide(contexte.say("trace"))
        return _shape([checked(item, contexte) for item in coordonnees[: POINTS_MAX + 1]], contexte)

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, dict) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        return "\n".join(in_words(item) for item in _line(valeur))

    def to_xml(self, valeur: Valeur) -> Xml:
        return {
            "type": valeur["type"],
            "positions": " ".join(f"{degrees(longitude)},{degrees(latitude)}" for longitude, latitude in _line(valeur)),
        }

    def json_schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": {"type": {"enum": ["LineString", "Polygon"]}, "coordinates": {"type": "array"}}}


def _line(valeur: Valeur) -> list[list[float]]:
    coordonnees: list[Any] = valeur["coordinates"]
    return coordonnees[0] if valeur["type"] == "Polygon" else coordonnees


def _pasted(texte: str, contexte: Contexte) -> Any:
    try:
        donnees = json.loads(texte)
    except (ValueError, RecursionError):
        raise Invalide(contexte.say("trace")) from None
    while isinstance(donnees, dict) and donnees.get("type") in ("Feature", "FeatureCollection"):
        features = donnees.get("features")
        donnees = (
            donnees.get("geometry") if donnees["type"] == "Feature" else features[0] if isinstance(features, list) and features else None
        )
    return donnees


def _shape(points: list[list[float]], contexte: Contexte) -> dict[str, Any]:
    kept = points[:1] + [after for before, after in pairwise(points) if after != before]
    if len(kept) < 2 or len(points) > POINTS_MAX:
        raise Invalide(contexte.say("trace"))
    is_closed = len(kept) >= 4 and kept[0] == kept[-1]
    return {"type": "Polygon", "coordinates": [kept]} if is_closed else {"type": "LineString", "coordinates": kept}
