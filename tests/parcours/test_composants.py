"""The gallery of components in a browser: each page at 320 px, axe on all; a long list searched by keyboard, and without script."""

from playwright.sync_api import expect

from psl.langage.composants import COMPOSANTS
from tests.harnais.navigateur import Navigateur
from tests.parcours.acteurs import Usager
from tests.parcours.test_pages import scrolls_sideways

LISTE = "Votre intercommunalité"


def test_every_component_holds_in_a_narrow_page(navigateur: Navigateur) -> None:
    usager = Usager(navigateur.open(etroit=True))
    larges = []
    for chemin in ["/composants", *(f"/composants/{nom}" for nom in COMPOSANTS)]:
        usager.go(chemin)
        larges += [chemin] * scrolls_sideways(usager)
    assert (usager.fautes, larges) == ([], [])


def test_an_entry_is_found_without_script(navigateur: Navigateur) -> None:
    """A word, « Vérifier », then one of the near answers, kept on the page with what was typed."""
    page = navigateur.open(javascript=False)
    page.goto("/composants/epci")
    page.get_by_label(LISTE).fill("ile")
    page.get_by_role("button", name="Vérifier").last.click()
    expect(page.get_by_label(LISTE)).to_have_value("ile")
    page.locator("label", has_text="CC de l'Ile d'Oléron").click()
    page.get_by_role("button", name="Vérifier").last.click()
    expect(page.locator("pre").first).to_contain_text("CC de l'Ile d'Oléron")


def test_an_entry_is_found_by_keyboard(navigateur: Navigateur) -> None:
    usager = Usager(navigateur.open())
    usager.go("/composants/epci")
    champ = usager.page.get_by_role("combobox", name=LISTE)
    champ.fill("")
    champ.press_sequentially("oleron", delay=10)
    expect(usager.page.get_by_role("option")).to_have_text(["CC de l'Ile d'Oléron"])
    usager.look()
    champ.press("ArrowDown")
    champ.press("Enter")
    expect(champ).to_have_value("CC de l'Ile d'Oléron")
    expect(champ).to_have_attribute("aria-expanded", "false")
    assert usager.fautes == []
