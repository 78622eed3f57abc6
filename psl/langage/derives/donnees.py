"""The JSON Schema of the data of a démarche's dépôts, derived from its definition: what a partner checks a data.json with. Pure."""

from collections.abc import Mapping
from typing import Any

from psl.langage.composants.choix import Choix
from psl.langage.composants.choix_multiple import ChoixMultiple
from psl.langage.composants.date_partielle import DatePartielle
from psl.langage.composants.nombre import Nombre
from psl.langage.composants.texte import Texte
from psl.langage.definition.objets import Champ, Demarche
from psl.langage.feel.types import Type

type Schema = dict[str, Any]

NORME = "https://json-schema.org/draft/2020-12/schema"
TEXTE: Schema = {"type": "string"}
_PAR_SORTE: Mapping[str, Schema] = {
    "text": TEXTE,
    "boolean": {"type": "boolean"},
    "number": {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    "date": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "list": {"type": "array"},
}


def schema(demarche: Demarche) -> Schema:
    """Return the schema of the data of one dépôt. No answer is required: the conditions of the démarche say which are asked."""
    champs = {cle: _champ(champ) for cle, champ in demarche.champs.items() if champ.composant.has_value}
    pieces = [piece.code for piece in demarche.pieces]
    proprietes: Schema = {
        "format": {"const": 1},
        "numero": {"type": "string", "pattern": "^A-[0-9]-[0-9A-Z]{8,9}$"},
        "rang": {"type": "integer", "minimum": 1},
        "demarche": _exact({"slug": {"const": demarche.slug}, "code": {"const": demarche.codes.psl}, "digest": _hexadecimal()}),
        "depose_at": {"type": "string", "format": "date-time"},
        "langue": {"enum": list(demarche.langues)},
        "silence": {"anyOf": [{"type": "null"}, _exact({"regime": {"enum": ["accord", "rejet"]}, "le": _PAR_SORTE["date"]})]},
        "valeurs": {"type": "object", "properties": champs, "additionalProperties": False},
        "provenance": {"type": "object", "propertyNames": {"enum": sorted(champs)}, "additionalProperties": TEXTE},
        "pieces": {"type": "array", "items": _piece(pieces)},
        "declarations": {"type": "array", "items": {"enum": [declaration.cle for declaration in demarche.declarations]}},
    }
    return {"$schema": NORME, "title": f"Données d'un dépôt : {demarche.titre}", **_exact(proprietes)}


def _exact(proprietes: Schema) -> Schema:
    return {"type": "object", "properties": proprietes, "required": list(proprietes), "additionalProperties": False}


def _hexadecimal() -> Schema:
    return {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _piece(codes: list[str]) -> Schema:
    taille = {"type": "integer", "minimum": 1}
    return _exact({"code": {"enum": codes}, "nom": TEXTE, "type": TEXTE, "taille": taille, "sha256": _hexadecimal()})


def _champ(champ: Champ) -> Schema:
    return {"title": champ.libelle, **answer(champ)}


def answer(champ: Champ) -> Schema:
    """Return the schema of one answer."""
    composant = champ.composant
    if isinstance(composant, ChoixMultiple):
        return {"type": "array", "items": {"enum": [option.valeur for option in champ.options]}, "minItems": 1, "uniqueItems": True}
    if isinstance(composant, DatePartielle):
        return {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
    if isinstance(composant, Choix):
        return {"enum": [option.valeur for option in champ.options]}
    if isinstance(composant, Texte):
        return {**TEXTE, "minLength": 1, "maxLength": composant.max_longueur}
    if isinstance(composant, Nombre) and not composant.decimales:
        bornes = {"minimum": composant.min, "maximum": composant.max}
        return {"type": "integer", **{nom: int(borne) for nom, borne in bornes.items() if borne is not None}}
    return _of_type(composant.static_type())


def _of_type(sorte: Type) -> Schema:
    if sorte.kind == "context":
        return {"type": "object", "properties": {nom: _of_type(membre) for nom, membre in sorte.members.items()}}
    if sorte.values and sorte.kind == "text":
        return {"enum": sorted(sorte.values)}
    return dict(_PAR_SORTE.get(sorte.kind, {}))
