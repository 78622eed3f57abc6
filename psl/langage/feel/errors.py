"""What a text that is not FEEL, or not yet supported, answers: where, what, and what to write instead."""

from collections.abc import Iterable
from difflib import get_close_matches


class ErreurFEEL(ValueError):  # noqa: N818 - named with the domain's words
    """A fault in an expression. `position` and `fin` count characters from 0; the sentences are for the partner who wrote it."""

    def __init__(self, position: int, message: str, remede: str, *, fin: int | None = None) -> None:
        self.position = position
        self.fin = position + 1 if fin is None else fin
        self.message = message
        self.remede = remede
        super().__init__(f"{message} (caractère {position + 1}). {remede}")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word most like this one, or None when none is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return found[0] if found else None
