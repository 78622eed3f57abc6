"""Reminders: of the dates that the answers make known, of what a service still awaits; each once, and none about what is over."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from psl.instruction import queries as instruction
from psl.journal.travaux import run_operation
from psl.saisie.operations import porteur
from psl.socle import cles, clock
from psl.socle.acteur import SYSTEME, scope
from psl.suivi import queries, rappels
from psl.suivi.operations import withdraw
from psl.teledossiers.models import Depot
from tests.harnais import travaux
from tests.instruction.conftest import affectation
from tests.instruction.monde import Monde
from tests.suivi.gestes import sent
from tests.suivi.test_prevus import filed, holidays, monde

__all__ = ["affectation", "monde"]
pytestmark = pytest.mark.django_db


def planned(operation: str) -> list[datetime]:
    """Return when each call of an operation is due."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE args->>'operation' = %s ORDER BY 1", [operation])
        return [moment for (moment,) in cursor.fetchall()]


def reminders(sujet: UUID) -> list[str]:
    return [gabarit for gabarit, _ in sent(sujet) if gabarit in ("echeance", "rappel")]


@pytest.fixture
def absence(client: Client, monde: Monde) -> tuple[UUID, UUID]:
    """A home watched for twenty days: its return is reminded the day before."""
    return filed(client, holidays(client))


def eve() -> datetime:
    """Return the morning before the return."""
    jour = clock.local_date(clock.now()) + timedelta(days=19)
    return datetime.combine(jour, time(8), tzinfo=rappels.MATIN.tzinfo)


def test_a_date_is_reminded_once_on_its_morning_and_its_e_mail_says_nothing_of_it(absence: tuple[UUID, UUID]) -> None:
    teledossier, _ = absence
    [moment] = planned("psl.suivi.rappels.remind")
    assert (abs(moment - eve()) < timedelta(minutes=1), reminders(teledossier)) == (True, [])
    for _fois in range(2):
        run_operation("psl.suivi.rappels.remind", {"teledossier_id": str(teledossier)}, now=eve())
    [(gabarit, contexte)] = [envoi for envoi in sent(teledossier) if envoi[0] == "echeance"]
    with scope(porteur(teledossier)):
        vue = queries.dossier(teledossier)
    assert (gabarit, contexte) == ("echeance", {"numero": vue.numero, "titre": vue.titre})


@pytest.mark.parametrize(("ecart", "attendu"), [(-1, []), (0, ["echeance"]), (1, ["echeance"]), (2, [])])
def test_a_look_too_early_or_too_late_sends_nothing(absence: tuple[UUID, UUID], ecart: int, attendu: list[str]) -> None:
    rappels.remind(absence[0], now=eve() + timedelta(days=ecart))
    assert reminders(absence[0]) == attendu


def test_a_request_withdrawn_is_not_reminded(absence: tuple[UUID, UUID]) -> None:
    teledossier, _ = absence
    withdraw(teledossier, now=clock.now())
    rappels.remind(teledossier, now=eve())
    assert reminders(teledossier) == []


def test_nothing_is_sent_of_what_is_erased_or_unknown(absence: tuple[UUID, UUID]) -> None:
    teledossier, _ = absence
    with scope(SYSTEME):
        cles.destroy("depot", list(Depot.objects.filter(teledossier=teledossier).values_list("id", flat=True)))
    for sujet in (teledossier, uuid4()):
        rappels.remind(sujet, now=eve())
    assert reminders(teledossier) == []


def test_an_answer_awaited_is_reminded_a_week_before_then_not_once_given(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation)
    travaux.drain()
    teledossier = monde.see(affectation).teledossier
    with scope(SYSTEME):
        demande = instruction.open_request(affectation)
    assert demande is not None
    [moment] = planned("psl.suivi.rappels.remind_answer")
    assert moment.date() == demande.echeance_on - timedelta(days=7)
    fait = uuid4()
    rappels.remind_answer(affectation, fait, now=moment - timedelta(days=1))
    assert reminders(teledossier) == []
    for _fois in range(2):
        rappels.remind_answer(affectation, fait, now=moment)
    assert reminders(teledossier) == ["rappel"]
    withdraw(teledossier, now=moment)
    rappels.remind_answer(affectation, uuid4(), now=moment)
    assert reminders(teledossier) == ["rappel"]
