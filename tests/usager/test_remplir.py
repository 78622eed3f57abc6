"""Filling and sending through HTTP: what is asked, what is kept, what is refused."""

import pytest
from django.test import Client

from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.teledossiers import queries
from tests.usager import gestes

pytestmark = pytest.mark.django_db


def test_a_marriage_request_is_filled_and_sent(client: Client) -> None:
    brouillon = gestes.fill_all(client, action="MARIAGE")
    recap = client.get(f"/ma-demande/{brouillon}/recapitulatif")
    assert recap.status_code == 200
    assert "Camille Zoé" in recap.content.decode()
    envoi = gestes.send(client, brouillon)
    assert envoi["Location"] == f"/ma-demande/{brouillon}/accuse"
    accuse = client.get(envoi["Location"]).content.decode()
    with scope(SYSTEME):
        teledossier, numero, rang, code = queries.sealed_from(brouillon, now=clock.now()) or (None, "", 0, None)
        enveloppe = queries.read_depot(teledossier, 1)
    assert (rang, numero in accuse, str(code) in accuse) == (1, True, True)
    assert enveloppe.valeurs["communeConcerne"]["code"] == gestes.LA_ROCHELLE
    assert enveloppe.valeurs["dateMariage"] == "1998-06-27"


def test_a_second_click_shows_the_same_accuse(client: Client) -> None:
    brouillon = gestes.fill_all(client, action="MARIAGE")
    gestes.send(client, brouillon)
    premier = client.get(f"/ma-demande/{brouillon}/accuse").content
    assert gestes.send(client, brouillon)["Location"] == f"/ma-demande/{brouillon}/accuse"
    assert client.get(f"/ma-demande/{brouillon}/accuse").content == premier


def test_another_browser_gets_a_404(client: Client) -> None:
    brouillon = gestes.start(client)
    autre = Client()
    routes = ["", "/etape/demande", "/recapitulatif", "/accuse", "/accuse.pdf", "/plus-tard", "/autre-service"]
    assert {autre.get(f"/ma-demande/{brouillon}{route}").status_code for route in routes} == {404}


def test_a_step_ahead_sends_back_to_the_first_one_not_done(client: Client) -> None:
    brouillon = gestes.start(client, action="NAISSANCE")
    assert client.get(f"/ma-demande/{brouillon}/etape/coordonnees")["Location"] == f"/ma-demande/{brouillon}/etape/demande"
    assert client.get(f"/ma-demande/{brouillon}/recapitulatif")["Location"] == f"/ma-demande/{brouillon}/etape/demande"
    assert gestes.send(client, brouillon).status_code == 302


def test_errors_are_said_at_the_field_and_nothing_typed_is_lost(client: Client) -> None:
    brouillon = gestes.start(client, action="MARIAGE")
    gestes.fill(client, brouillon, "demande")
    gestes.fill(client, brouillon, "acte")
    gestes.fill(client, brouillon, "qualite")
    faux = {**gestes.PERSONNES, "dateMariage.jour": "31", "dateMariage.mois": "2"}
    reponse = gestes.fill(client, brouillon, "personnes", faux)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "<title>Erreur :" in page
    assert 'value="31"' in page
    assert "Éloïse" in page
    assert 'value="31"' in client.get(f"/ma-demande/{brouillon}/etape/personnes").content.decode()


def test_a_way_out_stops_the_demarche(client: Client) -> None:
    brouillon = gestes.start(client, action="NAISSANCE")
    reponse = gestes.fill(client, brouillon, "demande", {"action": "NAISSANCE", "lieuEvenement": "ETRANGER"})
    assert reponse["Location"] == f"/ma-demande/{brouillon}/autre-service"
    assert "Service central" in client.get(reponse["Location"]).content.decode()


def test_a_commune_typed_without_script_is_found_or_asked(client: Client) -> None:
    brouillon = gestes.start(client, action="MARIAGE")
    gestes.fill(client, brouillon, "demande")
    sans = {**gestes.ACTE, "communeConcerne": "La Rochelle", "communeConcerne.code": ""}
    reponse = gestes.fill(client, brouillon, "acte", sans)
    assert reponse["Location"] == f"/ma-demande/{brouillon}/commune/communeConcerne"
    assert "17000" in client.get(reponse["Location"]).content.decode()
    retour = client.post(reponse["Location"], {"code": gestes.LA_ROCHELLE})
    assert retour["Location"].startswith(f"/ma-demande/{brouillon}/etape/acte")
