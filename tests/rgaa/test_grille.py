"""The grid of criteria is whole, current, and names tests that exist."""

import re

from tests.harnais.lieux import RACINE
from tests.rgaa.grille import AUTOMATIQUE, MAIN, PAGE, SANS_OBJET, page, read

NOMBRES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)


def test_the_106_criteria_are_there_once_in_order() -> None:
    attendus = [f"{theme}.{rang}" for theme, nombre in enumerate(NOMBRES, start=1) for rang in range(1, nombre + 1)]
    assert len(attendus) == 106
    assert [un.numero for un in read()] == attendus


def test_each_says_how_it_is_judged() -> None:
    """By tests, by a gesture not done yet, or by nothing and why."""
    assert {un.sorte for un in read()} == {AUTOMATIQUE, MAIN, SANS_OBJET}
    assert [un.numero for un in read() if un.sorte == AUTOMATIQUE and not un.essais] == []
    assert [un.numero for un in read() if un.sorte != AUTOMATIQUE and not un.note] == []
    assert [un.numero for un in read() if un.sorte == MAIN and un.essais] == []


def test_every_test_named_exists() -> None:
    manquants = []
    for essai in sorted({essai for un in read() for essai in un.essais}):
        chemin, _, nom = essai.partition("::")
        source = (RACINE / chemin).read_text(encoding="utf-8") if (RACINE / chemin).is_file() else ""
        manquants += [] if re.search(rf"^def {re.escape(nom)}\(", source, re.MULTILINE) else [essai]
    assert manquants == []


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
