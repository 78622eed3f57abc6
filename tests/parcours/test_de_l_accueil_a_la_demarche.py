"""From the home page to the right démarche with what is known: a move, a birth certificate, a misspelt census.

By mouse, without JavaScript, and by keyboard alone."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from psl.socle import clock
from tests.harnais.navigateur import Navigateur
from tests.parcours.acteurs import Personne
from tests.parcours.demarches import day, identity

CHAMP = "Rechercher une démarche ou une information"
NAISSANCE = "/mademarche/EtatCivil/demarche?action=NAISSANCE"
TABULATIONS = 60
AUJOURD_HUI = clock.local_date(clock.now())
OBJET = {"objetDuChangement": "demenagement"}
TRAJET = {"trajet": "FRANCE", **day("dateEffet", AUJOURD_HUI + timedelta(days=10))}
VOUS = {
    **identity("identite", date(AUJOURD_HUI.year - 20, 5, 17)),
    "communeAvant": "Sainte-Soulle",
    "voieAvant": "12 rue des Merles",
}


def search(usager: Personne, q: str) -> None:
    field = usager.page.get_by_label(CHAMP).and_(usager.page.locator("input"))
    field.fill(q)
    with usager.page.expect_navigation():
        field.press("Enter")
    usager.look()


def path(page: Page) -> str:
    return page.url.split("/", 3)[3].partition("?")[0]


def tab_to(page: Page, href: str) -> None:
    """Press Tab until the focus is on the link to `href`, or fail: nothing else moves it."""
    for _ in range(TABULATIONS):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('href')") == href:
            return
    raise AssertionError(f"{href} n'est pas atteint en {TABULATIONS} tabulations")


def declare_a_move(usager: Personne) -> list[str]:
    """Go from the home page to the step that asks the new address; return the commune that stands there."""
    page = usager.page
    usager.go("/")
    search(usager, "je déménage")
    usager.follow("Je déménage")
    assert path(page) == "particuliers/vosdroits/F14128"
    page.locator("form.psl-guichets__choix [name=commune]").fill("Rochefort")
    with page.expect_navigation():
        page.locator("form.psl-guichets__choix button").click()
    usager.look()
    with page.expect_navigation():  # several communes have this name: they are told apart by their département
        page.locator("main li", has_text="Charente-Maritime").get_by_role("link", name="Rochefort", exact=True).click()
    usager.look()
    usager.follow("Faire la démarche en ligne")
    assert path(page) == "mademarche/JeChangeDeCoordonnees/demarche"
    expect(page.get_by_role("complementary", name="Vous nous avez déjà dit")).to_contain_text("Rochefort")
    usager.press("Commencer ma demande")
    for etape in (OBJET, TRAJET, VOUS):
        usager.type_all(etape)
        usager.press("Suivant")
    return [page.locator(f'[name="{nom}"]').input_value() for nom in ("communeApres", "communeApres.code")]


def test_a_move_leads_to_the_fiche_then_to_the_demarche_with_the_commune(navigateur: Navigateur) -> None:
    usager = Personne(navigateur.open())
    assert declare_a_move(usager) == ["Rochefort (17300)", "17299"]
    assert usager.fautes == []


def test_a_move_without_script(navigateur: Navigateur) -> None:
    assert declare_a_move(Personne(navigateur.open(javascript=False), est_muet=True)) == ["Rochefort (17300)", "17299"]


def test_a_birth_certificate_is_asked_with_its_action_chosen(navigateur: Navigateur) -> None:
    usager = Personne(navigateur.open())
    usager.go("/")
    search(usager, "extrait de naissance")
    usager.follow("Demander un acte de naissance")
    usager.press("Commencer ma demande")
    expect(usager.page.locator('[name=action][value="NAISSANCE"]')).to_be_checked()
    assert usager.fautes == []


def test_a_misspelt_census_is_found_by_keyboard_alone(navigateur: Navigateur) -> None:
    page = navigateur.open()
    page.goto("/")
    for _ in range(TABULATIONS):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "q":
            break
    page.keyboard.type("recencement")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    first = page.locator("main ul a").first
    assert (first.inner_text(), first.get_attribute("href")) == ("Se faire recenser à 16 ans", "/mademarche/recensementCitoyen/demarche")
    tab_to(page, "/mademarche/recensementCitoyen/demarche")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert path(page) == "mademarche/recensementCitoyen/demarche"


def test_a_birth_certificate_without_script_by_keyboard_alone(navigateur: Navigateur) -> None:
    page = navigateur.open(javascript=False)
    page.goto("/")
    page.get_by_label(CHAMP).focus()
    page.keyboard.type("extrait de naissance")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main h1").first.click()
    for _ in range(TABULATIONS):
        page.keyboard.press("Tab")
        if page.locator(f'a[href="{NAISSANCE}"]:focus').count():
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Commencer ma demande").first.press("Enter")
    expect(page.locator('[name=action][value="NAISSANCE"]')).to_be_checked()
