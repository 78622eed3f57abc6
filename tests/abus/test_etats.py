"""States and races: fifty filings at once, a link or a session imposed on somebody."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from psl.annuaire.models import SessionAgent
from psl.saisie import acces
from psl.saisie.operations import porteur
from psl.socle import clock
from psl.suivi import operations
from psl.teledossiers.models import Depot, Teledossier
from tests.annuaire.agents import COURRIEL, MOT_DE_PASSE, make_agent
from tests.harnais.base import BaseReelle
from tests.saisie import gestes as saisie
from tests.usager import gestes

CINQUANTE = 50


def test_b2_fifty_filings_at_once_are_one(base_reelle: BaseReelle) -> None:
    brouillon = saisie.ready(now=clock.now())
    barrier, numeros = threading.Barrier(CINQUANTE), []

    def submit() -> None:
        try:
            barrier.wait(20)
            numeros.append(operations.submit(brouillon, declarations=["exactitude"], acteur=porteur(brouillon), now=clock.now()).numero)
        finally:
            connections.close_all()

    fils = [threading.Thread(target=submit) for _ in range(CINQUANTE)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(60)
    assert (len(numeros), len(set(numeros))) == (CINQUANTE, 1)
    assert (Teledossier.objects.count(), Depot.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_b6_a_brouillon_imposed_on_somebody_is_not_theirs(client: Client) -> None:
    """Whoever starts gets a brouillon of their own, whatever their browser was made to hold; a link alone opens nothing."""
    pirate = saisie.start(now=clock.now())
    for nom in ("brouillon", "brouillon_id", "id", "jeton"):
        client.cookies[nom] = str(pirate)
        sienne = gestes.start(client, action="MARIAGE", **{nom: str(pirate)})
        assert sienne != pirate
    client.cookies[acces.cookie_name(pirate)] = acces.sign(sienne)
    assert client.get(f"/ma-demande/{pirate}").status_code == 404
    victime = Client()
    assert victime.get(acces.resume_path(pirate)).status_code == 200
    assert (acces.cookie_name(pirate) in victime.cookies, victime.get(f"/ma-demande/{pirate}").status_code) == (False, 404)


@pytest.mark.django_db
def test_b6_a_link_opens_nothing_once_the_request_is_filed(client: Client) -> None:
    """Who kept the link and the code of a brouillon filed by another reads neither the number nor the tracking code."""
    brouillon = gestes.fill_all(client, action="MARIAGE")
    gestes.send(client, brouillon)
    pirate = Client()
    reponse = pirate.post(acces.resume_path(brouillon), {"code": acces.resume_code(brouillon)})
    assert (reponse.status_code, acces.cookie_name(brouillon) in pirate.cookies) == (409, False)
    assert pirate.get(f"/ma-demande/{brouillon}/accuse").status_code == 404


def tokens() -> list[UUID]:
    return list(SessionAgent.objects.filter(verifiee_at__isnull=False).values_list("id", flat=True))


@pytest.mark.django_db
def test_b7_a_session_imposed_before_the_login_opens_nothing(client: Client) -> None:
    """The token of a browser changes with the password, then with the code: one known before serves nothing after."""
    agent = make_agent()
    for impose in ("jeton-du-pirate", "x" * 43):
        client.cookies["agent"] = impose
        client.post("/agent/connexion", {"courriel": COURRIEL, "mot_de_passe": MOT_DE_PASSE})
        attente = client.cookies["agent"].value
        assert attente != impose
        code = agent.code(clock.now() + timedelta(seconds=30) * len(tokens()))
        assert client.post("/agent/verification", {"code": code}).status_code == 302
        for ancien in (impose, attente):
            pirate = Client()
            pirate.cookies["agent"] = ancien
            assert pirate.get("/agent/compte").status_code == 302
            assert pirate.post("/agent/verification", {"code": code}).status_code == 401
    assert len(tokens()) == 2


@pytest.mark.django_db
def test_b7_a_code_spent_and_a_recovery_code_spent_open_no_second_session() -> None:
    agent = make_agent()
    secours = agent.enrolement.codes[0]
    statuts = []
    for code in (agent.code(clock.now()), agent.code(clock.now()), secours, secours):
        client = Client()
        client.post("/agent/connexion", {"courriel": COURRIEL, "mot_de_passe": MOT_DE_PASSE})
        statuts.append(client.post("/agent/verification", {"code": code}).status_code)
    assert statuts == [302, 422, 302, 422]
