"""FEEL's values as Python's, and what each operator does with them.

Every function here is total: what the standard leaves undefined is None (FEEL's null). Source: DMN 1.5, tables 45 to 60.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

# None, bool, int, Decimal, str, list, dict, date, timedelta, MonthsDuration, Range. Kept as Any: each operator looks at the class itself.
type Value = Any

# Decimal128, as the standard asks: 34 digits. No trap: what overflows becomes null.
_DECIMAL = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
_BIG = 10**34
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class MonthsDuration:
    """A years and months duration, in months."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """An interval of comparable values; an end that is None is unknown."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool


ORDERED = frozenset({int, Decimal, str, date, timedelta, MonthsDuration})
NUMBERS = frozenset({int, Decimal})


def equal(left: Value, right: Value) -> bool | None:
    """Tell whether two values are the same: null equals only null, values of different kinds give None."""
    if left is None or right is None:
        return left is right
    kind, other = left.__class__, right.__class__
    if kind is list and other is list:
        return len(left) == len(right) and all(equal(a, b) is True for a, b in zip(left, right, strict=True))
    if kind is dict and other is dict:
        return left.keys() == right.keys() and all(equal(left[key], right[key]) is True for key in left)
    if kind is other or (kind in NUMBERS and other in NUMBERS):
        return bool(left == right)
    return None


def different(left: Value, right: Value) -> bool | None:
    """Negate `equal`; None stays None."""
    same = equal(left, right)
    return None if same is None else not same


def _order(operator: Callable[[Value, Value], bool]) -> Callable[[Value, Value], bool | None]:
    def compare(left: Value, right: Value) -> bool | None:
        kind, other = left.__class__, right.__class__
        if (kind is other and kind in ORDERED) or (kind in NUMBERS and other in NUMBERS):
            return operator(left, right)
        return None

    return compare


COMPARISONS: dict[str, Callable[[Value, Value], bool | None]] = {
    "=": equal,
    "!=": different,
    "<": _order(lambda a, b: a < b),
    "<=": _order(lambda a, b: a <= b),
    ">": _order(lambda a, b: a > b),
    ">=": _order(lambda a, b: a >= b),
}


def between(value: Value, low: Value, high: Value) -> bool | None:
    """Tell whether low <= value <= high, with the three-valued `and`."""
    return _both(COMPARISONS[">="](value, low), COMPARISONS["<="](value, high))


def within(value: Value, interval: Range) -> bool | None:
    """Tell whether a value lies in an interval."""
    low = COMPARISONS[">=" if interval.low_closed else ">"](value, interval.low)
    high = COMPARISONS["<=" if interval.high_closed else "<"](value, interval.high)
    return _both(low, high)


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def passes(value: Value, test: Value) -> bool | None:
    """Tell whether `value in test`: an interval holds it, a list has it, or it equals the test."""
    if test.__class__ is Range:
        return within(value, test)
    if test.__class__ is list:
        return equal(value, test) is True or any(passes(value, item) is True for item in test)
    return equal(value, test)


