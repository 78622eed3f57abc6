"""A Referentiel of the demonstration: a few invented schools, and the mornings of the next two weeks for any agenda."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from psl.socle import clock
from psl.socle.dates import date_in_words

ECOLES = {
    "0170001A": "École des Minimes",
    "0170002B": "École Simone-Veil",
    "0170003C": "Collège Albert-Camus",
}
HEURES = (time(9), time(10, 30), time(14))
JOURS = 14


class ReferentielDemonstration:
    """Knows `api:ecoles`, and proposes the same hours in every `agenda:…`."""

    def entree(self, nom: str, code: str) -> Mapping[str, Any] | None:
        return next((found for found in self.entrees(nom) if found["code"] == code), None)

    def entrees(self, nom: str) -> list[Mapping[str, Any]]:
        if nom.startswith("agenda:"):
            return self._slots()
        return [{"code": code, "libelle": libelle} for code, libelle in ECOLES.items()] if nom == "api:ecoles" else []

    def _slots(self) -> list[Mapping[str, Any]]:
        today = clock.local_date(clock.now())
        days = [today + timedelta(days=rank) for rank in range(1, JOURS + 1)]
        moments = [datetime.combine(day, hour) for day in days if day.weekday() < 5 for hour in HEURES]
        return [
            {
                "code": f"{moment:%Y%m%d%H%M}",
                "debut": moment.isoformat(timespec="minutes"),
                "libelle": f"{date_in_words(moment.date())}, {moment.hour} h {moment.minute:02}",
            }
            for moment in moments
        ]

    def check(self) -> list[str]:
        return []
