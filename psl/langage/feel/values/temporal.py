"""Dates, times and durations: read from text, written as text, moved along the calendar. Zones are the tz database's."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from psl.langage.feel.values.kinds import MonthsDuration

_DATE = re.compile(r"(-?)([1-9][0-9]{4,8}|[0-9]{4})-([0-9]{2})-([0-9]{2})")
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z]+(?:[/_+\-A-Za-z0-9]*))?"
_TIME = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]{1,9})?" + _ZONE)
_MONTHS = re.compile(r"(-?)P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?")
_DAYS = re.compile(r"(-?)P(?:([0-9]{1,9})D)?(T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(\.[0-9]{0,9})?S)?)?")
_OFFSET_MAX = timedelta(hours=18)
DAY = timedelta(days=1)


def to_date(text: str) -> date | None:
    """Read "2026-01-31"; None when there is no such day in the years 1 to 9999."""
    match = _DATE.fullmatch(text)
    if not match or match[1] or len(match[2]) > 4:
        return None
    try:
        return date(int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def to_time(text: str) -> time | None:
    """Read "10:30:00", with a zone "Z", "+02:00" or "@Europe/Paris" or none."""
    match = _TIME.fullmatch(text)
    if not match:
        return None
    zone = read_zone(match[5])
    if match[5] and zone is None:
        return None
    try:
        return time(int(match[1]), int(match[2]), int(match[3]), _micros(match[4]), tzinfo=zone)
    except ValueError:
        return None


def to_datetime(text: str) -> datetime | None:
    """Read "2026-01-31T10:30:00", or a day alone, at midnight; "24:00:00" is the midnight after."""
    day, mark, hour = text.partition("T")
    on = to_date(day)
    if on is None or not mark:
        return None if on is None else datetime.combine(on, time())
    after = hour.startswith("24:00:00")
    at = to_time("00" + hour[2:] if after else hour)
    if at is None or (after and at.microsecond):
        return None
    try:
        return datetime.combine(on, at) + (DAY if after else timedelta(0))
    except OverflowError:
        return None


def _micros(fraction: str | None) -> int:
    return int(Decimal(f"0{fraction or ''}") * 1_000_000)


@lru_cache(maxsize=256)
def read_zone(text: str | None) -> tzinfo | None:
    """Read a zone as it is written after a time; None when there is none or it is unknown."""
    if not text:
        return None
    if text == "Z":
        return UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    hours, minutes, seconds = (*map(int, text[1:].split(":")), 0)[:3]
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return None if minutes > 59 or seconds > 59 else zone_of(-offset if text[0] == "-" else offset)


def zone_of(offset: timedelta) -> tzinfo | None:
    """Give the zone at a fixed distance from UTC; None past eighteen hours."""
    return None if abs(offset) > _OFFSET_MAX else timezone(offset) if offset else UTC


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
            microseconds=_micros(match[7]),
        )
        return -duration if match[1] else duration
    except OverflowError:
        return None


def is_too_fine(text: str) -> bool:
    """Tell whether a date, a time or a duration is past what Python holds: years before 1 or after 9999, billionths of a second."""
    fraction = re.search(r"\.[0-9]{6}([0-9]*[1-9])[0-9]*(?=$|S$|Z|[+-@])", text)
    match = _DATE.match(text)
    return bool(fraction) or bool(match and (match[1] or len(match[2]) > 4 or match[2] == "0000") and _is_day(match))


def _is_day(match: re.Match[str]) -> bool:
    return 1 <= int(match[3]) <= 12 and 1 <= int(match[4]) <= 31


def add_months[D: (date, datetime)](day: D, months: int) -> D | None:
    """Add calendar months; a day the month lacks becomes its last day. None out of the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Count the whole months from a date to another, negative backwards; the times of the day do not count."""
    if end < start:
        return -months_between(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def write_zone(zone: tzinfo | None, offset: timedelta | None) -> str:
    """Write a zone as it is read: "", "Z", "+02:00", "@Europe/Paris"."""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    if zone is None or offset is None:
        return ""
    if not offset:
        return "Z"
    seconds = abs(int(offset.total_seconds()))
    tail = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{'-' if offset < timedelta(0) else '+'}{seconds // 3600:02}:{seconds // 60 % 60:02}{tail}"


def write_time(value: time) -> str:
    """Write a time as it is read."""
    fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
    return f"{value.hour:02}:{value.minute:02}:{value.second:02}{fraction}{write_zone(value.tzinfo, value.utcoffset())}"


def write_datetime(value: datetime) -> str:
    """Write a date and time as it is read."""
    return f"{value.date().isoformat()}T{write_time(value.time())}{write_zone(value.tzinfo, value.utcoffset())}"


def write_duration(value: timedelta | MonthsDuration) -> str:
    """Write a duration in its shortest ISO 8601 form: "P1Y2M", "P1DT2H", "PT0S", "P0M"."""
    if isinstance(value, MonthsDuration):
        years, months = divmod(abs(value.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months else "") or "0M"
        return f"{'-' if value.months < 0 else ''}P{body}"
    span = abs(value)
    seconds = f"{span.seconds % 60}" + (f".{span.microseconds:06}".rstrip("0") if span.microseconds else "")
    parts = [(f"{span.seconds // 3600}", "H"), (f"{span.seconds // 60 % 60}", "M"), (seconds, "S")]
    hours = "".join(f"{number}{unit}" for number, unit in parts if number != "0")
    body = (f"{span.days}D" if span.days else "") + (f"T{hours}" if hours else "") or "T0S"
    return f"{'-' if value < timedelta(0) else ''}P{body}"
