"""What a file is, from its content alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.pieces.examen.detection import CONNUS, HEIC, JPEG, PDF, PNG, TETE, WEBP, TypeFichier, describe, detect
from tests.pieces import exemples


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        (exemples.PDF, PDF),
        (b"%PDF-2.0\n", PDF),
        (exemples.jpeg(), JPEG),
        (exemples.png(), PNG),
        (exemples.webp(b"VP8X"), WEBP),
        (exemples.webp(b"VP8L"), WEBP),
        (exemples.webp(b"VP8 "), WEBP),
        (exemples.heic(), HEIC),
    ],
)
def test_each_accepted_type_is_known_by_its_first_bytes(contenu: bytes, attendu: TypeFichier) -> None:
    assert detect(contenu[:TETE]) == attendu
    assert CONNUS[attendu.mime] is attendu


@pytest.mark.parametrize(
    ("contenu", "mot"),
    [
        (exemples.archive(), "une archive ZIP"),
        (exemples.archive("word/document.xml"), "un document Word"),
        (exemples.archive("xl/workbook.xml"), "un tableau Excel"),
        (exemples.archive("ppt/presentation.xml"), "une présentation PowerPoint"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "un document LibreOffice"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un ancien document Word ou Excel"),
        (rb"{\rtf1\ansi}", "un document RTF"),
        (b"7z\xbc\xaf\x27\x1c\0\0", "une archive compressée"),
        (b"GIF89a", "une image GIF"),
        (b"II*\x00", "une image TIFF"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "une image BMP"),
        (b"\0\0\0\x20ftypisom\0\0\x02\0", "une vidéo"),
        (b"MZ\x90\0", "un programme"),
        (b"\x7fELF", "un programme"),
        (b'<?xml version="1.0"?><svg xmlns="x"><script/></svg>', "une image SVG"),
        (b"  <!DOCTYPE HTML><title>x", "une page web"),
        (b"\xef\xbb\xbf<html>", "une page web"),
        (b"\r\n%PDF-1.4\n", "un PDF abîmé, précédé d'autres données"),
        (b"Bonjour, voici mon acte", "un fichier texte"),
        (b"\0\x01\x02\x03", "un fichier d'un type inconnu"),
        (b"", "un fichier d'un type inconnu"),
        (exemples.PDF, "un fichier PDF"),
        (exemples.heic(), "une photo HEIC"),
    ],
)
def test_what_is_not_accepted_is_said_in_everyday_words(contenu: bytes, mot: str) -> None:
    assert describe(contenu) == mot


@given(st.binary(max_size=200))
def test_no_content_breaks_the_detection(contenu: bytes) -> None:
    connu = detect(contenu)
    assert (describe(contenu) == connu.article) if connu else describe(contenu).startswith("un")
