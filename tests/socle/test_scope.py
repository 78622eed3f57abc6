"""What row-level security shows, through the table of keys, which is the first to be guarded."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from psl.socle import cles
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.socle.uuid7 import uuid7

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def porteur(sujet):
    return Acteur("porteur", sujet, sujet=sujet)


def agent(*services):
    return Acteur("agent", uuid7(), services=frozenset(services))


def settings_now():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('psl.portee', true), current_setting('psl.sujet', true), current_setting('psl.services', true)"
        )
        return cursor.fetchone()


@pytest.fixture
def objets():
    """Four keys: of a subject, of a service, of both, of nobody."""
    sujet, service = uuid7(), uuid7()
    with scope(SYSTEME):
        ids = [uuid7() for _ in range(4)]
        for id_, of in zip(ids, [(sujet, None), (None, service), (sujet, service), (None, None)], strict=True):
            cles.create("copie", id_, sujet=of[0], service=of[1], now=NOW)
    return sujet, service, ids


def seen():
    return set(Cle.objects.values_list("objet_id", flat=True))


def test_each_sees_theirs(objets):
    sujet, service, ids = objets
    expected = {
        SYSTEME: set(ids),
        porteur(sujet): {ids[0], ids[2]},
        porteur(uuid7()): set(),
        agent(service): {ids[1], ids[2]},
        agent(uuid7(), service): {ids[1], ids[2]},
        agent(uuid7()): set(),
        agent(): set(),
        Acteur("compte", uuid7()): set(),
    }
    for acteur, theirs in expected.items():
        with scope(acteur):
            assert seen() == theirs


def test_outside_a_scope_nothing_is_seen(objets):
    assert seen() == set()


def test_a_bearer_writes_for_their_subject_only():
    mine = uuid7()
    with scope(porteur(mine)):
        cles.create("brouillon", mine, sujet=mine, now=NOW)
        for other in (uuid7(), None):
            with pytest.raises(DatabaseError), transaction.atomic():
                cles.create("brouillon", uuid7(), sujet=other, now=NOW)


def test_an_inner_scope_ends_with_itself():
    one, other = uuid7(), uuid7()
    with scope(porteur(one)):
        with scope(SYSTEME):
            assert settings_now() == ("systeme", "", "{}")
        assert settings_now() == ("", str(one), "{}")
        with pytest.raises(Refus), scope(porteur(other)):
            raise Refus("non", "Non.")
        assert settings_now() == ("", str(one), "{}")


def test_a_scope_inside_a_transaction_does_not_outlive_itself():
    with transaction.atomic():
        with scope(SYSTEME):
            assert settings_now() == ("systeme", "", "{}")
        assert settings_now() == ("", "", "")


def test_keys_open_for_those_who_may_and_say_gone_to_the_others(objets):
    sujet, service, ids = objets
    with scope(SYSTEME):
        key = cles.open_key("copie", ids[0])
        assert set(cles.open_keys("copie", ids)) == set(ids)
    with scope(porteur(sujet)):
        assert cles.open_key("copie", ids[0]) == key
    with scope(agent(service)), pytest.raises(Refus) as refus:
        cles.open_key("copie", ids[0])
    assert (refus.value.code, refus.value.statut) == ("detruit", 410)
