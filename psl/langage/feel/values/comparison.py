"""Equality, order and membership, three-valued. Source: DMN 1.5, tables 45 to 54.

Times and dates with times are equal when they are at the same second; with a zone, when they are the same instant.
"""

import operator
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from psl.langage.feel.values.budget import spend
from psl.langage.feel.values.kinds import NUMBERS, ORDERED, Range, Value

_TIMES = frozenset({time, datetime})


def equal(left: Value, right: Value) -> bool | None:
    """Tell whether two values are the same: null equals only null, values of different kinds give None."""
    if left is None or right is None:
        return left is right
    kind, other = left.__class__, right.__class__
    if kind in NUMBERS and other in NUMBERS:
        return bool(left == right)
    if kind is not other:
        return None
    compare = _SAME.get(kind)
    return bool(left == right) if compare is None else compare(left, right)


def _same(left: Value, right: Value) -> bool:
    spend(1)
    return equal(left, right) is True


def _same_items(left: list[Value], right: list[Value]) -> bool:
    return len(left) == len(right) and all(_same(a, b) for a, b in zip(left, right, strict=True))


def _same_entries(left: dict[str, Value], right: dict[str, Value]) -> bool:
    return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)


def different(left: Value, right: Value) -> bool | None:
    """Negate `equal`; None stays None."""
    same = equal(left, right)
    return None if same is None else not same


def has_zone(value: time | datetime) -> bool:
    """Tell whether a time bears a zone."""
    return value.tzinfo is not None


def instant(value: datetime) -> datetime:
    """Give a date and time in UTC when it bears a zone, else as it is."""
    return value.astimezone(UTC) if value.tzinfo is not None else value


def seconds_of(value: time) -> float:
    """Give the seconds since midnight, in UTC when the offset of the zone is known."""
    offset = value.utcoffset() or timedelta(0)
    return value.hour * 3600 + value.minute * 60 + value.second - offset.total_seconds()


def _ordered(compare: Callable[[Value, Value], bool], left: Value, right: Value) -> bool | None:
    if left.__class__ is time:
        if (left.utcoffset() is None) != (right.utcoffset() is None):
            return None
        return compare(seconds_of(left), seconds_of(right))
    if has_zone(left) != has_zone(right):
        return None
    try:
        return compare(instant(left).replace(microsecond=0), instant(right).replace(microsecond=0))
    except OverflowError:
        return None


def _at_once(left: Value, right: Value) -> bool | None:
    return _ordered(operator.eq, left, right)


_SAME: dict[type, Callable[[Value, Value], bool | None]] = {
    list: _same_items,
    dict: _same_entries,
    time: _at_once,
    datetime: _at_once,
}


def _order(test: Callable[[Value, Value], bool]) -> Callable[[Value, Value], bool | None]:
    def compare(left: Value, right: Value) -> bool | None:
        kind, other = left.__class__, right.__class__
        if kind in NUMBERS and other in NUMBERS:
            return test(left, right)
        if kind is not other or kind not in ORDERED:
            return None
        return _ordered(test, left, right) if kind in _TIMES else test(left, right)

    return compare


COMPARISONS: dict[str, Callable[[Value, Value], bool | None]] = {
    "=": equal,
    "!=": different,
    "<": _order(operator.lt),
    "<=": _order(operator.le),
    ">": _order(operator.gt),
    ">=": _order(operator.ge),
}


def between(value: Value, low: Value, high: Value) -> bool | None:
    """Tell whether low <= value <= high, with the three-valued `and`."""
    return both(COMPARISONS[">="](value, low), COMPARISONS["<="](value, high))


def within(value: Value, interval: Range) -> bool | None:
    """Tell whether a value lies in an interval."""
    if interval.sign:
        return COMPARISONS[interval.sign](value, interval.low if interval.low is not None else interval.high)
    low = COMPARISONS[">=" if interval.low_closed else ">"](value, interval.low)
    high = COMPARISONS["<=" if interval.high_closed else "<"](value, interval.high)
    return both(low, high)


def both(left: bool | None, right: bool | None) -> bool | None:
    """Give the three-valued `and` of two."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def passes(value: Value, test: Value) -> bool | None:
    """Tell whether `value in test`: an interval holds it, a list has it, or it equals the test."""
    if test.__class__ is Range:
        return equal(value, test) if value.__class__ is Range else within(value, test)
    if test.__class__ is list:
        return equal(value, test) is True or any(passes(value, item) is True for item in test)
    return equal(value, test)
