"""The real worker, in its own process: woken, killed, stopped, and its database killed under it."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from psl.journal import operations as journal
from psl.journal import queries, travaux, verification
from psl.journal.models import Fait, Traitement
from psl.socle.acteur import SYSTEME
from psl.socle.uuid7 import uuid7
from tests.harnais import serveur
from tests.harnais.lieux import RACINE


@contextmanager
def worker(environ):
    reglages = {"DJANGO_SETTINGS_MODULE": "tests.journal.reglages_ouvrier", "PSL_OUVRIER_SILENCE": "2", "PSL_LOG": "CRITICAL"}
    process = subprocess.Popen([sys.executable, "-m", "psl.commandes", "worker"], cwd=RACINE, env={**environ, **reglages})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def record(sorte, now):
    with transaction.atomic():
        return journal.record(sorte, uuid7(), by=SYSTEME, at=now)


def wait(condition, seconds=20):
    until = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > until:
            raise AssertionError(f"rien en {seconds} s ; en file : {list(ProcrastinateJob.objects.values())}")
        time.sleep(0.02)
    return found


def effects(fait):
    return Fait.objects.filter(sujet=fait.sujet, sorte="essai.effet").count()


def is_idle():
    return not ProcrastinateJob.objects.exclude(task_name="psl.journal.ouvrier.tick").exists()


def is_marked(base, fait):
    return (Path(base.etat) / f"essai-{fait.id}").exists()


def test_a_worker_wakes_for_new_work_and_seals(base_reelle, now):
    with worker(base_reelle.environment()) as process:
        wait(lambda: queries.workers() == 1)
        first = record("essai.suivi", now)
        wait(lambda: effects(first) == 1)
        time.sleep(0.3)
        start_at = time.monotonic()
        second = record("essai.suivi", now)
        wait(lambda: effects(second) == 1)
        assert time.monotonic() - start_at < 1  # by NOTIFY: the poll is every 2 s
        wait(is_idle)
        process.terminate()
        assert process.wait(5) == 0
    assert queries.workers() == 0
    assert verification.verify() == []


def test_a_worker_killed_in_a_handler_has_it_done_once(base_reelle, now):
    with worker(base_reelle.environment()) as killed:
        fait = record("essai.lent", now)
        wait(lambda: is_marked(base_reelle, fait))
        killed.kill()
        killed.wait()
    with worker(base_reelle.environment()):
        wait(is_idle)
    assert (effects(fait), Traitement.objects.filter(fait_id=fait.id).count()) == (1, 1)


def test_a_worker_killed_after_its_effects_does_not_do_them_twice(base_reelle, now):
    fait = record("essai.tue_apres", now)
    with worker(base_reelle.environment()) as killed:
        assert killed.wait(20) == -signal.SIGKILL
    assert (effects(fait), is_idle()) == (1, False)
    with worker(base_reelle.environment()):
        wait(is_idle)
    assert (effects(fait), Traitement.objects.filter(fait_id=fait.id).count()) == (1, 1)


def test_a_worker_asked_to_stop_does_not_wait_for_ever(base_reelle, now):
    fait = record("essai.sans_fin", now)
    with worker(base_reelle.environment()) as process:
        wait(lambda: is_marked(base_reelle, fait))
        asked = time.monotonic()
        process.terminate()
        assert process.wait(6) == 0
        assert time.monotonic() - asked < 5
    assert not is_idle()


def test_a_failure_waits_then_is_parked(base_reelle, now):
    fait = record("essai.faute", now)
    with worker(base_reelle.environment()):
        job = wait(lambda: ProcrastinateJob.objects.filter(attempts=1).first())
        assert (job.status, job.scheduled_at is not None) == ("todo", True)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET attempts = 5, scheduled_at = now() WHERE id = %s", [job.id])
        wait(queries.parked)
        wait(is_idle)
    assert [(panne.fait_id, panne.essais) for panne in queries.parked()] == [(fait.id, 6)]


def test_a_periodic_job_left_by_a_dead_worker_gives_way_to_the_next(base_reelle, now):
    jobs = "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status) VALUES ('default', 'tick', %s, %s)"
    with connection.cursor() as cursor:
        for lock, status in (("a", "doing"), ("a", "todo"), ("b", "doing")):
            cursor.execute(jobs, [lock, status])
    assert travaux.rescue(travaux.CADENCE[0]) == 1
    assert sorted(ProcrastinateJob.objects.values_list("queueing_lock", "status")) == [("a", "todo"), ("b", "todo")]


def test_a_job_of_a_living_worker_is_left_alone(base_reelle):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        jobs = "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES ('default', 'x', 'doing', %s)"
        cursor.execute(jobs, [cursor.fetchone()[0]])
    assert travaux.rescue(travaux.CADENCE[0]) == 0


@pytest.fixture
def serveur_a_part(django_db_blocker, settings):
    """Point Django at a server that this test may kill; its processes share our keys."""
    with serveur.alone() as (postgresql, environ), django_db_blocker.unblock():
        assert serveur.migrate(environ).returncode == 0
        before = dict(connection.settings_dict)
        connection.close()
        connections.databases["default"] |= {"NAME": "psl", "HOST": str(postgresql.prise)}
        yield postgresql, {**environ, "PSL_ETAT": str(settings.ETAT)}
        connection.close()
        connections.databases["default"] |= before


@pytest.mark.base
def test_a_worker_outlives_its_database(serveur_a_part, now):
    postgresql, environ = serveur_a_part
    with worker(environ) as process:
        before = record("essai.suivi", now)
        wait(lambda: effects(before) == 1)
        serveur.kill_and_restart(postgresql)
        connection.close()
        after = record("essai.suivi", now)
        wait(lambda: effects(after) == 1)
        process.terminate()
        assert process.wait(6) == 0
    assert (effects(before), effects(after)) == (1, 1)
    assert verification.verify() == []
