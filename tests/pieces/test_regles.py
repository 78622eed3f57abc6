"""The limits of a piece, and how they are said."""

import pytest

from psl.pieces.regles import Regles, list_types, weight


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (0, "0 octets"),
        (850, "850 octets"),
        (1_000, "1 ko"),
        (12_345, "12 ko"),
        (1_500_000, "1,5 Mo"),
        (20_000_000, "20 Mo"),
        (2_147_483_648, "2,1 Go"),
    ],
)
def test_a_size_is_said_as_people_read_it(octets: int, dit: str) -> None:
    assert weight(octets) == dit


def test_types_are_said_in_a_list() -> None:
    assert list_types(["application/pdf", "image/jpeg", "image/png"]) == "PDF, JPEG ou PNG"
    assert list_types(["application/pdf", "image/jpeg"], "or") == "PDF or JPEG"
    assert list_types(["application/pdf"]) == "PDF"
    assert list_types([]) == ""


def test_the_rules_of_a_piece_stay_under_the_platform_s_ceiling() -> None:
    assert Regles.build(types=["image/png"], max_mo=10, max_fichiers=3, plafond=20_000_000) == Regles(10_000_000, ("image/png",), 3)
    assert Regles.build(max_mo=500, plafond=20_000_000).taille_max == 20_000_000
    assert Regles.build(plafond=200_000_000) == Regles(200_000_000, total_max=200_000_000)
