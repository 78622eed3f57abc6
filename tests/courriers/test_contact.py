"""How a subject may be reached: encrypted under its own key, replaced, forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from psl.courriers import operations, queries
from psl.courriers.models import Contact, Envoi
from psl.courriers.queries import ContactVu
from psl.socle import cles
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.socle.uuid7 import uuid7
from tests.courriers.conftest import NOW

pytestmark = pytest.mark.django_db


def test_a_contact_is_kept_and_nothing_of_it_is_in_clear(sujet: UUID) -> None:
    with scope(SYSTEME):
        assert queries.contact(sujet) == ContactVu("camille@example.org", "+33612345678", "fr", None)
        assert Cle.objects.get(objet="contact").vie == "contact"
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM courriers_contact c")
        (ligne,) = cursor.fetchone()
    assert "camille" not in ligne
    assert b"camille".hex() not in ligne


def test_another_s_contact_cannot_be_read(sujet: UUID) -> None:
    autre = uuid7(NOW)
    with scope(Acteur("porteur", autre, sujet=autre)), pytest.raises(Refus, match="detruit"):
        queries.contact(sujet)


def test_nothing_given_is_nothing_kept() -> None:
    with scope(SYSTEME):
        operations.keep_contact(uuid7(NOW), courriel="", telephone="", langue="fr", now=NOW)
        assert Contact.objects.count() == 0
        assert queries.contact(uuid7(NOW)) is None


def test_a_new_address_replaces_the_old_one_and_forgets_that_it_bounced(sujet: UUID) -> None:
    with scope(SYSTEME):
        Contact.objects.filter(sujet=sujet).update(rebond_at=NOW)
        operations.keep_contact(sujet, courriel="camille@example.org", telephone="", langue="en", now=NOW)
        assert queries.contact(sujet) == ContactVu("camille@example.org", "", "en", NOW)
        assert queries.bounced_at(sujet) == NOW
        operations.keep_contact(sujet, courriel="autre@example.org", telephone="", langue="en", now=NOW + timedelta(days=1))
        assert queries.contact(sujet) == ContactVu("autre@example.org", "", "en", None)
        assert queries.bounced_at(sujet) is None


def test_purging_forgets_the_contact_and_what_was_sent(sujet: UUID) -> None:
    garde = uuid7(NOW)
    with scope(SYSTEME):
        operations.keep_contact(garde, courriel="garde@example.org", telephone="", langue="fr", now=NOW)
        envoi = operations.send("code", sujet, contexte={"code": "1"}, unique="1", now=NOW)
        assert envoi is not None
        assert [operations.purge([sujet]) for _ in range(2)] == [1, 0]
        assert list(Contact.objects.values_list("sujet", flat=True)) == [garde]
        assert (Envoi.objects.count(), cles.open_keys("envoi", [envoi])) == (0, {})
    operations.deliver(envoi, now=NOW)  # the job that was owed finds nothing to do
