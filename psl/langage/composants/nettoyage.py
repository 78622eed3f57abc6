"""What is typed, made clean: one form of each letter, no invisible sign, spaces folded. Nothing visible is lost."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BLANK_LINES = re.compile(r"\n{3,}")
_MARKS_MAX = 4
_FIRST_MARK = "\u0300"


def clean_line(texte: str) -> str:
    """Clean a text of one line: newlines become spaces.

    Removed: control, direction (bidi), zero-width, unassigned and private characters, lone surrogates, marks piled over four.
    """
    if _is_plain(texte):
        return " ".join(texte.split())
    return _SPACES.sub(" ", _visible(_LINES.sub("\n", texte)).replace("\n", " ")).strip()


def clean_lines(texte: str) -> str:
    """Clean a text of several lines: the same, newlines kept, never more than one empty line."""
    texte = _LINES.sub("\n", texte)
    if not _is_plain(texte.replace("\n", "")):
        texte = _visible(texte)
    lines = [" ".join(line.split()) for line in texte.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _is_plain(texte: str) -> bool:
    """Tell whether a text holds no sign but visible ones before U+0300, the first of the combining marks: nothing to clean in them."""
    return texte.isprintable() and max(texte, default="") < _FIRST_MARK


def _visible(texte: str) -> str:
    seen = "".join(" " if signe == "\t" else signe for signe in texte if signe in "\n\t" or unicodedata.category(signe)[0] != "C")
    kept: list[str] = []
    marks = 0
    for signe in unicodedata.normalize("NFC", seen):
        marks = marks + 1 if unicodedata.category(signe) in ("Mn", "Me") else 0
        if marks <= _MARKS_MAX:
            kept.append(signe)
    return "".join(kept)
