from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from psl.journal import operations as journal
from psl.journal import purges, queries, verification
from psl.journal.models import Traitement
from psl.socle import cles
from psl.socle.acteur import SYSTEME, scope
from psl.socle.models import Cle
from psl.socle.uuid7 import uuid7
from tests.journal import enchainements

TABLE = (f"{enchainements.ICI}.purge_badly", f"{enchainements.ICI}.purge_two_batches")


def test_each_purge_runs_to_its_end_and_one_failure_stops_no_other(settings, now):
    settings.PURGES = "tests.journal.test_purges.TABLE"
    enchainements.calls.clear()
    done = [(name.rpartition(".")[2], removed, type(error)) for name, removed, error in purges.each(now)]
    assert done == [("purge_badly", 0, OSError), ("purge_two_batches", 520, type(None))]
    assert enchainements.calls == [now] * 3
    with pytest.raises(purges.PurgeIncomplete, match="purge_badly"):
        purges.run(now)


def test_a_purge_destroys_keys_bodies_and_tells_it(base_reelle, now):
    """The pattern of psl/journal/purges.py, whole: under the purge role, in one transaction."""
    sujet = uuid7()
    with scope(SYSTEME):
        cles.create("brouillon", sujet, sujet=sujet, now=now)
        journal.record("essai.muet", sujet, by=SYSTEME, at=now, corps={"a": 1})
    journal.seal(now=now)
    with transaction.atomic(using="purge"):
        assert cles.destroy("brouillon", [sujet], using="purge") == 1
        assert journal.purge_bodies([sujet]) == 1
        journal.record("essai.suivi", sujet, by=SYSTEME, at=now, using="purge")
    journal.seal(now=now)
    with scope(SYSTEME):
        assert Cle.objects.count() == 0
    assert [(fait.sorte, fait.corps) for fait in queries.of(sujet)] == [("essai.muet", None), ("essai.suivi", None)]
    assert verification.verify() == []


def test_a_purge_undone_leaves_everything(base_reelle, now):
    sujet = uuid7()
    with scope(SYSTEME):
        cles.create("brouillon", sujet, sujet=sujet, now=now)
    with transaction.atomic(using="purge"):
        cles.destroy("brouillon", [sujet], using="purge")
        transaction.set_rollback(True, using="purge")
    with scope(SYSTEME):
        assert Cle.objects.count() == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE socle_cle SET objet = 'autre'", "INSERT INTO socle_compteur (nom) VALUES ('x')", "CREATE TABLE t (i int)"]
)
def test_the_purge_role_makes_nothing(base_reelle, statement):
    with pytest.raises(Exception, match="permission denied"), connections["purge"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_old_jobs_and_old_treatments_go(now):
    with transaction.atomic():
        fait = journal.record("essai.suivi", uuid7(), by=SYSTEME, at=now)
    Traitement.objects.create(fait_id=fait.id, handler="a", at=now - timedelta(days=61))
    Traitement.objects.create(fait_id=fait.id, handler="b", at=now - timedelta(days=59))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        cursor.execute("SELECT max(at) FROM procrastinate_events")
        at = cursor.fetchone()[0]
    assert purges.purge_jobs(min(now, at)) == 1
    assert list(Traitement.objects.values_list("handler", flat=True)) == ["b"]
    assert purges.purge_jobs(at + timedelta(days=31)) == 2
