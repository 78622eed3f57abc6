"""Every other page, empty, in error and filled: no axe violation, no sideways scroll at 320 px, and a step done by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.harnais.navigateur import Navigateur
from tests.harnais.plateforme import Plateforme
from tests.parcours.acteurs import Agent, Personne, Usager
from tests.usager import gestes

PUBLIQUES = [
    "/",
    "/demarches/particulier",
    "/demarches/professionnel",
    "/recherche?q=",
    "/recherche?q=naisance",
    "/recherche?q=zzzzzz",
    "/mademarche/EtatCivil/demarche",
    "/mademarche/EtatCivil/demarche?action=DECES",
    "/mademarche/Inconnue/demarche",
    "/mentions-legales",
    "/donnees-personnelles",
    "/accessibilite",
    "/aide",
    "/suivi",
    "/suivi/code-perdu",
    "/nulle-part",
    "/ma-demande/01a20a1a-e8d4-7570-a07b-9b984a3b34ea",
    "/reprendre/abc",
    "/agent/connexion",
]


def scrolls_sideways(usager: Personne) -> bool:
    return bool(usager.page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("langue", ["fr-FR", "en-GB"])
def test_public_pages(navigateur: Navigateur, langue: str) -> None:
    usager = Usager(navigateur.open(etroit=True, langue=langue))
    larges = []
    for chemin in PUBLIQUES:
        usager.go(chemin)
        larges += [chemin] * scrolls_sideways(usager)
    assert (usager.fautes, larges) == ([], [])


def test_around_a_brouillon(navigateur: Navigateur) -> None:
    usager = Usager(navigateur.open(etroit=True))
    usager.go("/mademarche/EtatCivil/demarche?action=DECES")
    usager.press("Commencer ma demande")
    usager.press("Suivant")
    usager.type_all({"lieuEvenement": "REFUGIE"})
    usager.press("Suivant")
    assert "Ofpra" in usager.page.locator("h1").inner_text()
    usager.follow("Changer mes réponses")
    usager.fill_step("demande", {"action": "DECES"})
    usager.type_all({"natureActe": "COPIE-INTEGRALE", "communeConcerne": "Sainte-Colombe"})
    usager.press("Suivant")
    assert "/commune/" in usager.page.url
    assert not scrolls_sideways(usager)
    with usager.page.expect_navigation():
        usager.page.locator("main button[name=code]").first.click()
    usager.look()
    usager.press("Reprendre plus tard")
    usager.press("Envoyer le lien")
    assert usager.page.title().startswith("Erreur")
    usager.type_all({"courriel": "plus-tard@exemple.example.org"})
    usager.press("Envoyer le lien")
    lien, code = usager.page.locator("dl a").get_attribute("href"), usager.page.locator(".psl-code").inner_text()
    ailleurs = Usager(navigateur.open(etroit=True))
    ailleurs.go(str(lien))
    ailleurs.type_all({"code": "0000-0000"})
    ailleurs.press("Reprendre")
    assert ailleurs.page.title().startswith("Erreur")
    ailleurs.type_all({"code": code})
    ailleurs.press("Reprendre")
    assert "/etape/" in ailleurs.page.url
    assert not scrolls_sideways(ailleurs)
    assert usager.fautes + ailleurs.fautes == []


def test_agent_account_pages(plateforme: Plateforme, navigateur: Navigateur) -> None:
    agent = Agent(navigateur.open(etroit=True), plateforme=plateforme)
    agent.log_in("agent2@la-rochelle.example.org")
    larges = []
    for chemin in ("/agent/", "/agent/?q=personne", "/agent/compte", "/agent/sessions"):
        agent.go(chemin)
        larges += [chemin] * scrolls_sideways(agent)
    assert (agent.fautes, larges) == ([], [])


def test_a_step_by_keyboard_alone(navigateur: Navigateur) -> None:
    page = navigateur.open()
    page.goto("/mademarche/EtatCivil/demarche?action=NAISSANCE")
    _tab_to(page, lambda: page.evaluate("() => document.activeElement.innerText") == "Commencer ma demande")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/etape/demande"))
    _tab_to(page, lambda: page.evaluate("() => document.activeElement.name") == "lieuEvenement")
    page.keyboard.press("Space")
    _tab_to(page, lambda: page.evaluate("() => document.activeElement.innerText") == "Suivant")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/etape/acte"))
    _tab_to(page, lambda: page.evaluate("() => document.activeElement.name") == "communeConcerne")
    page.keyboard.type("la rochelle")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator('[name="communeConcerne.code"]').input_value() == gestes.LA_ROCHELLE


def _tab_to(page: Page, reached: Callable[[], bool]) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if reached():
            return
    raise AssertionError("le clavier n'y mène pas")
