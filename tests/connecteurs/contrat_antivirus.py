"""What every Antivirus must do: one class, inherited by the tests of each connecteur."""

import io
import os
import zipfile
from collections.abc import Iterator

import pytest

from psl.connecteurs.antivirus.demonstration import EICAR
from psl.pieces.antivirus import Antivirus, Avis


class ContratAntivirus:
    """Give `antivirus` as a fixture."""

    def test_a_sane_stream_is_sane(self, antivirus: Antivirus) -> None:
        assert antivirus.scan([b"%PDF-1.7\n", os.urandom(300_000)]).avis is Avis.SAIN

    def test_an_empty_stream_is_sane(self, antivirus: Antivirus) -> None:
        assert antivirus.scan([]).avis is Avis.SAIN

    @pytest.mark.parametrize("taille", [1, 10, 67, 68, 65_536])
    def test_the_test_virus_is_found_across_the_borders_of_chunks(self, antivirus: Antivirus, taille: int) -> None:
        verdict = antivirus.scan(EICAR[debut : debut + taille] for debut in range(0, len(EICAR), taille))
        assert verdict.avis is Avis.INFECTE
        assert "eicar" in verdict.nom.lower()

    def test_the_test_virus_is_found_in_an_archive_left_uncompressed(self, antivirus: Antivirus) -> None:
        sortie = io.BytesIO()
        with zipfile.ZipFile(sortie, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("eicar.com", EICAR)
        assert antivirus.scan([sortie.getvalue()]).avis is Avis.INFECTE

    def test_it_reads_as_a_stream(self, antivirus: Antivirus) -> None:
        lus: list[int] = []

        def source() -> Iterator[bytes]:
            for rang in range(100):
                lus.append(rang)
                yield bytes(10_000)

        assert antivirus.scan(source()).avis is Avis.SAIN
        assert lus == list(range(100))

    def test_is_well(self, antivirus: Antivirus) -> None:
        assert antivirus.check() == []
