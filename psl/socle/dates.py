"""Dates in words (pure): "lundi 13 juillet 2026, 14 h 05", "Monday 13 July 2026, 2:05 pm"."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_JOURS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MOIS = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def date_in_words(day: date, langue: str = "fr", *, weekday: bool = True) -> str:
    """Return a date in words; the first of a month is "1er" in French."""
    langue = langue if langue in _JOURS else "fr"
    numero = "1er" if langue == "fr" and day.day == 1 else str(day.day)
    texte = f"{numero} {_MOIS[langue][day.month - 1]} {day.year}"
    return f"{_JOURS[langue][day.weekday()]} {texte}" if weekday else texte


def time_in_words(moment: datetime, langue: str = "fr", zone: str = "Europe/Paris") -> str:
    """Return an hour and its minutes as that language writes them."""
    local = moment.astimezone(ZoneInfo(zone))
    if langue == "en":
        return f"{local.hour % 12 or 12}:{local.minute:02d} {'am' if local.hour < 12 else 'pm'}"
    return f"{local.hour} h {local.minute:02d}"


def in_words(moment: datetime, langue: str = "fr", zone: str = "Europe/Paris") -> str:
    """Return a moment in words, in its reader's zone."""
    return f"{date_in_words(moment.astimezone(ZoneInfo(zone)).date(), langue)}, {time_in_words(moment, langue, zone)}"
