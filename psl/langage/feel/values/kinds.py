"""The kinds of FEEL's values, as Python's, and the two that Python lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

# None, bool, int, Decimal, str, list, dict, date, time, datetime, timedelta, MonthsDuration, Range, Function.
# Kept as Any: each operator looks at the class itself.
type Value = Any


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A years and months duration, in months."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of comparable values; an end that is None is unknown, unless `sign` says it is open: `(< 10)`."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool
    sign: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function as a value: its parameters, what makes its result, the shapes it asks and gives when it says them."""

    parameters: tuple[str, ...]
    call: Callable[..., Value]
    shapes: tuple[Any, ...] = ()


NUMBERS = frozenset({int, Decimal})
ORDERED = frozenset({int, Decimal, str, date, timedelta, MonthsDuration, datetime, time})
DURATIONS = frozenset({timedelta, MonthsDuration})

# The name of each kind: the words of the static types.
_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    Decimal: "number",
    str: "text",
    date: "date",
    time: "time",
    datetime: "datetime",
    timedelta: "days",
    MonthsDuration: "months",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


def kind_of(value: Value) -> str:
    """Name the kind of a value; what is of no FEEL kind is « any »."""
    return _KINDS.get(value.__class__, "any")
