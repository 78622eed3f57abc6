"""A map without any third party: the outlines of départements around a commune, and the places on it, in the units of the drawing."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

MARGE = 14.0  # units around what is shown: about 1.85 km each
_POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
type Cadre = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Carte:
    """What is drawn: `cadre` is the viewBox, `contours` the outlines with their département, `points` the places in their order."""

    cadre: str
    contours: tuple[tuple[str, str], ...]
    points: tuple[tuple[float, float], ...]
    rayon: float


@cache
def _drawing() -> tuple[dict[str, Any], dict[str, Cadre]]:
    path = settings.RACINE / "donnees" / "guichets" / "carte.json"
    carte: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return carte, {code: _box(contour) for code, contour in carte["contours"].items()}


def _box(contour: str) -> Cadre:
    points = [(float(x), float(y)) for x, y in _POINT.findall(contour)]
    return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)


def lambert(lon: float, lat: float) -> tuple[float, float]:
    """Return the Lambert 93 coordinates in metres (EPSG:2154)."""
    e, n, c = 0.0818191910428158, 0.725607765053267, 11754255.426096
    phi = math.radians(lat)
    iso = math.atanh(math.sin(phi)) - e * math.atanh(e * math.sin(phi))
    rayon, gamma = c * math.exp(-n * iso), n * math.radians(lon - 3)
    return 700000 + rayon * math.sin(gamma), 12655612.049876 - rayon * math.cos(gamma)


def draw(departement: str, places: Sequence[tuple[float, float]]) -> Carte | None:
    """Return the map of a département and its neighbours with these places (longitude, latitude); None where none is drawn."""
    carte, boxes = _drawing()
    if departement not in boxes:
        return None
    points = []
    for lon, lat in places:
        x, y = lambert(lon, lat)
        points.append((round(carte["x"][0] * x + carte["x"][1], 1), round(carte["y"][0] * y + carte["y"][1], 1)))
    x0, y0, x1, y1 = boxes[departement]
    frame = (x0 - MARGE, y0 - MARGE, x1 + MARGE, y1 + MARGE)
    shown = tuple((code, carte["contours"][code]) for code, box in boxes.items() if _meets(box, frame) and code != departement)
    cadre = f"{frame[0]:.1f} {frame[1]:.1f} {frame[2] - frame[0]:.1f} {frame[3] - frame[1]:.1f}"
    return Carte(cadre, (*shown, (departement, carte["contours"][departement])), tuple(points), round((frame[2] - frame[0]) / 40, 1))


def _meets(a: Cadre, b: Cadre) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
