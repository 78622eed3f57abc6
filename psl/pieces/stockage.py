"""Port Stockage: where the encrypted bytes of files are kept. It never sees clear bytes, names or owners."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from psl.socle.ports import connected


class StockageError(Exception):
    """The storage did not keep, give or remove; the message can be shown to the operator."""

    def __init__(self, public_message: str) -> None:
        super().__init__(public_message)
        self.public_message = public_message


class Stockage(Protocol):
    """Keep bytes under a path. What `put` returned is on the disk for good; nothing half-written is ever seen.

    A path is 32 hexadecimal digits. Removing twice, or what is not there, is harmless.
    """

    def put(self, chunks: Iterable[bytes], chemin: str = "") -> str:
        """Keep the chunks, whole or not at all, and return the path: `chemin`, or a drawn one."""

    def open(self, chemin: str) -> Iterator[bytes]:
        """Give the bytes back, in chunks; raise StockageError when they are not there."""

    def delete(self, chemin: str) -> None: ...

    def check(self) -> list[str]:
        """Return what is wrong with the configuration, in words."""


def stockage() -> Stockage:
    """Return the stockage that settings name."""
    connecteur: Stockage = connected("STOCKAGE")
    return connecteur
