"""The zip as it is written: its bytes, its dates, its order, whatever its size; read back by the standard library."""

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from psl.teledossiers.rendus.pec.archive import LOT, Membre, write
from psl.teledossiers.rendus.pec.lecture import inflate, read_directory

AT = datetime(2026, 11, 23, 10, 20, 31, tzinfo=UTC)


def _zip(membres: list[Membre], plein: int = 0xFFFFFFFF) -> bytes:
    return b"".join(write(membres, at=AT, plein=plein))


def test_flags_method_and_date_are_those_of_the_real_platform() -> None:
    archive = zipfile.ZipFile(io.BytesIO(_zip([Membre("message.xml", [b"<a></a>"]), Membre("pièce.pdf", [b"%PDF-"], est_dense=True)])))
    assert [(i.filename, i.flag_bits, i.compress_type, i.date_time, i.comment, i.extra) for i in archive.infolist()] == [
        ("message.xml", 0x808, 8, (2026, 11, 23, 10, 20, 30), b"", b""),
        ("pièce.pdf", 0x808, 8, (2026, 11, 23, 10, 20, 30), b"", b""),
    ]
    assert (archive.comment, archive.testzip()) == (b"", None)


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=20), st.lists(st.binary(max_size=300), max_size=5), st.booleans()), max_size=6),
    st.sampled_from([0xFFFFFFFF, 40, 0]),
)
def test_what_is_written_is_read_back(contenus: list[tuple[str, list[bytes], bool]], plein: int) -> None:
    membres = [
        Membre(f"{rang}-{nom.encode(errors='ignore').decode()}", octets, dense) for rang, (nom, octets, dense) in enumerate(contenus)
    ]
    ecrit = _zip(membres, plein)
    fichier = io.BytesIO(ecrit)
    lu = [(entree.nom, b"".join(inflate(fichier, entree))) for entree in read_directory(fichier).entrees]
    assert lu == [(membre.nom, b"".join(membre.octets)) for membre in membres]


def test_offsets_past_four_gibibytes_are_written_the_zip64_way() -> None:
    membres = [Membre(f"{rang}.txt", [b"abc" * 100]) for rang in range(3)]
    archive = zipfile.ZipFile(io.BytesIO(_zip(membres, plein=100)))
    assert [archive.read(info) for info in archive.infolist()] == [b"abc" * 100] * 3


def test_it_is_given_as_it_is_made() -> None:
    demandes = 0

    def source() -> Iterator[bytes]:
        nonlocal demandes
        for _ in range(50):
            demandes += 1
            yield os.urandom(LOT)

    flot = write([Membre("gros.pdf", source(), est_dense=True)], at=AT)
    tailles = [len(next(flot)) for _ in range(3)]
    assert (demandes <= 5, max(tailles) < 3 * LOT) == (True, True)


def test_the_same_members_give_the_same_bytes() -> None:
    def made() -> bytes:
        return _zip([Membre("a.xml", [b"<a/>" * 1000]), Membre("b.pdf", [b"x" * 1000], est_dense=True)])

    assert zlib.crc32(made()) == zlib.crc32(made())
    assert made() == made()
