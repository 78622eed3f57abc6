"""Every text shown has its English, with the same variables; the catalogue compiles."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from psl.portails.theme import traductions

VARIABLE = re.compile(r"%\((\w+)\)|\{(\w+)\}|%%")


def test_everything_is_translated() -> None:
    assert traductions.untranslated() == []


def test_translations_keep_the_variables() -> None:
    wrong = []
    for message in traductions.read(traductions.CATALOGUE):
        french = message.id if isinstance(message.id, tuple) else (message.id,)
        english = message.string if isinstance(message.string, tuple) else (message.string,)
        known = set(VARIABLE.findall(" ".join(french)))
        wrong += [message.id for text in english if message.id and text and not set(VARIABLE.findall(text)) <= known]
        if message.id and english[-1] and set(VARIABLE.findall(english[-1])) != set(VARIABLE.findall(french[-1])):
            wrong.append(message.id)
    assert wrong == []


def test_translations_keep_the_markup() -> None:
    tag = re.compile(r"<[^>]+>")
    wrong = [
        message.id
        for message in traductions.read(traductions.CATALOGUE)
        if isinstance(message.id, str)
        and message.id
        and message.string
        and sorted(tag.findall(message.id)) != sorted(tag.findall(str(message.string)))
    ]
    assert wrong == []


def test_the_compiled_catalogue_speaks() -> None:
    with translation.override("en"):
        assert gettext("Suivant") == "Next"


def test_compiling_again_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(traductions.CATALOGUE.read_bytes())
    monkeypatch.setattr(traductions, "LOCALES", tmp_path)
    assert [traductions.compile_catalogues(), traductions.compile_catalogues()] == [1, 0]


def test_collecting_loses_no_translation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "django.po"
    copy.write_bytes(traductions.CATALOGUE.read_bytes())
    monkeypatch.setattr(traductions, "CATALOGUE", copy)
    traductions.collect()
    assert traductions.read(copy).get("Suivant").string == "Next"
    assert traductions.read(tmp_path / "absent.po").locale is not None
