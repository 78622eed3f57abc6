"""The password of a service: ten characters, once and for all, whoever asks at once; nobody else's."""

from uuid import UUID

import pytest
from django.db import connection

from psl.annuaire.queries import service_of
from psl.routage import mot_de_passe, queries
from psl.routage.models import AccesService
from psl.routage.operations import mot_de_passe as password_of
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.routage import gestes
from tests.saisie.gestes import kinds
from tests.teledossiers.gestes import NOW


def ask(affectation: UUID, acteur: Acteur = SYSTEME) -> str:
    with scope(acteur):
        return password_of(affectation, now=NOW)


def test_it_is_drawn_once() -> None:
    affectation = gestes.routed()
    agent = Acteur("agent", uuid7(NOW), services=frozenset({service_of("la-rochelle-etat-civil")}))
    with scope(SYSTEME):
        assert queries.password(affectation.id) is None
    premier = ask(affectation.id, agent)
    assert [ask(affectation.id), ask(affectation.id, agent)] == [premier, premier]
    assert (len(premier), set(premier) <= set(mot_de_passe.ALPHABET), premier.isalnum()) == (10, True, False)
    assert kinds(affectation.id).count("affectation.acces_cree") == 1


def test_another_service_has_no_part_in_it() -> None:
    affectation = gestes.routed()
    ask(affectation.id)
    with pytest.raises(Refus) as refus:
        ask(affectation.id, gestes.agent("cherbourg-etat-civil"))
    assert refus.value.code == "affectation-inconnue"
    with scope(gestes.agent("cherbourg-etat-civil")):
        assert list(AccesService.objects.all()) == []


def test_the_base_alone_does_not_tell_it() -> None:
    affectation = gestes.routed()
    tire = ask(affectation.id)
    with scope(SYSTEME), connection.cursor() as cursor:
        cursor.execute("SELECT boite FROM routage_acces_service WHERE id = %s", [affectation.id])
        [(boite,)] = cursor.fetchall()
    assert tire.encode() not in bytes(boite)


def test_two_affectations_have_each_their_own() -> None:
    assert len({ask(gestes.routed().id) for _ in range(3)}) == 3


@pytest.mark.parametrize("tape", ["", "autre", "\ud800", "Ab3!efghi", "Ab3!efghij0"])
def test_what_is_not_it(tape: str) -> None:
    assert mot_de_passe.same(tape, "Ab3!efghij") is False
    assert mot_de_passe.same(" Ab3!efghij ", "Ab3!efghij") is True
