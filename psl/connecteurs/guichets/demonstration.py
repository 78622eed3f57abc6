"""A directory of the demonstration: an office of each kind in each chef-lieu, at an invented address, with the hours of an office."""

import csv
from collections.abc import Sequence
from datetime import time
from functools import cache

from django.conf import settings

from psl.annuaire.guichets.horaires import Plage
from psl.annuaire.guichets.port import Guichet
from psl.annuaire.guichets.recherche import distance
from psl.annuaire.guichets.sortes import PAR_ARRONDISSEMENT, SORTES
from psl.annuaire.queries import CommuneVue, get_commune

HORAIRES = tuple(
    Plage(jour, debut, fin)
    for jour in range(5)
    for debut, fin in ((time(9), time(12)), (time(14), time(16, 30)))
    if (jour, debut) != (3, time(14))
)


class GuichetsDemonstration:
    """Answers from the real chefs-lieux (donnees/guichets)."""

    def near(self, sorte: str, commune: CommuneVue) -> Sequence[Guichet]:
        """Return an office in the chef-lieu of the département, or in the nearest of its chefs-lieux."""
        ranks = {"prefecture", "sous_prefecture"} if sorte in PAR_ARRONDISSEMENT else {"prefecture"}
        if sorte == "sous_pref":
            ranks = {"sous_prefecture"}
        found = [
            seat
            for code, departement, rank in seats()
            if departement == commune.departement and rank in ranks and (seat := get_commune(code))
        ]
        return [_office(sorte, seat) for seat in sorted(found, key=lambda seat: _far(commune, seat))]

    def check(self) -> list[str]:
        """Nothing can be wrong."""
        return []


@cache
def seats() -> list[tuple[str, str, str]]:
    """Return the chefs-lieux: commune, département, rank."""
    with (settings.RACINE / "donnees" / "guichets" / "chefs_lieux.csv").open(encoding="utf-8", newline="") as file:
        return [(row["commune"], row["departement"], row["rang"]) for row in csv.DictReader(file)]


def _far(commune: CommuneVue, seat: CommuneVue) -> float:
    if commune.lon is None or commune.lat is None or seat.lon is None or seat.lat is None:
        return 0.0
    return distance((commune.lon, commune.lat), (seat.lon, seat.lat))


def _office(sorte: str, seat: CommuneVue) -> Guichet:
    postal = min(seat.codes_postaux, default="")
    return Guichet(
        nom=f"{SORTES[sorte]} – {seat.nom}",
        adresse=("1 place de l'Exemple", f"{postal} {seat.nom}".strip()),
        commune=seat.code,
        departement=seat.departement,
        lon=seat.lon,
        lat=seat.lat,
        horaires=HORAIRES,
        est_exemple=True,
    )
