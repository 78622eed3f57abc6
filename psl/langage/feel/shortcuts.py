"""Short closures for the commonest forms: a name or a path against constants. Same answers as the long way, several times faster."""

import operator
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from psl.langage.feel import nodes
from psl.langage.feel.values import Value
from psl.langage.feel.values import member as read_member

type _Closure = Callable[[dict[str, Value]], Value]

# The two classes a value may have to be comparable with a constant of each class.
_KINDS: dict[type, tuple[type, type]] = {
    int: (int, Decimal),
    Decimal: (Decimal, int),
    str: (str, str),
    date: (date, date),
    bool: (bool, bool),
}
_ORDERED = frozenset({int, Decimal, str, date})


def compare(sign: str, left: nodes.Node, other: Value) -> _Closure | None:
    """Compile `name sign constant` and `name.member = "text"`; None when the form is another."""
    if isinstance(left, nodes.Path) and isinstance(left.base, nodes.Name) and sign in ("=", "!=") and other.__class__ is str:
        return _member_equals(left.base.name, left.member, other, wanted=sign == "=")
    if not isinstance(left, nodes.Name):
        return None
    if sign in ("=", "!="):
        return _equals(left.name, other, wanted=sign == "=")
    return _ORDERS[sign](left.name, other, *_KINDS[other.__class__]) if other.__class__ in _ORDERED else None


def _equals(name: str, other: Value, *, wanted: bool) -> _Closure | None:
    if other is None:
        return (lambda context: context[name] is None) if wanted else (lambda context: context[name] is not None)
    if other.__class__ not in _KINDS:
        return None
    (kind, second), unwanted = _KINDS[other.__class__], not wanted

    def equals(context: dict[str, Value]) -> bool | None:
        value = context[name]
        if value.__class__ is kind or value.__class__ is second:
            return wanted if value == other else unwanted
        return unwanted if value is None else None

    return equals


def _member_equals(name: str, member: str, other: str, *, wanted: bool) -> _Closure:
    unwanted = not wanted

    def equals(context: dict[str, Value]) -> bool | None:
        owner = context[name]
        value = owner.get(member) if owner.__class__ is dict else read_member(owner, member)
        if value.__class__ is str:
            return wanted if value == other else unwanted
        return unwanted if value is None else None

    return equals


def _less(name: str, other: Value, kind: type, second: type) -> _Closure:
    def less(context: dict[str, Value]) -> bool | None:
        value = context[name]
        return value < other if value.__class__ is kind or value.__class__ is second else None

    return less


def _less_or_equal(name: str, other: Value, kind: type, second: type) -> _Closure:
    def less_or_equal(context: dict[str, Value]) -> bool | None:
        value = context[name]
        return value <= other if value.__class__ is kind or value.__class__ is second else None

    return less_or_equal


def _greater(name: str, other: Value, kind: type, second: type) -> _Closure:
    def greater(context: dict[str, Value]) -> bool | None:
        value = context[name]
        return value > other if value.__class__ is kind or value.__class__ is second else None

    return greater


def _greater_or_equal(name: str, other: Value, kind: type, second: type) -> _Closure:
    def greater_or_equal(context: dict[str, Value]) -> bool | None:
        value = context[name]
        return value >= other if value.__class__ is kind or value.__class__ is second else None

    return greater_or_equal


_ORDERS = {"<": _less, "<=": _less_or_equal, ">": _greater, ">=": _greater_or_equal}


def between(value: nodes.Node, low: Any, high: Any) -> _Closure | None:
    """Compile `name between constant and constant`; None when the form is another."""
    if not isinstance(value, nodes.Name) or low.__class__ is not high.__class__ or low.__class__ not in _ORDERED:
        return None
    name, (kind, second) = value.name, _KINDS[low.__class__]
    floor: Any = low

    def inside(context: dict[str, Value]) -> bool | None:
        candidate: Any = context[name]
        return floor <= candidate <= high if candidate.__class__ is kind or candidate.__class__ is second else None

    return inside


def within(value: nodes.Node, low: Any, high: Any, *, low_closed: bool, high_closed: bool) -> _Closure | None:
    """Compile `name in [constant..constant[`; None when the form is another."""
    if not isinstance(value, nodes.Name) or low.__class__ is not high.__class__ or low.__class__ not in _ORDERED:
        return None
    name, (kind, second) = value.name, _KINDS[low.__class__]
    above, below = operator.ge if low_closed else operator.gt, operator.le if high_closed else operator.lt
    first: Any = low
    last: Any = high

    def held(context: dict[str, Value]) -> bool | None:
        candidate = context[name]
        found = candidate.__class__
        return above(candidate, first) and below(candidate, last) if found is kind or found is second else None

    return held


def inside(value: nodes.Node, texts: Sequence[Value]) -> _Closure | None:
    """Compile `name in ("A", "B")`; None when the form is another."""
    if not isinstance(value, nodes.Name) or any(text.__class__ is not str for text in texts):
        return None
    name, allowed = value.name, frozenset(texts)

    def member(context: dict[str, Value]) -> bool | None:
        candidate = context[name]
        if candidate.__class__ is str:
            return candidate in allowed
        return False if candidate is None else None

    return member


def negation(operand: nodes.Node) -> _Closure | None:
    """Compile `not(name)`; None when the form is another."""
    if not isinstance(operand, nodes.Name):
        return None
    name = operand.name

    def opposite(context: dict[str, Value]) -> bool | None:
        value = context[name]
        return False if value is True else True if value is False else None

    return opposite
