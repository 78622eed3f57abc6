"""A country is found under its names."""

import pytest

from psl.annuaire.queries import countries, get_pays, referentiels, search_pays

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("fidji", [("99508", "Fidji", "")]),
        ("fiji", [("99508", "Fidji", "")]),
        ("cote d ivoire", [("99326", "Côte d'Ivoire", "")]),
        ("jersey", [("99132", "Royaume-Uni", "Jersey")]),
        ("rda", [("99141", "République démocratique allemande", "RDA")]),
        ("guadeloupe", [("99100", "France", "Guadeloupe")]),
        (
            "coree",
            [
                ("99239", "République de Corée", "Corée du Sud"),
                ("99238", "République populaire démocratique de Corée", "Corée du Nord"),
                ("99237", "Corée", "ancien pays ou territoire"),
            ],
        ),
        ("", []),
        ("zzzzzz", []),
        ("x" * 500, []),
    ],
)
def test_search(q: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(p.code, p.nom, p.precision) for p in search_pays(q)] == expected


def test_the_list_begins_with_france_and_ends_with_what_is_no_more() -> None:
    options = countries()
    assert [option.libelle for option in options[:3]] == ["France", "Afghanistan", "Afrique du Sud"]
    assert options[-1].libelle == "Yémen démocratique"
    assert len(options) == 237


def test_the_list_is_in_english_too() -> None:
    names = {option.valeur: option.libelle for option in countries("en")}
    assert (names["99326"], names["99109"], names["99141"]) == ("Côte d’Ivoire", "Germany", "République démocratique allemande")


def test_a_country_by_its_code() -> None:
    assert referentiels.pays("99326") == {"code": "99326", "libelle": "Côte d'Ivoire"}
    assert get_pays("00000") is None
    assert referentiels.pays("00000") is None
