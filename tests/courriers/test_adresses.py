"""Addresses that may be written to, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.courriers.adresses import AdresseErronee, mask, normalise


@pytest.mark.parametrize(
    ("courriel", "attendu"),
    [
        ("camille@example.org", "camille@example.org"),
        ("  Camille.D+actes@Example.ORG ", "Camille.D+actes@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("a@élysée.example.fr", "a@xn--lyse-9oad.example.fr"),
    ],
)
def test_an_address_is_written_as_it_is_sent_to(courriel: str, attendu: str) -> None:
    assert normalise(courriel) == attendu


@pytest.mark.parametrize(
    "courriel",
    [
        "",
        "camille",
        "camille@",
        "@example.org",
        "camille@localhost",
        "camille@example.org\r\nBcc: x@example.org",
        "camille@example.org, autre@example.org",
        '"a b"@example.org',
        "a..b@example.org",
        ".a@example.org",
        "a@-example.org",
        "a@example..org",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "cam\u202eille@example.org",
        "éloïse@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 250 + ".org",
        "a@b@example.org",
        "<a@example.org>",
    ],
)
def test_c10_what_is_not_an_address_is_refused(courriel: str) -> None:
    with pytest.raises(AdresseErronee):
        normalise(courriel)


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_one_line_or_nothing(courriel: str) -> None:
    try:
        adresse = normalise(courriel)
    except AdresseErronee:
        return
    assert adresse.isascii()
    assert adresse.isprintable()
    assert normalise(adresse) == adresse


def test_an_address_is_shown_to_its_owner_alone() -> None:
    assert mask("camille.dupont@example.org") == "c•••@e•••.org"
