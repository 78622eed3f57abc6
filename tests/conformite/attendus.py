"""What the kit expects: its XML values as ours, and whether a result is one of them."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from lxml import etree

from psl.langage.feel.values import NUMBERS, MonthsDuration, equal, to_date, to_datetime, to_duration, to_time

type Element = etree._Element
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


class Indicible(Exception):  # noqa: N818 - a word of the tests
    """The kit writes a value that Python's cannot hold."""


def nom(element: Element) -> str:
    return etree.QName(element).localname


def enfants(element: Element, *noms: str) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str) and nom(child) in noms]


def enfant(element: Element, *noms: str) -> Element | None:
    return next(iter(enfants(element, *noms)), None)


def read_value(element: Element) -> Any:
    """Read the value below an inputNode, an expected, an item or a component."""
    if (liste := enfant(element, "list")) is not None:
        return [] if liste.get(NIL) == "true" else [read_value(item) for item in enfants(liste, "item")]
    if components := enfants(element, "component"):
        return {component.get("name"): read_value(component) for component in components}
    value = enfant(element, "value")
    if value is None or value.get(NIL) == "true":
        return None
    return _scalar(str(value.get(TYPE) or "string").split(":")[-1], "".join(map(str, value.itertext())))


def _scalar(kind: str, text: str) -> Any:
    if kind == "string":
        return text
    read = _READERS[kind]
    if (value := read(text.strip())) is None:
        raise Indicible(f"{kind} {text}")
    return value


def _number(text: str) -> Decimal:
    return Decimal(text)


_READERS: dict[str, Callable[[str], Any]] = {
    "boolean": lambda text: text in ("true", "1"),
    "decimal": _number,
    "double": _number,
    "integer": _number,
    "int": _number,
    "date": to_date,
    "time": to_time,
    "dateTime": to_datetime,
    "duration": to_duration,
    "dayTimeDuration": to_duration,
    "yearMonthDuration": to_duration,
}


def _is_number(value: Any) -> bool:
    return value.__class__ in NUMBERS


def agrees(found: Any, wanted: Any) -> bool:
    """Tell whether a result is the one expected: numbers to eight decimals, as the kit asks; a zero duration is one of either kind."""
    if found is None or wanted is None:
        return found is wanted
    if _is_number(found) and _is_number(wanted):
        return abs(Decimal(found) - Decimal(wanted)) <= Decimal("1e-8") * max(Decimal(1), abs(Decimal(wanted)))
    if isinstance(found, list) and isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(agrees, found, wanted))
    if isinstance(found, dict) and isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(agrees(found[key], wanted[key]) for key in found)
    if (
        isinstance(found, timedelta | MonthsDuration)
        and isinstance(wanted, timedelta | MonthsDuration)
        and found.__class__ is not wanted.__class__
    ):
        return not any(span if isinstance(span, timedelta) else span.months for span in (found, wanted))
    return equal(found, wanted) is True
