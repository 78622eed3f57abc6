"""The one refusal: what a person may be told. Anything else raised is a bug, logged without personal data."""

from collections.abc import Mapping


class Refus(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """Say no in words: a code, a sentence for the person, an HTTP status, messages by field.

    A plain Exception subclass: a frozen dataclass would break contextlib's traceback handling.
    """

    def __init__(
        self,
        code: str,
        phrase: str,
        *,
        statut: int = 409,
        champs: Mapping[str, str] | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code, phrase)
        self.code = code
        self.phrase = phrase
        self.statut = statut
        self.champs: Mapping[str, str] = champs or {}
        self.detail: Mapping[str, object] = detail or {}
