"""Names of files: safe anywhere, and still recognisable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.pieces.noms import LONGUEUR_MAX, OCTETS_MAX, clean, show


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Acte de naissance.pdf", "Acte de naissance.pdf"),
        ("Pièce d'identité – Éloïse Çelik.PDF", "Pièce d'identité – Éloïse Çelik.pdf"),
        ("e\u0301tat.jpeg", "état.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\camille\acte.pdf", "acte.pdf"),
        ("/acte.pdf", "acte.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("acte.pdf.exe", "acte.pdf"),
        ("acte.PDF.pdf.pdf", "acte.pdf"),
        ("facture 12.2026", "facture 12.2026.pdf"),
        ("M. Dupont", "M. Dupont.pdf"),
        ("acte\u202efdp.exe", "actefdp.pdf"),
        ("ac\x00te\x1b[31m.pdf", "acte[31m.pdf"),
        ("acte\r\nBcc: x@example.org.pdf", "acte Bcc- x@example.org.pdf"),
        ("a\u200bc\ufefft\u2066e\u2069.pdf", "acte.pdf"),
        ("\ud800acte.pdf", "acte.pdf"),
        ('a<b>c:d"e|f?g*h.pdf', "a-b-c-d-e-f-g-h.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1.pdf"),
        ("LPT¹.txt", "_LPT¹.pdf"),
        ("aux.acte.pdf", "_aux.acte.pdf"),
        ("console.pdf", "console.pdf"),
        ("=cmd|'x'!A0.pdf", "cmd-'x'!A0.pdf"),
        ("-rf acte. .pdf", "rf acte.pdf"),
        ("  deux   espaces .pdf", "deux espaces.pdf"),
        ("出生证明.pdf", "出生证明.pdf"),
    ],
)
def test_a_name_becomes_safe(nom: str, attendu: str) -> None:
    assert clean(nom, "pdf") == attendu


def test_a_long_name_is_cut_before_its_extension() -> None:
    assert clean("é" * 300 + ".pdf", "pdf") == "é" * (LONGUEUR_MAX - 4) + ".pdf"
    assert len(clean("😀" * 300, "jpg").encode()) <= OCTETS_MAX


@given(st.text(max_size=300), st.sampled_from(["pdf", "jpg", "png", "webp"]))
def test_d1_any_name_is_safe(nom: str, extension: str) -> None:
    propre = clean(nom, extension)
    assert propre.endswith(f".{extension}")
    assert len(propre) <= LONGUEUR_MAX
    assert len(propre.encode()) <= OCTETS_MAX
    assert not set(propre) & set('/\\<>:"|?*')
    assert propre[0] not in " .-=+@~"
    assert {unicodedata.category(lettre) for lettre in propre} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} == set()
    assert unicodedata.is_normalized("NFC", propre)
    assert clean(propre, extension) == propre


def test_a_name_is_said_back_short_and_clean() -> None:
    assert show("../acte\u202e.pdf") == "acte.pdf"
    assert show("a" * 100) == "a" * 59 + "…"
    assert show("") == "document"
