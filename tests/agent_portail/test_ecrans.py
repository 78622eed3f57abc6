"""The agents' pages in a real browser: at 320 px, under axe in each state, at the keyboard with shortcuts one may switch off."""

import re

from tests.harnais.navigateur import Navigateur
from tests.harnais.plateforme import Plateforme
from tests.parcours.acteurs import Agent, Usager, wait_for
from tests.usager import gestes

AGENT = "agent2@la-rochelle.example.org"


def _file(navigateur: Navigateur) -> str:
    usager = Usager(navigateur.open())
    usager.page.goto("/mademarche/EtatCivil/demarche?action=DECES")
    usager.press("Commencer ma demande")
    usager.type_all({"action": "DECES", "lieuEvenement": "FRANCE"})
    usager.press("Suivant")
    usager.type_all({"natureActe": "COPIE-INTEGRALE", "nombreExemplaire": "1"})
    usager.page.get_by_role("combobox", name="Commune").fill("la rochel")
    usager.page.get_by_role("option", name=re.compile("La Rochelle .*Charente-Maritime")).click()
    usager.press("Suivant")
    usager.type_all({f"dateDeces.{partie}": valeur for partie, valeur in (("jour", "3"), ("mois", "5"), ("annee", "2020"))})
    usager.type_all({"identite1_nomFamille": "Écran", "identite1_prenoms": "Ève"})
    usager.press("Suivant")
    usager.fill_step("coordonnees", gestes.COORDONNEES)
    usager.type_all({"declaration": "exactitude"})
    usager.press("Envoyer ma demande")
    return usager.page.locator(".psl-numero").inner_text()


def test_every_page_fits_a_telephone_and_passes_axe(plateforme: Plateforme, navigateur: Navigateur) -> None:
    numero = _file(navigateur)
    agent = Agent(navigateur.open(etroit=True), plateforme=plateforme)
    agent.log_in(AGENT)
    wait_for(lambda: agent.page.reload() is not None and agent.page.get_by_role("link", name=numero).count() > 0)
    large: list[str] = []

    def look(chemin: str) -> None:
        agent.go(chemin)
        if agent.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            large.append(agent.page.url)

    look("/agent/")
    look("/agent/?onglet=en_cours&q=personne")
    agent.go("/agent/")
    agent.follow(numero)
    dossier = agent.page.url
    agent.press("Prendre cette demande")
    for chemin in ("", "/complement", "/acceptation", "/refus", "/non-recevable", "/sans-suite"):
        look(dossier + chemin)
    agent.page.locator("[name=lettre]").fill("")
    agent.page.locator("main form button.fr-btn").first.click()
    agent.look()
    assert agent.page.locator("#erreurs").evaluate("e => e === document.activeElement")
    assert (large, agent.fautes) == ([], [])


def test_shortcuts_move_in_the_list_and_can_be_switched_off(plateforme: Plateforme, navigateur: Navigateur) -> None:
    numeros = {_file(navigateur), _file(navigateur)}
    agent = Agent(navigateur.open(), plateforme=plateforme)
    agent.log_in("responsable@la-rochelle.example.org")
    page = agent.page
    wait_for(lambda: page.reload() is not None and all(page.get_by_role("link", name=numero).count() for numero in numeros))
    focused = "document.activeElement.innerText"
    page.keyboard.press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    second = page.evaluate(focused)
    page.keyboard.press("k")
    assert (page.evaluate(focused), first != second) == (first, True)
    page.get_by_role("button", name="Raccourcis actifs").click()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.get_by_role("button", name="Raccourcis actifs").get_attribute("aria-pressed") == "false"
