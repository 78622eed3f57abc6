"""Computed values outside the conditions: as JSON in what is sealed, as words for a reader."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from psl.langage.composants.messages import say
from psl.langage.feel import Value
from psl.socle.dates import date_in_words

_JOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def to_json(valeur: Value) -> Any:
    """Write a computed value as JSON: a date as ISO text, a decimal number as text."""
    if valeur is None or isinstance(valeur, bool | int | str):
        return valeur
    if isinstance(valeur, Decimal):
        return int(valeur) if valeur == valeur.to_integral_value() else f"{valeur.normalize():f}"
    if isinstance(valeur, list):
        return [to_json(item) for item in valeur]
    if isinstance(valeur, dict):
        return {cle: to_json(item) for cle, item in valeur.items()}
    return valeur.isoformat() if isinstance(valeur, date) else str(valeur)


def in_words(valeur: Value, langue: str) -> str:
    """Write a computed value, or its JSON, for a reader."""
    if isinstance(valeur, bool):
        return say(langue, "oui" if valeur else "non")
    if isinstance(valeur, str) and _JOUR.fullmatch(valeur):
        valeur = date.fromisoformat(valeur)
    if isinstance(valeur, date) and not isinstance(valeur, datetime):
        return date_in_words(valeur, langue, weekday=False)
    if isinstance(valeur, list):
        return ", ".join(in_words(item, langue) for item in valeur)
    if isinstance(valeur, Decimal):
        nombre = f"{valeur.normalize():f}"
        return nombre if langue == "en" else nombre.replace(".", ",")
    return str(valeur)
