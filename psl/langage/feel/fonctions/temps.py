"""Built-ins on dates, times and durations. Source: DMN 1.5, 10.3.4.1 and 10.3.4.7. None reads a clock."""

from datetime import UTC, date, datetime, time, timedelta

from psl.langage.feel.fonctions.forms import Builtin, builtin
from psl.langage.feel.values.kinds import MonthsDuration, Value
from psl.langage.feel.values.temporal import months_between, to_date, to_datetime, to_duration, to_time, zone_of

_JOURS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOIS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _date(source: Value) -> date | None:
    if source.__class__ is str:
        return to_date(source)
    return source.date() if isinstance(source, datetime) else source


def _whole(number: Value) -> int:
    """Give a whole number as an int. Raises ValueError when it is not one."""
    if number != int(number):
        raise ValueError
    return int(number)


def _date_of(year: Value, month: Value, day: Value) -> date | None:
    try:
        return date(_whole(year), _whole(month), _whole(day))
    except (ValueError, OverflowError, TypeError):
        return None


def _time(source: Value) -> time | None:
    if source.__class__ is str:
        return to_time(source)
    if source.__class__ is date:
        return time(tzinfo=UTC)
    return source.timetz() if isinstance(source, datetime) else source


def _time_of(hour: Value, minute: Value, second: Value, offset: Value = None) -> time | None:
    zone = None if offset is None else zone_of(offset)
    if offset is not None and zone is None:
        return None
    whole = int(second)
    try:
        return time(_whole(hour), _whole(minute), whole, int((second - whole) * 1_000_000), tzinfo=zone)
    except (ValueError, OverflowError, TypeError):
        return None


def _moment(source: Value) -> datetime | None:
    if source.__class__ is str:
        return to_datetime(source)
    return source if isinstance(source, datetime) else datetime.combine(source, time(tzinfo=UTC))


def _moment_of(day: Value, at: Value) -> datetime:
    return datetime.combine(day.date() if isinstance(day, datetime) else day, at)


def _duration(source: Value) -> timedelta | MonthsDuration | None:
    return to_duration(source) if source.__class__ is str else source


def _months(start: Value, end: Value) -> MonthsDuration:
    first, last = (day.date() if isinstance(day, datetime) else day for day in (start, end))
    return MonthsDuration(months_between(first, last))


_DAY = "date: date|datetime"
TEMPS: dict[str, Builtin] = {
    "date": builtin("date", ("from: text|date|datetime", _date), ("year: number, month: number, day: number", _date_of)),
    "time": builtin(
        "time",
        ("from: text|time|datetime|date", _time),
        ("hour: number, minute: number, second: number, offset: days?", _time_of),
    ),
    "date and time": builtin("datetime", ("from: text|datetime|date", _moment), ("date: date|datetime, time: time", _moment_of)),
    "duration": builtin("any", ("from: text|days|months", _duration)),
    "years and months duration": builtin("months", ("from: date|datetime, to: date|datetime", _months)),
    "day of year": builtin("number", (_DAY, lambda day: day.timetuple().tm_yday)),
    "day of week": builtin("text", (_DAY, lambda day: _JOURS[day.weekday()])),
    "month of year": builtin("text", (_DAY, lambda day: _MOIS[day.month - 1])),
    "week of year": builtin("number", (_DAY, lambda day: day.isocalendar().week)),
}
