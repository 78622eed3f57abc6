"""What + - * / ** do with each pair of kinds; what the standard leaves undefined is None. Source: DMN 1.5, tables 55 to 60."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from psl.langage.feel.values.budget import TEXTE_MAX
from psl.langage.feel.values.comparison import has_zone, instant, seconds_of
from psl.langage.feel.values.kinds import DURATIONS, NUMBERS, MonthsDuration, Value
from psl.langage.feel.values.temporal import DAY, add_months

# Decimal128, as the standard asks: 34 digits. No trap: what overflows becomes null.
DECIMAL = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
_BIG = 10**34
_UNIT = timedelta(microseconds=1)


def number(result: int | Decimal) -> int | Decimal | None:
    """Give a result rounded to 34 digits; None when it is not finite."""
    if result.__class__ is int and -_BIG < result < _BIG:
        return result
    rounded = DECIMAL.plus(Decimal(result))
    return rounded if rounded.is_finite() else None


def _add_days(day: date, duration: timedelta) -> date | None:
    try:
        return day + timedelta(days=duration // DAY)
    except OverflowError:
        return None


def _scale(duration: timedelta | MonthsDuration, factor: int | Decimal, *, divides: bool = False) -> timedelta | MonthsDuration | None:
    count = duration.months if isinstance(duration, MonthsDuration) else duration // _UNIT
    scaled = (DECIMAL.divide if divides else DECIMAL.multiply)(Decimal(count), Decimal(factor))
    if not scaled.is_finite() or abs(scaled) > 10**20:
        return None
    if isinstance(duration, MonthsDuration):
        return MonthsDuration(int(scaled))
    try:
        return timedelta(microseconds=int(scaled))
    except OverflowError:
        return None


def _plus(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    if kind in NUMBERS and other in NUMBERS:
        return number(left + right) if kind is int is other else number(DECIMAL.add(left, right))
    if kind is str is other:
        return left + right if len(left) + len(right) <= TEXTE_MAX else None
    if kind in _SHIFTS:
        return _SHIFTS[kind](left, right, 1)
    if other in _SHIFTS:
        return _SHIFTS[other](right, left, 1)
    return _durations(left, right, 1)


def _minus(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    if kind in NUMBERS and other in NUMBERS:
        return number(left - right) if kind is int is other else number(DECIMAL.subtract(left, right))
    if kind is date is other:
        return left - right
    if kind is time is other:
        return timedelta(seconds=seconds_of(left) - seconds_of(right)) if has_zone(left) == has_zone(right) else None
    if kind in _DAYS and other in _DAYS:
        return _elapsed(_at_midnight(left), _at_midnight(right))
    if kind in _SHIFTS:
        return _SHIFTS[kind](left, right, -1)
    return _durations(left, right, -1)


def _at_midnight(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(), UTC)


def _elapsed(left: datetime, right: datetime) -> timedelta | None:
    try:
        return instant(left) - instant(right) if has_zone(left) == has_zone(right) else None
    except OverflowError:
        return None


def _shift_date(day: date, duration: Value, sign: int) -> date | None:
    if duration.__class__ is MonthsDuration:
        return add_months(day, sign * duration.months)
    if duration.__class__ is timedelta:
        return _add_days(day, sign * duration)
    return None


def _shift_datetime(moment: datetime, duration: Value, sign: int) -> datetime | None:
    if duration.__class__ is MonthsDuration:
        return add_months(moment, sign * duration.months)
    if duration.__class__ is not timedelta:
        return None
    try:
        return (instant(moment) + sign * duration).astimezone(moment.tzinfo) if moment.tzinfo else moment + sign * duration
    except OverflowError:
        return None


def _shift_time(at: time, duration: Value, sign: int) -> time | None:
    if duration.__class__ is not timedelta:
        return None
    moment = datetime(2000, 1, 1, at.hour, at.minute, at.second, at.microsecond) + (sign * duration) % DAY  # noqa: DTZ001 - a dial, not a day
    return moment.time().replace(tzinfo=at.tzinfo)


_SHIFTS: dict[type, Callable[[Value, Value, int], Value]] = {date: _shift_date, datetime: _shift_datetime, time: _shift_time}
_DAYS = frozenset({date, datetime})


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
        return number(left * right) if kind is int is other else number(DECIMAL.multiply(left, right))
    if kind in DURATIONS and other in NUMBERS:
        return _scale(left, right)
    if other in DURATIONS and kind in NUMBERS:
        return _scale(right, left)
    return None


def _over(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    if other in NUMBERS:
        if right == 0:
            return None
        if kind in NUMBERS:
            return number(DECIMAL.divide(left, right))
        return _scale(left, right, divides=True) if kind in DURATIONS else None
    if kind is MonthsDuration is other:
        return number(DECIMAL.divide(left.months, right.months)) if right.months else None
    if kind is timedelta is other:
        return number(DECIMAL.divide(left // _UNIT, right // _UNIT)) if right else None
    return None


def _power(left: Value, right: Value) -> Value:
    kind, other = left.__class__, right.__class__
    return shortened(DECIMAL.power(Decimal(left), Decimal(right))) if kind in NUMBERS and other in NUMBERS else None


def shortened(result: Decimal) -> int | Decimal | None:
    """Give a result as an int when it is one that 34 digits hold; None when it is not finite."""
    if not result.is_finite():
        return None
    return int(result) if result == result.to_integral_value() and abs(result) < _BIG else result


ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {"+": _plus, "-": _minus, "*": _times, "/": _over, "**": _power}


def negate(value: Value) -> Value:
    """Give the opposite of a number or a duration."""
    if isinstance(value, MonthsDuration):
        return MonthsDuration(-value.months)
    return -value if isinstance(value, int | Decimal | timedelta) and not isinstance(value, bool) else None
