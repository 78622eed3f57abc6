"""A week before a brouillon goes, whoever left an e-mail is told, once."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from psl.courriers.models import Envoi
from psl.saisie.models import Brouillon
from psl.saisie.operations import porteur, send_link, warn_expiring
from psl.teledossiers.operations import submit
from tests.harnais import travaux
from tests.saisie import gestes

pytestmark = pytest.mark.django_db


def day(n: float) -> datetime:
    return gestes.NOW + timedelta(days=n)


def told() -> list[UUID]:
    return list(Envoi.objects.filter(gabarit="expiration").values_list("sujet", flat=True))


def test_told_once_a_week_before(brouillon: UUID) -> None:
    send_link(brouillon, courriel="noe@exemple.example.org", now=gestes.NOW)
    assert [warn_expiring(now=day(23)), told()] == [0, []]
    assert [warn_expiring(now=day(23.1)), told()] == [1, [brouillon]]
    assert [warn_expiring(now=day(24)), told()] == [0, [brouillon]]


def test_told_again_for_a_later_save(brouillon: UUID) -> None:
    send_link(brouillon, courriel="noe@exemple.example.org", now=gestes.NOW)
    warn_expiring(now=day(24))
    gestes.fill(brouillon, "demande", now=day(25))
    assert [warn_expiring(now=day(26)), warn_expiring(now=day(49)), told()] == [0, 1, [brouillon] * 2]


def test_nobody_to_tell_and_nothing_to_tell() -> None:
    gestes.start()
    envoye = gestes.ready()
    send_link(envoye, courriel="noe@exemple.example.org", now=gestes.NOW)
    submit(envoye, declarations=["exactitude"], acteur=porteur(envoye), now=gestes.NOW)
    travaux.drain(gestes.NOW)
    assert [warn_expiring(now=day(24)), told()] == [1, []]
    assert Brouillon.objects.filter(prevenu_at=day(24)).count() == 1
