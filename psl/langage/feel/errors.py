"""What a text that is not FEEL, or not yet supported, answers: where, what, and what to write instead."""


class ErreurFEEL(ValueError):  # noqa: N818 - named with the domain's words
    """A fault in an expression. `position` and `fin` count characters from 0; the sentences are for the partner who wrote it."""

    def __init__(self, position: int, message: str, remede: str, *, fin: int | None = None) -> None:
        self.position = position
        self.fin = position + 1 if fin is None else fin
        self.message = message
        self.remede = remede
        super().__init__(f"{message} (caractère {position + 1}). {remede}")
