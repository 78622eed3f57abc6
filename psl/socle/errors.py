"""The one refusal: what a person may be told. Anything else raised is a bug, logged on one line without personal data."""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

# What JSON leaves as it is and a terminal or a reader would obey: DEL, C1 controls, bidirectional marks, line separators, surrogates.
_NUISIBLES = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

# A path that opens something by itself: whoever reads the log must not be able to follow it.
_LIENS = re.compile(r"(/reprendre/)[^\s\"'?<>\\]+")


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


class OneLine(logging.Formatter):
    """One record, one line. An exception is told by its class and its places: its message may quote what a person typed."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "origine": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["erreur"] = describe(record.exc_info[1])
        written = _LIENS.sub(r"\1…", json.dumps(line, ensure_ascii=False))
        return _NUISIBLES.sub(lambda found: f"\\u{ord(found.group()):04x}", written)


def describe(error: BaseException, depth: int = 6) -> str:
    """Return the class of an exception and the last places it went through; nothing of its message."""
    places = [f"{frame.filename.rpartition('/psl/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    told = f"{type(error).__module__}.{type(error).__qualname__}"
    if places:
        told += f" ({' < '.join(reversed(places[-depth:]))})"
    return f"{told} ; cause : {describe(error.__cause__, depth)}" if error.__cause__ else told
