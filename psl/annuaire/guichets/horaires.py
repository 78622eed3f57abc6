"""Opening hours (pure): open now, or when next; what a week looks like; public holidays (code du travail, L3133-1, L3134-13, L3422-2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FUSEAUX = {
    "971": "America/Guadeloupe", "972": "America/Martinique", "973": "America/Cayenne", "974": "Indian/Reunion",
    "975": "America/Miquelon", "976": "Indian/Mayotte", "977": "America/St_Barthelemy", "978": "America/Marigot",
    "986": "Pacific/Wallis", "987": "Pacific/Tahiti", "988": "Pacific/Noumea",
}  # fmt: skip
_FIXES = {
    (1, 1): "jour de l'an", (5, 1): "fête du Travail", (5, 8): "victoire de 1945", (7, 14): "fête nationale", (8, 15): "Assomption",
    (11, 1): "Toussaint", (11, 11): "armistice de 1918", (12, 25): "Noël",
}  # fmt: skip
_LOCALES = {
    "971": (5, 27), "972": (5, 22), "973": (6, 10), "974": (12, 20), "976": (4, 27), "977": (10, 9), "978": (5, 28),
}  # fmt: skip
_ALSACE_MOSELLE = frozenset({"57", "67", "68"})
_MOBILES = {1: "lundi de Pâques", 39: "Ascension", 50: "lundi de Pentecôte"}


@dataclass(frozen=True, slots=True)
class Plage:
    """Hours of one day of the week (0: Monday)."""

    jour: int
    debut: time
    fin: time


@dataclass(frozen=True, slots=True)
class Ouverture:
    """What an office does at an instant: open until `jusqu_a`; else closed until `prochaine`; `ferie` names the holiday of today."""

    est_ouvert: bool
    jusqu_a: time | None = None
    prochaine: datetime | None = None
    ferie: str = ""


def read(horaires: Iterable[Sequence[object]]) -> tuple[Plage, ...]:
    """Return the hours of the directory's form: [first day, last day, [[from, to], …]]; what is not one is left out."""
    return tuple(sorted(_read(horaires), key=lambda plage: (plage.jour, plage.debut)))


def _read(horaires: Iterable[Sequence[object]]) -> Iterator[Plage]:
    for row in horaires:
        try:
            first, last, slots = row
            days = range(JOURS.index(str(first)), JOURS.index(str(last)) + 1)
            hours = [(time.fromisoformat(str(start)), time.fromisoformat(str(end))) for start, end in slots]  # type: ignore[attr-defined]
        except (ValueError, TypeError):
            continue
        yield from (Plage(day, start, end) for day in days for start, end in hours if start < end)


def zone(departement: str) -> str:
    """Return the time zone of a département."""
    return FUSEAUX.get(departement, "Europe/Paris")


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    lo = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * lo) // 451
    month, day = divmod(h + lo - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(day: date, departement: str = "") -> str:
    """Return the name of the public holiday of a day in a département, or an empty text."""
    after = (day - easter(day.year)).days
    if named := _FIXES.get((day.month, day.day)) or _MOBILES.get(after):
        return named
    if departement in _ALSACE_MOSELLE:
        return {-2: "Vendredi saint"}.get(after) or ("Saint-Étienne" if (day.month, day.day) == (12, 26) else "")
    return "abolition de l'esclavage" if _LOCALES.get(departement) == (day.month, day.day) else ""


def opening(plages: Sequence[Plage], now: datetime, departement: str = "") -> Ouverture | None:
    """Return what an office does at an instant, in its own time zone; None when its hours are not known."""
    if not plages:
        return None
    local = now.astimezone(ZoneInfo(zone(departement)))
    today, ferie = local.date(), holiday(local.date(), departement)
    if not ferie:
        for plage in plages:
            if plage.jour == today.weekday() and plage.debut <= local.time() < plage.fin:
                return Ouverture(est_ouvert=True, jusqu_a=plage.fin)
    return Ouverture(est_ouvert=False, prochaine=_next(plages, local, departement), ferie=ferie)


def _next(plages: Sequence[Plage], local: datetime, departement: str) -> datetime | None:
    days = [local.date() + timedelta(days=ahead) for ahead in range(15)]
    moments = (
        datetime.combine(day, plage.debut, local.tzinfo)
        for day in days
        if not holiday(day, departement)
        for plage in plages
        if plage.jour == day.weekday()
    )
    return next((moment for moment in moments if moment > local), None)


def week(plages: Sequence[Plage]) -> list[tuple[int, list[tuple[time, time]]]]:
    """Return the seven days with their hours."""
    return [(day, [(plage.debut, plage.fin) for plage in plages if plage.jour == day]) for day in range(7)]
