"""What is known of a commune, and who keeps its registers."""

import pytest

from psl.annuaire.queries import forget, get_commune, referentiels, registres
from tests.annuaire.requetes import count

pytestmark = pytest.mark.django_db


def test_a_commune_of_today() -> None:
    found = get_commune("17300")
    assert found is not None
    assert (found.nom, found.libelle, found.code_postal, found.departement_nom) == (
        "La Rochelle",
        "La Rochelle",
        "17000",
        "Charente-Maritime",
    )
    assert found.mairie_adresse == "3 place de l'Hôtel-de-Ville\n17000 La Rochelle"
    assert found.mairie_horaires == [["lundi", "vendredi", [["08:30", "17:30"]]]]


@pytest.mark.parametrize(
    ("code", "keeper"),
    [
        ("17300", "17300"),
        ("59355", "59350"),
        ("59298", "59350"),
        ("50602", "50129"),
        ("01340", "01015"),
        ("75112", "75112"),
        ("99999", "99999"),
    ],
)
def test_who_keeps_the_registers(code: str, keeper: str) -> None:
    assert registres(code) == keeper


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("17300", {"code": "17300", "libelle": "La Rochelle", "code_postal": "17000"}),
        ("59355", {"code": "59355", "libelle": "Lomme (commune associée de Lille)", "code_postal": ""}),
        ("01340", {"code": "01340", "libelle": "Saint-Bois (commune déléguée d'Arboys en Bugey)", "code_postal": "01300"}),
        ("01458", {"code": "01458", "libelle": "Valserhône (ancien code 01458)", "code_postal": "01200"}),
        ("00000", None),
        ("", None),
        ("\x00", None),
        ("1730\x00", None),
        ("😀😀😀😀😀", None),
    ],
)
def test_what_an_answer_keeps(code: str, expected: dict[str, str] | None) -> None:
    assert referentiels.commune(code) == expected


def test_one_query_then_none() -> None:
    forget()
    with count() as queries:
        get_commune("59355")
        get_commune("59355")
    assert len(queries) == 1
