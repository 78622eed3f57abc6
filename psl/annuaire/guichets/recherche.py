"""Finding an office: the one that serves a commune and those around it; the commune around a point."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from psl.annuaire.guichets import horaires
from psl.annuaire.guichets.port import Guichet, guichets
from psl.annuaire.models import Commune
from psl.annuaire.queries import CommuneVue, get_commune

NOMBRE = 3
_RAYON = 6371.0  # of the Earth, kilometres
_VOISINAGE = 0.6  # degrees around a point where a commune is looked for: about 50 km


@dataclass(frozen=True, slots=True)
class Proche:
    """An office and how far it is, as the crow flies (None: not known, or the commune's own)."""

    guichet: Guichet
    km: float | None


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the kilometres between two points (longitude, latitude) on the sphere (haversine)."""
    (lon1, lat1), (lon2, lat2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _RAYON * math.asin(math.sqrt(min(1.0, h)))


def near(sorte: str, commune: CommuneVue) -> list[Proche]:
    """Return the offices of a kind for a commune, the competent one first. Raises GuichetsError when the directory is down."""
    found: Sequence[Guichet] = [town_hall(commune)] if sorte == "mairie" else guichets().near(sorte, commune)[:NOMBRE]
    return [Proche(guichet, _from(commune, guichet)) for guichet in found]


def _from(commune: CommuneVue, guichet: Guichet) -> float | None:
    if guichet.commune == commune.code or commune.lon is None or commune.lat is None or guichet.lon is None or guichet.lat is None:
        return None
    return distance((commune.lon, commune.lat), (guichet.lon, guichet.lat))


def town_hall(commune: CommuneVue) -> Guichet:
    """Return the town hall of a commune: its own, or that of the commune that took it in."""
    today = (get_commune(commune.registres) or commune) if not commune.mairie_adresse else commune
    return Guichet(
        nom=f"Mairie – {today.nom}",
        adresse=tuple(part.strip() for part in today.mairie_adresse.splitlines() if part.strip()),
        commune=today.code,
        departement=today.departement,
        lon=today.lon,
        lat=today.lat,
        horaires=horaires.read(today.mairie_horaires),
    )


def commune_at(lon: float, lat: float) -> str | None:
    """Return the code of the commune whose town hall is the nearest to a point, or None far from any."""
    around = Commune.objects.filter(
        type="commune", lon__range=(lon - _VOISINAGE, lon + _VOISINAGE), lat__range=(lat - _VOISINAGE, lat + _VOISINAGE)
    ).values_list("code", "lon", "lat")
    return min(((distance((lon, lat), (x or 0.0, y or 0.0)), code) for code, x, y in around), default=(0.0, None))[1]
