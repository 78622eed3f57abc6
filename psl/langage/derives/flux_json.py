"""The business JSON of a télédossier, written from the mapping of its démarche, and the JSON Schema of what it writes. Pure.

The same mapping as in XML: elements are an object, `repete` a list; numbers and booleans stay what they are; `vide: garde` is null.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from psl.langage.definition.flux import Element
from psl.langage.definition.objets import Demarche
from psl.langage.derives import flux, xsd
from psl.langage.derives.donnees import NORME
from psl.langage.evaluation import Situation
from psl.langage.evaluation.calculees import to_json
from psl.langage.feel import Value, types
from psl.langage.feel.types import ANY, Type

type Schema = dict[str, Any]
_PAR_SORTE: Mapping[str, Schema] = {
    "boolean": {"type": "boolean"},
    "number": {"type": ["integer", "string"]},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}
_TEXTE: Schema = {"type": "string", "minLength": 1}


def write(demarche: Demarche, situation: Situation, *, numero: str) -> bytes:
    """Return the JSON of a situation, indented for who reads it. Raises ValueError when the démarche has no mapping."""
    if demarche.json is None:
        raise ValueError(f"« {demarche.slug} » n'a pas de section json")
    ecrivain = _Ecrivain(demarche, demarche.json)
    contenu = ecrivain.members(demarche.json.racine, flux.context(demarche, situation, numero=numero))
    return (json.dumps(contenu, ensure_ascii=False, indent=1) + "\n").encode()


class _Ecrivain(flux.Textes):
    """Writes elements as members of objects."""

    def members(self, parent: Element, contexte: Mapping[str, Value]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for element in parent.elements:
            if element.si is not None and element.si.evaluate(contexte) is not True:
                continue
            if element.repete is not None:
                found[element.nom] = [self._value(element, chacun) for chacun in flux.each(element, contexte)]
            elif (valeur := self._value(element, contexte)) not in (None, {}) or element.vide == "garde":
                found[element.nom] = valeur
        return found

    def _value(self, element: Element, contexte: Mapping[str, Value]) -> Any:
        if element.elements:
            return self.members(element, contexte)
        if len(element.valeurs) == 1 and element.forme == "brute" and not element.liste:
            valeur = element.valeurs[0].evaluate(contexte)
            return to_json(valeur) if isinstance(valeur, bool | int | Decimal) else flux.plain(valeur) or None
        return self.joined(element, contexte) or None


def schema(demarche: Demarche) -> Schema:
    """Return the JSON Schema of what the mapping writes. Raises ValueError when the démarche has no mapping."""
    if demarche.json is None:
        raise ValueError(f"« {demarche.slug} » n'a pas de section json")
    corps = _object(demarche.json.racine, xsd.environment(demarche), demarche.json.listes)
    return {"$schema": NORME, "title": f"{demarche.json.nom} : {demarche.titre}", **corps}


def _object(parent: Element, types_de: Mapping[str, Type], listes: Mapping[str, Mapping[str, str]]) -> Schema:
    return {
        "type": "object",
        "properties": {element.nom: _member(element, types_de, listes) for element in parent.elements},
        "required": [element.nom for element in parent.elements if _is_sure(element)],
        "additionalProperties": False,
    }


def _is_sure(element: Element) -> bool:
    if element.si is not None:
        return False
    return element.repete is not None or element.vide in ("garde", "jamais") or any(map(_is_sure, element.elements))


def _member(element: Element, types_de: Mapping[str, Type], listes: Mapping[str, Mapping[str, str]]) -> Schema:
    if element.repete is not None:
        types_de = {**types_de, element.comme: ANY}
    corps = _object(element, types_de, listes) if element.elements else _leaf(element, types_de, listes)
    if element.repete is not None:
        return {"type": "array", "items": corps}
    return {"anyOf": [corps, {"type": "null"}]} if element.vide == "garde" else corps


def _leaf(element: Element, types_de: Mapping[str, Type], listes: Mapping[str, Mapping[str, str]]) -> Schema:
    if element.liste:
        return {"enum": sorted(set(listes[element.liste].values()))}
    if len(element.valeurs) != 1 or element.forme != "brute":
        return _TEXTE
    lu, _ = types.check(element.valeurs[0].tree, types_de)
    if lu.values:
        return {"enum": sorted(lu.values)}
    return {} if lu.kind == "any" else _PAR_SORTE.get(lu.kind, _TEXTE)