def add_months(day: date, months: int) -> date | None:
    """Add calendar months; a day the month lacks becomes its last day. None out of the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(result: int | Decimal) -> int | Decimal | None:
    if result.__class__ is int and -_BIG < result < _BIG:
        return result
    rounded = _DECIMAL.plus(Decimal(result))
    return rounded if rounded.is_finite() else None


def _add_days(day: date, duration: timedelta) -> date | None:
    try:
        return day + timedelta(days=duration // _DAY)
    except OverflowError:
        return None


def _scale(duration: timedelta | MonthsDuration, factor: int | Decimal) -> timedelta | MonthsDuration | None:
    if isinstance(duration, MonthsDuration):
        return MonthsDuration(int(_DECIMAL.multiply(Decimal(duration.months), Decimal(factor))))
    seconds = Decimal(duration // timedelta(microseconds=1)) * Decimal(factor)
    try:
        return timedelta(microseconds=int(seconds))
    except OverflowError:
        return None


def _plus(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    if kind in NUMBERS and other in NUMBERS:
        return _number(left + right) if kind is int is other else _number(_DECIMAL.add(left, right))
    if kind is str is other:
        return left + right
    if kind is date:
        return _shift(left, right, 1)
    if other is date:
        return _shift(right, left, 1)
    return _durations(left, right, 1)


def _minus(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    if kind in NUMBERS and other in NUMBERS:
        return _number(left - right) if kind is int is other else _number(_DECIMAL.subtract(left, right))
    if kind is date is other:
        return left - right
    if kind is date:
        return _shift(left, right, -1)
    return _durations(left, right, -1)


def _shift(day: date, duration: Value, sign: int) -> date | None:
    if duration.__class__ is MonthsDuration:
        return add_months(day, sign * duration.months)
    if duration.__class__ is timedelta:
        return _add_days(day, sign * duration)
    return None


def _durations(left: Value, right: Value, sign: int) -> timedelta | MonthsDuration | None:
    if left.__class__ is MonthsDuration is right.__class__:
        return MonthsDuration(left.months + sign * right.months)
    if left.__class__ is timedelta is right.__class__:
        try:
            return left + sign * right
        except OverflowError:
            return None
    return None


def _times(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    if kind in NUMBERS and other in NUMBERS:
        return _number(left * right) if kind is int is other else _number(_DECIMAL.multiply(left, right))
    if kind in (timedelta, MonthsDuration) and other in NUMBERS:
        return _scale(left, right)
    if other in (timedelta, MonthsDuration) and kind in NUMBERS:
        return _scale(right, left)
    return None


def _over(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    if other in NUMBERS:
        if right == 0:
            return None
        if kind in NUMBERS:
            return _number(_DECIMAL.divide(left, right))
        return _scale(left, _DECIMAL.divide(1, right)) if kind in (timedelta, MonthsDuration) else None
    if kind is MonthsDuration is other:
        return _number(_DECIMAL.divide(left.months, right.months)) if right.months else None
    if kind is timedelta is other:
        unit = timedelta(microseconds=1)
        return _number(_DECIMAL.divide(left // unit, right // unit)) if right else None
    return None


ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {"+": _plus, "-": _minus, "*": _times, "/": _over}


def negate(value: Value) -> Value:
    """Give the opposite of a number or a duration."""
    if isinstance(value, MonthsDuration):
        return MonthsDuration(-value.months)
    return -value if isinstance(value, int | Decimal | timedelta) and not isinstance(value, bool) else None


_DATE = re.compile(r"-?[0-9]{4,9}-[0-9]{2}-[0-9]{2}")
_MONTHS = re.compile(r"(-?)P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?")
_DAYS = re.compile(r"(-?)P(?:([0-9]{1,9})D)?(T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(\.[0-9]{0,9})?S)?)?")


def to_date(text: str) -> date | None:
    """Read "2026-01-31"; None when there is no such day."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def to_duration(text: str) -> timedelta | MonthsDuration | None:
    """Read an ISO 8601 duration: "P2M", "P1Y6M" in months, "P1DT2H" in days and time; None when it is not one."""
    if (match := _MONTHS.fullmatch(text)) and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return MonthsDuration(-months if match[1] else months)
    if not (match := _DAYS.fullmatch(text)) or text[-1] in "PT":
        return None
    try:
        duration = timedelta(
            days=int(match[2] or 0),
            hours=int(match[4] or 0),
            minutes=int(match[5] or 0),
            seconds=int(match[6] or 0),
            microseconds=int(Decimal(f"0{match[7] or ''}") * 1_000_000),
        )
    except OverflowError:
        return None
    return -duration if match[1] else duration


def _sign(value: int, divisor: int, modulus: int | None = None) -> int:
    result = abs(value) // divisor
    if modulus is not None:
        result %= modulus
    return -result if value < 0 else result


# Properties by kind (DMN 1.5 table 65). A duration's parts carry its sign.
PROPERTIES: dict[type, dict[str, Callable[[Any], int]]] = {
    date: {"year": lambda d: d.year, "month": lambda d: d.month, "day": lambda d: d.day, "weekday": lambda d: d.isoweekday()},
    MonthsDuration: {"years": lambda d: _sign(d.months, 12), "months": lambda d: _sign(d.months, 1, 12)},
    timedelta: {
        "days": lambda d: _sign(d // timedelta(seconds=1), 86400),
        "hours": lambda d: _sign(d // timedelta(seconds=1), 3600, 24),
        "minutes": lambda d: _sign(d // timedelta(seconds=1), 60, 60),
        "seconds": lambda d: _sign(d // timedelta(seconds=1), 1, 60),
    },
}


def member(value: Value, name: str) -> Value:
    """Read a member of a context, or a property of a date or duration; None when there is none."""
    if value.__class__ is dict:
        return value.get(name)
    read = PROPERTIES.get(value.__class__, {}).get(name)
    return None if read is None else read(value)
