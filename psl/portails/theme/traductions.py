"""The catalogue of English texts: collected from the code and the templates, compiled at set-up (babel; no gettext program)."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PSL = Path(__file__).resolve().parents[2]
LOCALES = Path(__file__).resolve().parent / "locale"
CATALOGUE = LOCALES / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def texts() -> Iterator[tuple[str | tuple[str, ...], str | None, str]]:
    """Yield each text to translate, its context, and the file it stands in."""
    for path in sorted(PSL.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            source = path.read_text("utf-8")
            code = source if path.suffix == ".py" else templatize(source, origin=str(path))
            for _, message, _, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
                yield message, context, path.relative_to(PSL.parent).as_posix()


def collect() -> None:
    """Write the catalogue again: new texts empty, those no longer used removed, the others as they were."""
    fresh = Catalog()
    for message, context, path in texts():
        if message:
            fresh.add(message, locations=[(path, 0)], context=context, flags=_flags(message))
    known = read(CATALOGUE)
    known.update(fresh, no_fuzzy_matching=True, update_creation_date=False)
    known.header_comment, known.fuzzy = "# English texts of PSL.", False
    known.obsolete.clear()
    with CATALOGUE.open("wb") as file:
        write_po(file, known, width=140, sort_output=True, omit_header=False, include_lineno=False, ignore_obsolete=True)


def _flags(message: str | tuple[str, ...]) -> tuple[str, ...]:
    text = "".join(message) if isinstance(message, tuple) else message
    return ("python-format",) if "%(" in text else ()


def read(path: Path) -> Catalog:
    """Return a catalogue, empty when the file is not there yet."""
    if not path.exists():
        return Catalog(locale="en", project="PSL", charset="utf-8", header_comment="# English texts of PSL.", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en")


def untranslated() -> list[str]:
    """Return the texts of the code that the catalogue does not translate."""
    catalogue = read(CATALOGUE)
    missing = []
    for message, context, path in texts():
        key = message[0] if isinstance(message, tuple) else message
        found = catalogue.get(key, context) if key else None
        if key and (found is None or not found.string or (isinstance(found.string, tuple) and not all(found.string))):
            missing.append(f"{path}: {key}")
    return missing


def compile_catalogues() -> int:
    """Write each django.mo that is older than its django.po; return how many were written."""
    written = 0
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            draft = target.with_suffix(f".mo.{os.getpid()}")
            with draft.open("wb") as file:
                write_mo(file, read(path))
            draft.replace(target)
            written += 1
    return written
