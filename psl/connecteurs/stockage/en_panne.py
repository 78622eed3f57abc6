"""A Stockage that is down: for the tests and the trials of the operator."""

from collections.abc import Iterable, Iterator

from psl.pieces.stockage import StockageError

PANNE = "Le stockage est en panne (essai)."


class StockageEnPanne:
    """Refuses everything, the way a full or unplugged disk does."""

    def put(self, chunks: Iterable[bytes], chemin: str = "") -> str:
        raise StockageError(PANNE)

    def open(self, chemin: str) -> Iterator[bytes]:
        raise StockageError(PANNE)

    def delete(self, chemin: str) -> None:
        raise StockageError(PANNE)

    def check(self) -> list[str]:
        return [PANNE]
