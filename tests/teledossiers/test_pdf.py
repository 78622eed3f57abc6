"""PDF documents: the same bytes each time, whatever people are called and name their files."""

import io
import unicodedata
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from psl.teledossiers.rendus import pdf, prose
from psl.teledossiers.rendus.pdf import Lettre, Ligne, Piece, Section

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def document(texte: str, *, jointe: str = "") -> Piece:
    """Return a document with a text at each place where a usager's may stand."""
    lignes = [Ligne("Nom", texte, texte)]
    section = Section("Une partie", [texte], lignes, prose.blocks("Un **{{mot}}** :\n\n- {{mot}}", {"mot": texte}))
    return Piece("Un titre", "PSL", "A-1-ABCD1234", lignes, [texte], [section], jointe=jointe, lettre=Lettre([texte], [texte]))


def make(texte: str, *, jointe: str = "") -> bytes:
    return pdf.render(document(texte, jointe=jointe), at=AT)


def text(octets: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(octets)).pages)


def test_the_same_document_the_same_bytes() -> None:
    assert make("Éloïse") == make("Éloïse")


def test_every_safe_character_prints() -> None:
    signes = [chr(n) for first, last in pdf.SURS for n in range(ord(first), ord(last) + 1) if unicodedata.category(chr(n))[0] != "C"]
    texte = " ".join("a" + signe if unicodedata.category(signe)[0] == "M" else signe for signe in signes)
    assert pdf.printable(texte) == texte
    pdf._compile(pdf.data_of(document(texte)), at=AT)


def test_what_cannot_be_printed_is_shown_as_such_and_stays_in_the_data() -> None:
    octets = make("Née à 東京 🙂 Ԟ ﬁn Ａ", jointe='{"nom": "東京"}')
    assert [mot for mot in ("Née à", "�", "fin A") if mot not in text(octets)] == []
    [jointe] = PdfReader(io.BytesIO(octets)).attachments["donnees.json"]
    assert jointe.decode() == '{"nom": "東京"}'


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_makes_a_document(texte: str) -> None:
    assert make(texte).startswith(b"%PDF-1.7")
