"""Withdrawing a request: asked twice, done once, said to everybody; nothing more may happen to it."""

from uuid import UUID

import pytest
from django.test import Client

from psl.courriers.models import Envoi
from psl.instruction.etats import Etat
from psl.socle import clock
from psl.socle.errors import Refus
from psl.suivi import acces, operations
from tests.harnais import travaux
from tests.instruction.conftest import affectation, monde
from tests.instruction.monde import Monde
from tests.suivi.gestes import signed

__all__ = ["affectation", "monde"]
pytestmark = pytest.mark.django_db


def follower(monde: Monde, affectation: UUID) -> Client:
    client = Client()
    client.cookies[acces.cookie_name("ouvert")] = signed("ouvert", monde.see(affectation).teledossier)
    return client


def test_it_is_asked_then_done(monde: Monde, affectation: UUID) -> None:
    client = follower(monde, affectation)
    assert b'href="/suivi/retirer"' in client.get("/suivi/dossier").content
    assert (client.get("/suivi/retirer").status_code, monde.see(affectation).etat) == (200, Etat.DEPOSE)
    assert client.post("/suivi/retirer")["Location"] == "/suivi/dossier"
    travaux.drain()
    row = monde.see(affectation)
    assert (row.etat, monde.sortes(affectation)[-1], row.contenu_jusqu_on is not None) == (Etat.RETIRE, "instruction.retiree", True)
    page = client.get("/suivi/dossier").content.decode()
    assert ("Vous avez retiré votre demande." in page, "/suivi/retirer" in page) == (True, False)
    assert client.get("/suivi/retirer")["Location"] == "/suivi/dossier"
    assert Envoi.objects.filter(gabarit="retrait").count() == 1


@pytest.mark.parametrize("etape", ["prise", "complement"])
def test_at_any_time_before_the_answer(monde: Monde, affectation: UUID, etape: str) -> None:
    monde.take(affectation)
    if etape == "complement":
        monde.ask(affectation)
    operations.withdraw(monde.see(affectation).teledossier, now=clock.now())
    assert (monde.see(affectation).etat, monde.see(affectation).echeance_on, monde.demande(affectation)) == (Etat.RETIRE, None, None)
    page = monde.client(monde.camille).get(f"/agent/dossier/{affectation}").content.decode()
    assert ("Retirée par l&#x27;usager" in page, "L&#x27;usager a retiré sa demande" in page) == (True, True)


def test_not_twice(monde: Monde, affectation: UUID) -> None:
    sujet = monde.see(affectation).teledossier
    operations.withdraw(sujet, now=clock.now())
    with pytest.raises(Refus) as refus:
        operations.withdraw(sujet, now=clock.now())
    assert (refus.value.code, follower(monde, affectation).post("/suivi/retirer").status_code) == ("rien-a-retirer", 409)
