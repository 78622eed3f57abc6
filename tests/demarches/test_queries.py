"""What is open now: the list, the current version, what is closed."""

import pytest

from psl.demarches import queries
from psl.socle.errors import Refus
from tests.saisie.conftest import fermee

__all__ = ["fermee"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["", "etatcivil", "Inconnu", "EtatCivil\x00", "x" * 5000])
def test_a_code_that_is_none(code: str) -> None:
    with pytest.raises(Refus) as refus:
        queries.by_code(code)
    assert (refus.value.code, refus.value.statut) == ("demarche-inconnue", 404)


def test_an_unknown_digest() -> None:
    with pytest.raises(Refus) as refus:
        queries.compiled("0" * 64)
    assert refus.value.statut == 404


def test_the_list_by_audience() -> None:
    vue = next(vue for vue in queries.listing("particulier") if vue.code == "EtatCivil")
    assert (vue.code, vue.url, [action for action, _ in vue.actions]) == (
        "EtatCivil", "/mademarche/EtatCivil/demarche", ["NAISSANCE", "MARIAGE", "DECES"],
    )  # fmt: skip
    assert (vue in queries.listing(), [autre.code for autre in queries.listing("association") if autre.code == "EtatCivil"]) == (True, [])


def test_a_closed_demarche_says_why(fermee: str) -> None:
    refus = queries.why_not_start(queries.by_code("EtatCivil"))
    assert refus is not None
    assert (refus.code, refus.phrase) == ("demarche-close", fermee)


def test_an_open_one_does_not() -> None:
    assert queries.why_not_start(queries.by_code("EtatCivil")) is None
