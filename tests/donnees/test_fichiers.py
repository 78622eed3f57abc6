"""The data shipped: whole, coherent, and with nobody real to write to."""

import csv
import gzip
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from stdnum.fr import siren

DONNEES = Path(__file__).parents[2] / "donnees"
FICHIERS = ("communes.csv.gz", "communes_rattachees.csv.gz", "departements.csv", "pays.csv")


def read(name: str) -> list[dict[str, str]]:
    data = (DONNEES / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", FICHIERS)
def test_a_file_is_small_and_its_source_is_told(name: str) -> None:
    assert (DONNEES / name).stat().st_size < 4_000_000
    assert f"`{name}`" in (DONNEES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FICHIERS)
def test_nobody_real_can_be_written_to(name: str) -> None:
    text = "\n".join(" ".join(row.values()) for row in read(name))
    assert re.findall(r"\S+@\S+|\b0[1-9](?:[ .-]?\d\d){4}\b(?!\d)", re.sub(r"\b\d{9}\b|\b\d{5}\b", "", text)) == []


def test_communes_are_all_there_once() -> None:
    rows = read("communes.csv.gz")
    assert Counter(row["type"] for row in rows) == {"commune": 34_969, "arrondissement": 45}
    assert len({row["code"] for row in rows}) == len(rows)


def test_communes_have_right_numbers() -> None:
    rows = read("communes.csv.gz")
    assert [row["code"] for row in rows if row["siren"] and not siren.is_valid(row["siren"])] == []
    assert [row["code"] for row in rows if row["lon"] and not (-180 <= float(row["lon"]) <= 180 and -90 <= float(row["lat"]) <= 90)] == []
    assert {row["departement"] for row in rows} - {row["code"] for row in read("departements.csv")} == set()


def test_attached_communes_point_at_a_commune_of_today() -> None:
    today = {row["code"] for row in read("communes.csv.gz")}
    rows = read("communes_rattachees.csv.gz")
    assert Counter(row["type"] for row in rows) == {"deleguee": 2_105, "associee": 471, "ancienne": 2_248, "ancien_nom": 141}
    assert {row["registres"] for row in rows} - today == set()


def test_a_merged_code_is_no_code_of_today() -> None:
    today = {row["code"] for row in read("communes.csv.gz")}
    merged = [row["code"] for row in read("communes_rattachees.csv.gz") if row["type"] == "ancienne"]
    assert len(set(merged)) == len(merged)
    assert today.intersection(merged) == set()


def test_countries_are_named_as_in_french() -> None:
    rows = {row["code"]: row["nom"] for row in read("pays.csv")}
    assert len(rows) == 237
    assert {code: rows[code] for code in ("99100", "99326", "99508", "99301", "99116", "99238")} == {
        "99100": "France",
        "99326": "Côte d'Ivoire",
        "99508": "Fidji",
        "99301": "Égypte",
        "99116": "Tchéquie",
        "99238": "République populaire démocratique de Corée",
    }


def test_an_iso_code_names_one_country() -> None:
    rows = read("pays.csv")
    codes = Counter(row["iso"] for row in rows if row["iso"])
    assert [code for code, count in codes.items() if count > 1] == []
    assert [row["nom"] for row in rows if row["iso"] and row["est_historique"] == "true"] == []


def test_three_letters_go_with_two() -> None:
    rows = {row["code"]: row for row in read("pays.csv")}
    assert {code: rows[code]["iso3"] for code in ("99100", "99109", "99157", "99115", "99209")} == {
        "99100": "FRA",
        "99109": "DEU",
        "99157": "XKX",
        "99115": "CSK",
        "99209": "",
    }
    assert [row["nom"] for row in rows.values() if row["iso"] and len(row["iso3"]) != 3] == []
    codes = Counter(row["iso3"] for row in rows.values() if row["est_historique"] == "false" and row["iso3"])
    assert [code for code, count in codes.items() if count > 1] == []
