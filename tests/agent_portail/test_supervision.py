"""The exploitant's first page: what flows, what is stuck, what to do; replaying is told in the journal; to others it is not there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from psl.courriers.models import Envoi
from psl.journal import queries as journal
from psl.journal import travaux
from psl.journal.models import Panne
from psl.journal.reprises import EXPLOITATION
from psl.mesures.operations import count_opinion
from psl.socle import clock
from tests.acces.gestes import exploitant
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde


@pytest.fixture
def monde(db: None) -> Monde:
    return mondes.make()


def test_what_is_stuck_says_why_since_when_and_is_replayed(monde: Monde) -> None:
    client = exploitant(monde)
    panne = Panne.objects.create(handler="psl.socle.limites.purge", ids={}, cause="OperationalError", essais=5, at=clock.now())
    html = client.get("/exploitant/", headers={"accept-language": "fr"}).content.decode()
    assert ("OperationalError" in html, "1 travail est arrêté" in html, "psl.socle.limites.purge" in html) == (True, True, True)
    before = journal.queue(clock.now()).en_attente
    told = client.post(f"/exploitant/travaux/{panne.id}/rejeu")
    assert (told.status_code, told.headers["Location"]) == (302, "/exploitant/?fait=rejeu")
    assert (journal.parked(), journal.queue(clock.now()).en_attente) == ([], before + 1)
    [fait] = journal.of(EXPLOITATION)
    assert (fait.sorte, fait.acteur_id, fait.corps) == ("travail.rejoue", monde.helene.id, {"panne": panne.id})
    assert client.post(f"/exploitant/travaux/{panne.id}/rejeu").status_code == 404


def test_the_queue_says_its_depth_and_its_oldest(monde: Monde) -> None:
    now = clock.now()
    before = journal.queue(now)
    travaux.defer("psl.socle.limites.purge")
    later = journal.queue(now + timedelta(minutes=10))
    assert later.en_attente == before.en_attente + 1
    assert later.depuis is not None
    page = exploitant(monde).get("/exploitant/", headers={"accept-language": "fr"}).content.decode()
    assert "Travaux à faire maintenant" in page


def test_a13_mails_that_came_back_and_pages_that_do_not_help_are_counted_and_nobody_is_named(monde: Monde) -> None:
    for rang, etat in enumerate(("rebond", "rebond", "en_echec", "envoye")):
        Envoi.objects.create(sujet=uuid4(), gabarit="accuse", etat=etat, unique=bytes([rang]) * 32, created_at=clock.now())
    count_opinion("/recherche", est_utile=False, ip="192.0.2.9", now=clock.now())
    html = exploitant(monde).get("/exploitant/", headers={"accept-language": "fr"}).content.decode()
    assert '<th scope="row">accuse</th><td>rebond</td><td>2</td>' in html
    assert '<th scope="row">accuse</th><td>en échec</td><td>1</td>' in html
    assert '<a href="/recherche">/recherche</a></th><td>0</td><td>1</td>' in html
    assert "192.0.2.9" not in html


def test_to_others_it_is_not_there(monde: Monde) -> None:
    assert monde.client(monde.camille).get("/exploitant/").status_code == 404
    answer = Client().get("/exploitant/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/agent/connexion?suite=%2Fexploitant%2F")
