"""What an examination finds, whatever the size of the chunks."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.pieces.examen.constat import PIXELS_MAX, Constat, Examen, Soupcon, is_archive_end
from tests.pieces import exemples

SAINS = [exemples.PDF, exemples.png(), exemples.jpeg(), exemples.webp(), exemples.heic()]


def examine(contenu: bytes, taille: int = 65_536) -> Constat:
    examen = Examen()
    for debut in range(0, len(contenu), taille):
        examen.feed(contenu[debut : debut + taille])
    return examen.conclude()


@pytest.mark.parametrize("contenu", SAINS)
def test_well_made_files_are_not_suspect(contenu: bytes) -> None:
    constat = examine(contenu)
    assert (constat.soupcon, constat.taille, constat.sha256) == (None, len(contenu), hashlib.sha256(contenu).hexdigest())


@pytest.mark.parametrize(
    "contenu",
    [*SAINS, exemples.jpeg(suite=b"\0" * 70_000), exemples.archive(), b"", exemples.png()[:-4], exemples.PDF + exemples.archive()],
)
@pytest.mark.parametrize("taille", [1, 7, 64])
def test_chunks_do_not_change_the_finding(contenu: bytes, taille: int) -> None:
    assert examine(contenu, taille) == examine(contenu)


@pytest.mark.parametrize(
    "contenu",
    [
        exemples.PDF.removesuffix(b"%%EOF\n"),
        exemples.png()[:-12],
        exemples.png()[:20],
        exemples.jpeg(fin=b""),
        exemples.jpeg()[:40],
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\x00\x00" + b"\0" * 40,
        b"\xff\xd8\xff\xe1\x00\x04ab\x00\x00" + b"\0" * 40,
        exemples.webp()[:-1],
    ],
)
def test_files_cut_short_are_suspect(contenu: bytes) -> None:
    assert examine(contenu).soupcon == Soupcon.ABIME


@pytest.mark.parametrize(
    "contenu",
    [
        exemples.PDF + exemples.archive(),
        exemples.png(suite=exemples.archive()),
        exemples.jpeg(suite=b"\0" * 80_000 + exemples.archive()),
        exemples.PDF.replace(b"1 0 obj", b"<script>alert(1)</script>1 0 obj", 1),
        exemples.jpeg(exif=b"<?php system($_GET[0]); ?>"),
        exemples.jpeg(exif=b"%PDF-1.4 1 0 obj"),
        exemples.webp() + exemples.archive(),
    ],
)
def test_d2_a_file_that_is_two_things_is_suspect(contenu: bytes) -> None:
    assert examine(contenu).soupcon == Soupcon.DOUBLE


def test_telephones_append_to_their_pictures() -> None:
    assert examine(exemples.jpeg(suite=b"\0\0\0\x18ftypmp42" + bytes(100_000))).soupcon is None


@pytest.mark.parametrize(
    "contenu",
    [
        exemples.png(50_000, 50_000),
        exemples.jpeg(65_000, 65_000),
        exemples.webp(b"VP8X", cotes=b"\x10\0\0\0\xff\xff\xff\xff\xff\xff"),
    ],
)
def test_d5_a_picture_of_thousands_of_millions_of_pixels_is_suspect(contenu: bytes) -> None:
    assert examine(contenu).soupcon == Soupcon.DEMESURE
    assert PIXELS_MAX == 250_000_000


@pytest.mark.parametrize(
    ("sorte", "cotes"), [(b"VP8L", b"\x2f\xff\xff\xff\x0f\0\0\0\0\0"), (b"VP8 ", b"\x30\x01\0\x9d\x01\x2a\xff\x3f\xff\x3f")]
)
def test_every_sort_of_webp_says_its_size(sorte: bytes, cotes: bytes) -> None:
    assert examine(exemples.webp(sorte, cotes=cotes)).soupcon == Soupcon.DEMESURE


def test_the_mark_of_an_archive_alone_is_not_an_archive() -> None:
    assert is_archive_end(b"\0" * 50 + b"PK\x05\x06" + b"\0" * 40, 94) is False
    assert is_archive_end(exemples.archive()[-22:], len(exemples.archive())) is True


@given(st.binary(max_size=300), st.sampled_from([b"", *(sain[:40] for sain in SAINS)]), st.integers(1, 50))
def test_no_content_breaks_the_examination(suite: bytes, debut: bytes, taille: int) -> None:
    contenu = debut + suite
    assert examine(contenu, taille) == examine(contenu)
