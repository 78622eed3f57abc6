"""What every Stockage must do: one class, inherited by the tests of each connecteur."""

import os
from collections.abc import Iterator

import pytest

from psl.pieces.stockage import Stockage, StockageError

CHEMIN = "0123456789abcdef0123456789abcdef"


class ContratStockage:
    """Give `stockage` as a fixture."""

    def test_gives_back_what_it_was_given(self, stockage: Stockage) -> None:
        contenu = [b"a" * 70_000, b"", b"b", os.urandom(200_000)]
        assert stockage.put(contenu, CHEMIN) == CHEMIN
        assert b"".join(stockage.open(CHEMIN)) == b"".join(contenu)

    def test_draws_a_path_when_none_is_given(self, stockage: Stockage) -> None:
        premier, second = stockage.put([b"1"]), stockage.put([b"2"])
        assert (b"".join(stockage.open(premier)), b"".join(stockage.open(second))) == (b"1", b"2")

    def test_keeps_an_empty_content(self, stockage: Stockage) -> None:
        assert b"".join(stockage.open(stockage.put([], CHEMIN))) == b""

    def test_gives_chunks_not_the_whole(self, stockage: Stockage) -> None:
        stockage.put([bytes(1_000_000)] * 3, CHEMIN)
        assert max(len(chunk) for chunk in stockage.open(CHEMIN)) <= 1_000_000

    def test_replaces_whole(self, stockage: Stockage) -> None:
        stockage.put([b"ancien" * 1000], CHEMIN)
        stockage.put([b"neuf"], CHEMIN)
        assert b"".join(stockage.open(CHEMIN)) == b"neuf"

    def test_a_source_that_fails_leaves_nothing(self, stockage: Stockage) -> None:
        def casse() -> Iterator[bytes]:
            yield b"debut"
            raise RuntimeError

        with pytest.raises(RuntimeError):
            stockage.put(casse(), CHEMIN)
        with pytest.raises(StockageError):
            stockage.open(CHEMIN)

    def test_a_source_that_fails_leaves_what_was_there(self, stockage: Stockage) -> None:
        def casse() -> Iterator[bytes]:
            yield b"debut"
            raise ValueError

        stockage.put([b"ancien"], CHEMIN)
        with pytest.raises(ValueError, match=r"^$"):
            stockage.put(casse(), CHEMIN)
        assert b"".join(stockage.open(CHEMIN)) == b"ancien"

    def test_forgets_and_forgets_again(self, stockage: Stockage) -> None:
        stockage.put([b"x"], CHEMIN)
        stockage.delete(CHEMIN)
        stockage.delete(CHEMIN)
        with pytest.raises(StockageError):
            stockage.open(CHEMIN)

    @pytest.mark.parametrize("chemin", ["../../etc/passwd", "/etc/passwd", "a", CHEMIN.upper(), CHEMIN + "0", CHEMIN[:-1] + "/", "\0" * 32])
    def test_refuses_a_path_that_is_not_its_own(self, stockage: Stockage, chemin: str) -> None:
        with pytest.raises(StockageError):
            stockage.open(chemin)
        with pytest.raises(StockageError):
            stockage.put([b"x"], chemin)
        with pytest.raises(StockageError):
            stockage.delete(chemin)

    def test_is_well(self, stockage: Stockage) -> None:
        assert stockage.check() == []
