"""The end of what was written: past the time for appeal nothing of it opens, the states stay, the journal still verifies."""

from datetime import timedelta

import pytest

from psl.instruction import operations, queries
from psl.instruction.etats import Etat
from psl.instruction.models import Decision, Demande, Instruction, Message
from psl.instruction.purges import purge_contents
from psl.journal import verification
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.models import Cle
from tests.harnais.base import BaseReelle
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde

UN_AN = timedelta(days=366)


@pytest.fixture
def monde(base_reelle: BaseReelle) -> Monde:
    return mondes.make()


def test_it_waits_for_the_time_for_appeal_then_erases(monde: Monde) -> None:
    affectation, ouverte = monde.file(), monde.file()
    monde.take(affectation)
    monde.ask(affectation)
    operations.send_message(affectation, texte="Bonjour", acteur=monde.camille, now=clock.now())
    operations.close(affectation, motif="Raison.", lettre="Lettre.", acteur=monde.camille, version=3, now=clock.now())
    now = clock.now()
    assert [purge_contents(now + UN_AN - timedelta(days=2)), purge_contents(now + UN_AN), purge_contents(now + UN_AN)] == [0, 1, 0]
    with scope(SYSTEME):
        left = [modele.objects.count() for modele in (Demande, Message, Decision)]
        keys = list(Cle.objects.filter(objet="instruction").values_list("objet_id", flat=True))
        row = Instruction.objects.get(id=affectation)
    assert (left, keys) == ([0, 0, 0], [ouverte])
    assert (row.etat, row.apercu, row.efface_at, row.decide_at is not None) == (Etat.SANS_SUITE, None, now + UN_AN, True)
    assert monde.sortes(affectation)[-1] == "purge.contenu"
    assert verification.verify() == []


def test_its_page_and_its_row_say_that_it_is_erased(monde: Monde) -> None:
    affectation = monde.file()
    operations.reject(affectation, motif="Raison.", lettre="Lettre.", acteur=monde.camille, version=1, now=clock.now())
    purge_contents(clock.now() + UN_AN)
    client = monde.client(monde.camille)
    page, liste = client.get(f"/agent/dossier/{affectation}"), client.get("/agent/?onglet=termines")
    assert (page.status_code, "a été effacé" in page.content.decode(), liste.status_code) == (200, True, 200)
    with scope(monde.camille):
        lignes = queries.listing(queries.Filtres(onglet="termines"), acteur=monde.camille, now=clock.now()).lignes
    assert [(ligne.id, ligne.usager) for ligne in lignes] == [(affectation, "")]
