"""Members of contexts and properties of dates, times, durations and intervals. Source: DMN 1.5, tables 65 and 66."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psl.langage.feel.values.budget import spend
from psl.langage.feel.values.kinds import MonthsDuration, Range, Value

_SECOND = timedelta(seconds=1)


def _sign(value: int, divisor: int, modulus: int | None = None) -> int:
    result = abs(value) // divisor
    if modulus is not None:
        result %= modulus
    return -result if value < 0 else result


def _zone_name(moment: time | datetime) -> str | None:
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


_DAY: dict[str, Callable[[Any], Value]] = {
    "year": lambda d: d.year,
    "month": lambda d: d.month,
    "day": lambda d: d.day,
    "weekday": lambda d: d.isoweekday(),
}
_HOUR: dict[str, Callable[[Any], Value]] = {
    "hour": lambda t: t.hour,
    "minute": lambda t: t.minute,
    "second": lambda t: t.second,
    "time offset": lambda t: t.utcoffset(),
    "timezone": _zone_name,
}
# Properties by kind. A duration's parts carry its sign.
PROPERTIES: dict[type, dict[str, Callable[[Any], Value]]] = {
    date: _DAY,
    time: _HOUR,
    datetime: _DAY | _HOUR,
    MonthsDuration: {"years": lambda d: _sign(d.months, 12), "months": lambda d: _sign(d.months, 1, 12)},
    timedelta: {
        "days": lambda d: _sign(d // _SECOND, 86400),
        "hours": lambda d: _sign(d // _SECOND, 3600, 24),
        "minutes": lambda d: _sign(d // _SECOND, 60, 60),
        "seconds": lambda d: _sign(d // _SECOND, 1, 60),
    },
    Range: {
        "start": lambda r: r.low,
        "end": lambda r: r.high,
        "start included": lambda r: r.low_closed,
        "end included": lambda r: r.high_closed,
    },
}


def member(value: Value, name: str) -> Value:
    """Read a member of a context, of each context of a list, or a property of a date or duration; None when there is none."""
    kind = value.__class__
    if kind is dict:
        return value.get(name)
    if kind is list:
        spend(len(value))
        return [member(item, name) for item in value]
    read = PROPERTIES.get(kind, {}).get(name)
    return None if read is None else read(value)
