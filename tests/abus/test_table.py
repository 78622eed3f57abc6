"""The table of abuse cases is whole, current, and names tests that exist."""

from tests.abus.cas import CAS, PAGE, fichier, page

NOMBRES = {"A": 15, "B": 10, "C": 19, "D": 10, "E": 9}


def test_every_case_is_there_once_with_its_tests_or_its_reason() -> None:
    assert [cas.code for cas in CAS] == [f"{lettre}{rang}" for lettre, nombre in NOMBRES.items() for rang in range(1, nombre + 1)]
    assert [cas.code for cas in CAS if bool(cas.essais) == bool(cas.reste)] == []


def test_every_test_named_exists() -> None:
    nommes = [(chemin, nom) for cas in CAS for chemin, nom in map(fichier, cas.essais)]
    assert [f"{chemin.name}::{nom}" for chemin, nom in nommes if not chemin.exists() or f"def {nom}(" not in chemin.read_text()] == []


def test_every_test_named_bears_its_code() -> None:
    """A reader who looks for a code finds its tests: `test_a6_…`, or `test_a1_a2_…` for a test of several cases."""
    nommes = [(cas.code.lower(), fichier(essai)[1]) for cas in CAS for essai in cas.essais]
    assert [f"{code} : {nom}" for code, nom in nommes if code not in nom.split("_")] == []


def test_the_page_is_current() -> None:
    assert PAGE.read_text() == page()
