"""The pages of the content in a browser: accessible, whole on paper, cases and terms that open without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.harnais.navigateur import Navigateur
from tests.harnais.plateforme import Plateforme

PAGES = [
    "/particuliers", "/particuliers/vosdroits/F1427", "/particuliers/vosdroits/F1344?g=F34915-0-0-0", "/particuliers/vosdroits/N19810",
    "/particuliers/vosdroits/R1406", "/particuliers/guidees/F14128?r=1", "/associations/services", "/particuliers/comment-faire-si",
]  # fmt: skip
REFLUX = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible_and_narrow(
    navigateur: Navigateur, plateforme: Plateforme, axe: Callable[[Page], list[str]], address: str
) -> None:
    page = navigateur.open(etroit=True)
    page.goto(f"{plateforme.adresse}{address}")
    assert axe(page) == []
    assert page.evaluate(REFLUX) <= 0


def test_cases_and_terms_open_without_script(navigateur: Navigateur, plateforme: Plateforme) -> None:
    page = navigateur.open(javascript=False)
    page.goto(f"{plateforme.adresse}/particuliers/vosdroits/F1427")
    other = page.locator("summary", has_text="Né(e) à l'étranger").first
    inside = page.locator("details", has=other).locator("> .psl-cas__texte").first
    assert not inside.is_visible()
    other.focus()
    page.keyboard.press("Enter")
    assert inside.is_visible()


def test_paper_has_every_case_and_every_definition(page: Page, plateforme: Plateforme) -> None:
    page.goto(f"{plateforme.adresse}/particuliers/vosdroits/F1344")
    page.emulate_media(media="print")
    texts = page.locator(".psl-cas__texte > *").all()
    definitions = page.locator(".psl-definition").all()
    assert [len([one for one in found if not one.is_visible()]) for found in (texts, definitions)] == [0, 0]
    assert (len(texts) > 10, len(definitions) > 0) == (True, True)
