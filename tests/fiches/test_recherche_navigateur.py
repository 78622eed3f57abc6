"""The search in a real browser: by keyboard, without script, narrow, accessible."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.harnais.navigateur import ETROIT, Navigateur
from tests.harnais.plateforme import Plateforme

IMAGES = os.environ.get("IMAGES_RECHERCHE", "")
PAGES = {"accueil": "/", "resultats": "/recherche?q=recencement", "vide": "/recherche?q=zzzzqqqq"}


def picture(page: Page, name: str) -> None:
    if IMAGES:
        page.screenshot(path=Path(IMAGES) / f"{name}.png", full_page=True)


def test_a_suggestion_is_chosen_by_keyboard(page: Page, plateforme: Plateforme) -> None:
    page.goto(f"{plateforme.adresse}/")
    field = page.get_by_role("combobox", name="Rechercher une démarche ou une information")
    field.press_sequentially("extrait de nais")
    expect(page.get_by_role("option").first).to_contain_text("Demander un acte de naissance")
    picture(page, "suggestions")
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    page.wait_for_url("**/mademarche/EtatCivil/demarche?action=NAISSANCE")


def test_words_are_searched_by_enter_and_the_first_answer_starts_the_demarche(page: Page, plateforme: Plateforme) -> None:
    page.goto(f"{plateforme.adresse}/")
    field = page.get_by_role("combobox")
    field.fill("extrait de naissance")
    field.press("Enter")
    page.wait_for_url("**/recherche?q=*")
    page.locator("main h3 a").first.click()
    page.wait_for_url("**/mademarche/EtatCivil/demarche?action=NAISSANCE")


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit_a_narrow_screen(
    page: Page, navigateur: Navigateur, axe: Callable[[Page], list[str]], plateforme: Plateforme, name: str
) -> None:
    page.goto(f"{plateforme.adresse}{PAGES[name]}")
    assert axe(page) == []
    picture(page, name)
    narrow = navigateur.open(etroit=True)
    narrow.goto(f"{plateforme.adresse}{PAGES[name]}")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= ETROIT["width"]
    picture(narrow, f"{name}-320")
