"""The thread, both ways, and who is told."""

from uuid import UUID

import pytest

from psl.courriers import queries as courriers
from psl.instruction import operations, queries
from psl.socle import clock
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus
from tests.harnais import travaux
from tests.instruction.monde import Monde


def _sent(monde: Monde, affectation: UUID) -> list[str]:
    travaux.drain()
    with scope(monde.usager(affectation)):
        return [envoi.gabarit for envoi in courriers.envois(monde.see(affectation).teledossier)]


def test_both_write_and_both_read(monde: Monde, affectation: UUID) -> None:
    operations.send_message(affectation, texte="Quel est le prénom ?", acteur=monde.camille, now=clock.now())
    operations.send_message(affectation, texte="Zoé\r\n\r\n\r\n\r\nMerci\u202e", acteur=monde.usager(affectation), now=clock.now())
    for acteur in (monde.yanis, monde.usager(affectation)):
        with scope(acteur):
            fil = [(message.sens, message.agent, message.texte) for message in queries.messages(affectation)]
        assert fil == [("service", monde.camille.id, "Quel est le prénom ?"), ("usager", None, "Zoé\n\nMerci")]


def test_the_usager_is_told_of_the_services_messages_only(monde: Monde, affectation: UUID) -> None:
    before = _sent(monde, affectation)
    operations.send_message(affectation, texte="Bonjour", acteur=monde.usager(affectation), now=clock.now())
    assert _sent(monde, affectation) == before
    operations.send_message(affectation, texte="Bonjour", acteur=monde.camille, now=clock.now())
    assert _sent(monde, affectation) == [*before, "message"]


def test_each_change_is_told_once(monde: Monde, affectation: UUID) -> None:
    before = _sent(monde, affectation)
    monde.take(affectation)
    monde.take(affectation, monde.yanis)
    monde.take(affectation)
    monde.ask(affectation)
    operations.close(affectation, motif="Sans réponse.", lettre="Lettre.", acteur=monde.camille, version=5, now=clock.now())
    assert len(_sent(monde, affectation)) - len(before) == 2  # begun, answered; what was asked is not asked any more


def test_a_complement_is_told(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    before = _sent(monde, affectation)
    monde.ask(affectation)
    assert len(_sent(monde, affectation)) - len(before) == 1


@pytest.mark.parametrize("qui", ["ines", "autre"])
def test_nobody_else_writes_or_reads(monde: Monde, affectation: UUID, qui: str) -> None:
    operations.send_message(affectation, texte="Bonjour", acteur=monde.camille, now=clock.now())
    acteur = monde.ines if qui == "ines" else Acteur("porteur", UUID(int=5), sujet=UUID(int=5))
    with pytest.raises(Refus) as refus:
        operations.send_message(affectation, texte="Bonjour", acteur=acteur, now=clock.now())
    assert (refus.value.code, refus.value.statut) == ("affectation-inconnue", 404)
    with scope(acteur):
        assert queries.messages(affectation) == []


def test_an_empty_message_is_refused_at_its_field(monde: Monde, affectation: UUID) -> None:
    with pytest.raises(Refus) as refus:
        operations.send_message(affectation, texte=" \n ", acteur=monde.camille, now=clock.now())
    assert dict(refus.value.champs) == {"texte": "Écrivez votre message avant de l'envoyer."}
