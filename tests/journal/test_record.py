import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from procrastinate.contrib.django.models import ProcrastinateJob

from psl.journal import empreintes, queries, travaux
from psl.journal import operations as journal
from psl.journal.models import ASceller, Fait
from psl.socle.acteur import SYSTEME, Acteur
from psl.socle.uuid7 import uuid7
from tests.journal import enchainements


def record(sujet, now, sorte="essai.muet", **more):
    return journal.record(sorte, sujet, by=SYSTEME, at=now, **more)


@pytest.mark.django_db
def test_a_fait_follows_the_last_of_its_subject(now):
    sujet, agent = uuid7(), Acteur("agent", uuid7())
    with transaction.atomic():
        first = record(sujet, now, corps={"motif": "é", "n": [1, None, True]})
        record(uuid7(), now)
        second = journal.record("essai.effet", sujet, by=agent, at=now + timedelta(seconds=1))
    assert [(f.id, f.rang, f.sorte, f.acteur_sorte, f.acteur_id, f.corps) for f in queries.of(sujet)] == [
        (first.id, 1, "essai.muet", "systeme", None, {"motif": "é", "n": [1, None, True]}),
        (second.id, 2, "essai.effet", "agent", agent.id, None),
    ]
    assert (first.precedent, second.precedent) == (empreintes.ORIGINE, first.empreinte)
    assert set(ASceller.objects.values_list("fait_id", flat=True)) >= {first.id, second.id}


@pytest.mark.django_db
def test_two_same_bodies_have_two_digests(now):
    with transaction.atomic():
        assert record(uuid7(), now, corps={"a": 1}).digest != record(uuid7(), now, corps={"a": 1}).digest


@pytest.mark.django_db
def test_a_fait_owes_its_jobs_in_its_own_transaction(now):
    with transaction.atomic():
        fait = record(uuid7(), now, "essai.double")
    handlers = [f"{enchainements.ICI}.leave_effect", f"{enchainements.ICI}.leave_another"]
    jobs = ProcrastinateJob.objects.order_by("id").values_list("task_name", "args", "status", "queue_name")
    assert list(jobs) == [(travaux.HANDLE, {"fait_id": str(fait.id), "handler": h}, "todo", "default") for h in handlers]


@pytest.mark.django_db
def test_a_transaction_undone_leaves_neither_fait_nor_job(now):
    with transaction.atomic():
        record(uuid7(), now, "essai.double")
        transaction.set_rollback(True)
    assert (Fait.objects.count(), ASceller.objects.count(), ProcrastinateJob.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_an_unknown_kind_is_a_bug(now):
    with pytest.raises(KeyError), transaction.atomic():
        record(uuid7(), now, "essai.inconnu")


@pytest.mark.django_db
@pytest.mark.parametrize("corps", [{"x": 1.5}, {1: "x"}, {"x": {"y": b""}}, {"x": [object()]}])
def test_a_body_that_would_not_come_back_the_same_is_a_bug(now, corps):
    with pytest.raises(TypeError), transaction.atomic():
        record(uuid7(), now, corps=corps)


@pytest.mark.django_db
def test_two_statements(now, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        record(uuid7(), now, "essai.double", corps={"a": 1})


def test_outside_a_transaction_it_is_a_bug(base_reelle, now):
    with pytest.raises(TransactionManagementError):
        record(uuid7(), now)


def test_parallel_writers_make_one_chain(base_reelle, now):
    sujet = uuid7()

    def write():
        for _ in range(10):
            with transaction.atomic():
                record(sujet, now, corps={"a": 1})
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    faits = queries.of(sujet)
    assert [fait.rang for fait in faits] == list(range(1, 61))
    assert [bytes(fait.precedent) for fait in faits[1:]] == [bytes(fait.empreinte) for fait in faits[:-1]]


CHANGES = {"journal_fait": "sorte = 'autre'", "journal_lot": "taille = 9", "journal_feuille": "position = 9"}


def test_nobody_rewrites_the_journal_by_an_ordinary_statement(base_reelle, now):
    with transaction.atomic():
        record(uuid7(), now, corps={"a": 1})
    journal.seal(now=now)
    for role in ("psl_application", "psl_purge", "psl_proprietaire", "postgres"):
        with base_reelle.connect(role) as raw:
            for table, change in CHANGES.items():
                for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        raw.execute(statement)


def test_the_purge_empties_bodies_and_nothing_else(base_reelle, now):
    kept, purged = uuid7(), uuid7()
    with transaction.atomic():
        record(kept, now, corps={"a": 1})
        record(purged, now, corps={"a": 1})
    refused = [
        "UPDATE journal_fait SET corps = '{}'",
        "UPDATE journal_fait SET corps = NULL",
        "UPDATE journal_fait SET sel = ''",
        "UPDATE journal_fait SET corps = NULL, sel = NULL, sorte = 'autre'",
        "DELETE FROM journal_fait",
        "DELETE FROM journal_a_sceller",
    ]
    for statement in refused:
        with pytest.raises(DatabaseError), connections["purge"].cursor() as cursor:
            cursor.execute(statement)
    with transaction.atomic(using="purge"):
        assert journal.purge_bodies([purged]) == 1
        record(purged, now, using="purge")
    assert [(fait.corps, fait.sel) for fait in queries.of(purged)] == [(None, None)] * 2
    assert queries.of(kept)[0].corps == {"a": 1}


@pytest.mark.django_db
def test_consultations_are_told_apart(now, settings):
    settings.ENCHAINEMENTS = "tests.journal.test_record.LECTURES"
    sujet = uuid7()
    with transaction.atomic():
        for sorte in ("consultation", "message.envoye", "fichier.consulte"):
            record(sujet, now, sorte)
    assert [fait.sorte for fait in queries.consultations(sujet)] == ["consultation", "fichier.consulte"]


LECTURES = {"consultation": [], "message.envoye": [], "fichier.consulte": []}
