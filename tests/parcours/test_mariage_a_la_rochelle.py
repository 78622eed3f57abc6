"""The whole way of a marriage certificate, at real browsers: filed, completed from a telephone without script, accepted, read by code."""

import re

from tests.harnais.navigateur import Navigateur
from tests.harnais.plateforme import Plateforme
from tests.parcours.acteurs import Agent, Boite, Usager, fichier, wait_for

COURRIEL = "mariage@exemple.example.org"
AGENT = "agent@la-rochelle.example.org"


def test_a_marriage_request_goes_all_the_way(plateforme: Plateforme, navigateur: Navigateur) -> None:
    boite = Boite(plateforme.courriels)
    usager = Usager(navigateur.open())
    numero, code = _file(usager)
    assert numero in boite.last(COURRIEL, "est bien arrivée")

    agent = Agent(navigateur.open(), plateforme=plateforme)
    dossier = _ask_for_the_identity_paper(agent, numero)
    boite.last(COURRIEL, "besoin de vous")

    mobile = Usager(navigateur.open(etroit=True, javascript=False), est_muet=True)
    mobile.open_follow_up(numero, code, boite, COURRIEL)
    _complete(mobile)

    _accept(agent, dossier)
    boite.last(COURRIEL, "est acceptée")
    _read_the_letter(usager, numero, code, boite)

    ailleurs = Agent(navigateur.open(), plateforme=plateforme)
    ailleurs.log_in("agent@rochefort.example.org")
    reponse = ailleurs.page.goto(dossier)
    assert reponse is not None
    assert reponse.status == 404
    assert "Le journal est intact" in plateforme.psl("journal", "verifier")
    assert usager.fautes + agent.fautes + mobile.fautes + ailleurs.fautes == []


def _file(usager: Usager) -> tuple[str, str]:
    usager.go("/")
    usager.go("/recherche?q=extrait+de+mariage")
    usager.follow(re.compile("acte de mariage"))
    usager.press("Commencer ma demande")
    usager.fill_step("demande")
    usager.press("Suivant")  # nothing answered: the errors are looked at too
    usager.type_all({"natureActe": "COPIE-INTEGRALE", "motif": "PASSEPORT", "nombreExemplaire": "2"})
    usager.page.get_by_role("combobox", name="Commune du mariage").fill("la rochel")
    usager.page.get_by_role("option", name=re.compile("La Rochelle .*Charente-Maritime")).click()
    usager.press("Suivant")
    usager.fill_step("qualite")
    usager.fill_step("personnes")
    usager.fill_step("coordonnees", {"contact_email": COURRIEL})
    champ = usager.page.locator("main [type=file]").first
    champ.set_input_files([fichier("livret de famille.pdf", b"1"), fichier("acte de naissance.pdf", b"2")])
    usager.press("Suivant")
    assert usager.page.get_by_text("livret de famille.pdf").count() == 1
    usager.press("Envoyer ma demande")  # without the declaration: refused, with its sentence
    usager.type_all({"declaration": "exactitude"})
    usager.press("Envoyer ma demande")
    return usager.page.locator(".psl-numero").inner_text(), usager.page.locator(".psl-code").inner_text()


def _ask_for_the_identity_paper(agent: Agent, numero: str) -> str:
    agent.log_in(AGENT)
    wait_for(lambda: agent.page.reload() is not None and agent.page.get_by_role("link", name=numero).count() > 0)
    agent.look()
    agent.follow(numero)
    dossier = agent.page.url
    agent.press("Prendre cette demande")
    agent.follow("Demander un complément")
    agent.press("Envoyer à l'usager")  # nothing ticked: the errors are looked at too
    agent.type_all({"piece": "pieceIdentite", "motif": "Il nous faut une pièce d'identité pour vous envoyer cette copie."})
    agent.press("Envoyer à l'usager")
    return dossier


def _complete(mobile: Usager) -> None:
    assert "Il nous faut une pièce d'identité" in mobile.page.locator("main").inner_text()
    mobile.press("Compléter ma demande")
    assert mobile.page.locator("main [type=file]").count() == 1
    mobile.press("Suivant")  # the piece that was asked is required
    assert mobile.page.url.endswith("/etape/pieces")
    mobile.page.locator("main [type=file]").set_input_files(fichier("carte d'identité.pdf", b"3"))
    mobile.press("Suivant")
    mobile.press("Envoyer mon complément")
    assert "Votre complément est envoyé" in mobile.page.locator("h1").inner_text()


def _accept(agent: Agent, dossier: str) -> None:
    def is_back() -> bool:
        agent.page.goto(dossier)
        return agent.page.get_by_role("link", name="Accepter", exact=True).count() > 0

    wait_for(is_back)
    assert "carte d'identité.pdf" in agent.page.locator("main").inner_text()
    with agent.page.expect_download() as recu:
        agent.page.get_by_role("link", name=re.compile(r"carte d'identité\.pdf \(télécharger")).click()
    assert recu.value.path().read_bytes().startswith(b"%PDF-1.4\n%3\n")
    agent.follow("Accepter")
    agent.type_all({"lettre": "Madame, Monsieur,\n\nVotre copie intégrale part aujourd'hui par la poste.\n\nL'état civil"})
    with agent.page.expect_navigation():
        agent.page.locator("main form button.fr-btn").first.click()
    agent.look()


def _read_the_letter(usager: Usager, numero: str, code: str, boite: Boite) -> None:
    usager.open_follow_up(numero, code, boite, COURRIEL)

    def has_letter() -> bool:
        usager.page.reload()
        return usager.page.get_by_role("link", name="La réponse du service").count() > 0

    wait_for(has_letter)
    usager.look()
    assert "a accepté votre demande" in usager.page.locator("main").inner_text()
    with usager.page.expect_download() as recu:
        usager.page.get_by_role("link", name="La réponse du service").click()
    assert recu.value.path().read_bytes().startswith(b"%PDF-")
