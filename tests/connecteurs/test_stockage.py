"""The Stockage on the file system, and the one that is down."""

import os
import stat
from pathlib import Path

import pytest

from psl.connecteurs.stockage.disque import StockageDisque
from psl.connecteurs.stockage.en_panne import PANNE, StockageEnPanne
from psl.pieces.stockage import StockageError
from tests.connecteurs.contrat_stockage import CHEMIN, ContratStockage


class TestStockageDisque(ContratStockage):
    """The contract, on a folder of the test."""

    @pytest.fixture
    def stockage(self, tmp_path: Path) -> StockageDisque:
        return StockageDisque(tmp_path / "fichiers")


def test_files_are_sharded_and_readable_by_the_platform_alone(tmp_path: Path) -> None:
    StockageDisque(tmp_path / "f").put([b"x"], CHEMIN)
    fichier = tmp_path / "f" / "ef" / CHEMIN
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    assert stat.S_IMODE(fichier.parent.stat().st_mode) == 0o700
    assert [nom.name for nom in fichier.parent.iterdir()] == [CHEMIN]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichiers").write_text("une place prise")
    stockage = StockageDisque(tmp_path / "fichiers")
    assert stockage.check() == [f"Le dossier {tmp_path / 'fichiers'} ne garde pas les fichiers : {os.strerror(20)}"]


def test_the_reader_of_an_abandoned_stream_closes_its_file(tmp_path: Path) -> None:
    stockage = StockageDisque(tmp_path)
    stockage.put([bytes(300_000)], CHEMIN)
    ouverts = len(os.listdir("/proc/self/fd"))
    lecture = stockage.open(CHEMIN)
    next(lecture)
    lecture.close()  # type: ignore[attr-defined]
    assert len(os.listdir("/proc/self/fd")) == ouverts


def test_the_stockage_that_is_down_refuses_everything() -> None:
    stockage = StockageEnPanne()
    assert stockage.check() == [PANNE]
    for acte in (lambda: stockage.put([b"x"]), lambda: stockage.open(CHEMIN), lambda: stockage.delete(CHEMIN)):
        with pytest.raises(StockageError) as refus:
            acte()
        assert refus.value.public_message == PANNE
