"""Looking leaves a fait, each time, for a dossier as for a file."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from psl.instruction import operations, queries
from psl.socle import clock
from psl.socle.acteur import scope
from psl.socle.errors import Refus
from tests.instruction.monde import Monde


def test_each_time_for_each_agent(monde: Monde, affectation: UUID) -> None:
    now = clock.now()
    for minutes, acteur in ((0, monde.camille), (1, monde.camille), (1, monde.yanis)):
        operations.consult(affectation, acteur=acteur, now=now + timedelta(minutes=minutes))
    assert monde.sortes(affectation).count("consultation") == 3


def test_each_file_each_time(monde: Monde, affectation: UUID) -> None:
    with scope(monde.camille):
        fichier = queries.dossier(affectation, acteur=monde.camille, now=clock.now()).pieces[0].fichiers[0]
    pieces = [operations.consult_file(affectation, fichier.id, acteur=monde.camille, now=clock.now()) for _ in range(2)]
    assert [(piece["id"], piece["nom"], piece["type"]) for piece in pieces] == [(str(fichier.id), fichier.nom, "application/pdf")] * 2
    assert monde.sortes(affectation)[-2:] == ["fichier.consulte", "fichier.consulte"]


def test_another_service_looks_at_nothing_and_leaves_nothing(monde: Monde, affectation: UUID) -> None:
    before = monde.sortes(affectation)
    with pytest.raises(Refus) as refus:
        operations.consult(affectation, acteur=monde.ines, now=clock.now())
    assert (refus.value.statut, monde.sortes(affectation)) == (404, before)
    with pytest.raises(Refus) as refus:
        operations.consult_file(affectation, uuid4(), acteur=monde.ines, now=clock.now())
    assert (refus.value.statut, monde.sortes(affectation)) == (404, before)


def test_news_are_what_others_did_since_the_visit_before(monde: Monde, affectation: UUID) -> None:
    now = clock.now()

    def news(minutes: int) -> list[str]:
        at = now + timedelta(minutes=minutes)
        operations.consult(affectation, acteur=monde.camille, now=at)
        with scope(monde.camille):
            return [ligne.phrase for ligne in queries.dossier(affectation, acteur=monde.camille, now=at).nouveautes]

    assert news(0) == []
    operations.send_message(affectation, texte="Bonjour", acteur=monde.usager(affectation), now=now + timedelta(minutes=10))
    operations.send_message(affectation, texte="Bonjour", acteur=monde.camille, now=now + timedelta(minutes=15))
    assert news(20) == ["L'usager a écrit au service"]
    assert news(80) == ["L'usager a écrit au service"]
    assert news(150) == []
