"""Deferred work: in its transaction, once, parked with its cause, replayed."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from procrastinate import JobContext
from procrastinate.contrib.django.models import ProcrastinateJob

from psl.journal import operations as journal
from psl.journal import ouvrier, queries, travaux
from psl.journal.models import Fait, Panne, Traitement
from psl.socle.acteur import SYSTEME
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.harnais.travaux import drain
from tests.journal import enchainements

ICI = enchainements.ICI


@pytest.fixture(autouse=True)
def no_calls():
    enchainements.calls.clear()


def effects(sujet):
    return Fait.objects.filter(sujet=sujet, sorte="essai.effet").count()


def test_patience_grows_then_ends(settings):
    settings.ECHELLE_RELANCES = 1
    waits = [travaux.patience(essais) for essais in range(1, 7)]
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    assert waits == [minute, 10 * minute, hour, 6 * hour, 24 * hour, None]
    settings.ECHELLE_RELANCES = 0.001
    assert travaux.patience(1) == timedelta(milliseconds=60)


@pytest.mark.django_db
def test_an_operation_is_owed_with_its_ids_and_called_with_them(now):
    id_ = uuid7()
    with transaction.atomic():
        enchainements.defer_note(envoi_id=id_, rang=3, cle="b2c0")
    assert drain(now) == 1
    assert enchainements.calls == [({"envoi_id": id_, "rang": 3, "cle": "b2c0"}, now)]


@pytest.mark.django_db
def test_a_delayed_operation_waits(now):
    with transaction.atomic():
        enchainements.defer_late(envoi_id=uuid7())
    assert (drain(now), drain(now, later=True)) == (0, 1)


def test_work_deferred_outside_a_transaction_is_a_bug(base_reelle):
    with pytest.raises(TransactionManagementError):
        enchainements.defer_note(envoi_id=uuid7())


@pytest.mark.django_db
def test_a_handler_runs_once_whatever_the_number_of_its_jobs(now):
    with transaction.atomic():
        fait = journal.record("essai.double", uuid7(), by=SYSTEME, at=now)
    runs = [travaux.run_handler(fait.id, f"{ICI}.{name}", now=now) for name in ["leave_effect"] * 3 + ["leave_another"]]
    assert runs == [True, False, False, True]
    assert effects(fait.sujet) == 2
    assert Traitement.objects.count() == 2


@pytest.mark.django_db
def test_a_handler_that_fails_leaves_nothing(now):
    with transaction.atomic():
        fait = journal.record("essai.faute", uuid7(), by=SYSTEME, at=now)
    with pytest.raises(ValueError, match="Dupont"):
        travaux.run_handler(fait.id, f"{ICI}.fail", now=now)
    assert Traitement.objects.count() == 0


def attempt(task, essais, **args):
    """Try a job as a worker would, when so many tries have failed."""
    from procrastinate.jobs import Job

    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=task, task_kwargs=args, attempts=essais)
    context = JobContext(start_timestamp=0.0, app=None, job=job, abort_reason=lambda: None)
    {travaux.HANDLE: ouvrier._handle, travaux.RUN: ouvrier._run}[task](context, **args)


@pytest.mark.django_db
def test_the_last_failure_parks_the_work_without_personal_data(now):
    with transaction.atomic():
        fait = journal.record("essai.faute", uuid7(), by=SYSTEME, at=now)
    for essais in range(5):
        with pytest.raises(ValueError, match="Dupont"):
            attempt(travaux.HANDLE, essais, fait_id=str(fait.id), handler=f"{ICI}.fail")
    attempt(travaux.HANDLE, 5, fait_id=str(fait.id), handler=f"{ICI}.fail")
    attempt(travaux.RUN, 5, operation=f"{ICI}.fail_plainly", ids={"envoi_id": "1"})
    parked = queries.parked()
    assert [(p.handler, p.fait_id, p.ids, p.essais) for p in parked] == [
        (f"{ICI}.fail", fait.id, {}, 6),
        (f"{ICI}.fail_plainly", None, {"envoi_id": "1"}, 6),
    ]
    assert [p.cause.split(" ")[0] for p in parked] == ["builtins.ValueError", "builtins.LookupError"]
    assert "enchainements.py" in parked[0].cause
    assert [p.cause for p in parked if "Dupont" in p.cause or "Lilas" in p.cause] == []


@pytest.mark.django_db
def test_work_that_kills_its_worker_is_parked_unrun(now):
    with transaction.atomic():
        fait = journal.record("essai.mortel", uuid7(), by=SYSTEME, at=now)
    attempt(travaux.HANDLE, 6, fait_id=str(fait.id), handler=f"{ICI}.die_always")
    assert [p.cause for p in queries.parked()] == ["l’ouvrier est mort à chaque essai"]


@pytest.mark.django_db
def test_parked_work_goes_back_to_the_workers_once(now):
    fait_id, envoi = uuid7(), uuid7()
    travaux.park("cause", handler=f"{ICI}.fail", fait_id=fait_id, ids={}, essais=6, now=now)
    travaux.park("cause", handler=f"{ICI}.note", fait_id=None, ids={"envoi_id": str(envoi)}, essais=6, now=now)
    travaux.park("autre cause", handler=f"{ICI}.fail", fait_id=fait_id, ids={}, essais=6, now=now)
    parked = queries.parked()
    assert [(p.cause, p.essais) for p in parked] == [("autre cause", 7), ("cause", 6)]
    for panne in parked:
        journal.replay(panne.id, now=now)
    assert queries.parked() == []
    assert list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args")) == [
        (travaux.HANDLE, {"fait_id": str(fait_id), "handler": f"{ICI}.fail"}),
        (travaux.RUN, {"operation": f"{ICI}.note", "ids": {"envoi_id": str(envoi)}}),
    ]
    with pytest.raises(Refus) as refus:
        journal.replay(parked[0].id, now=now)
    assert (refus.value.code, refus.value.statut) == ("panne-inconnue", 404)


@pytest.mark.django_db
def test_a_periodic_operation_that_fails_is_parked_until_it_succeeds():
    for _ in range(2):
        ouvrier._tick(0, f"{ICI}.fail_plainly")
    assert [(p.handler, p.essais) for p in queries.parked()] == [(f"{ICI}.fail_plainly", 2)]
    Panne.objects.update(handler=f"{ICI}.note")
    ouvrier._tick(60, f"{ICI}.note")
    assert queries.parked() == []
    assert len(enchainements.calls) == 1
