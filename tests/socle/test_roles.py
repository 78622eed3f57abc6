"""The three roles on a server of one's own, and what migrations make append-only."""

import psycopg
import pytest

from psl.socle.postgresql.migrations_sql import append_only
from tests.harnais import serveur


def administer(postgresql, *statements):
    with psycopg.connect(host=str(postgresql.prise), dbname="psl", user="postgres", autocommit=True) as raw:
        for statement in statements:
            raw.execute(statement)


@pytest.mark.base
def test_missing_roles_are_asked_for_in_words_or_made():
    with serveur.alone() as (postgresql, environ):
        administer(postgresql, "DROP ROLE psl_purge")
        refused = serveur.migrate(environ)
        assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
        assert "Il manque des rôles dans PostgreSQL : psl_purge." in refused.stderr
        assert "    CREATE ROLE psl_purge LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;" in refused.stderr
        administer(postgresql, "ALTER ROLE psl_proprietaire CREATEROLE")
        assert serveur.migrate(environ).returncode == 0
        assert serveur.migrate(environ).returncode == 0


def statuses(base, role, *statements):
    """Return, for each statement run alone under a role, whether it passed."""
    passed = []
    with base.connect(role) as raw:
        for statement in statements:
            try:
                raw.execute(statement)
                passed.append(True)
            except psycopg.errors.InsufficientPrivilege:
                passed.append(False)
    return passed


TRIES = ("UPDATE essai SET a = NULL", "UPDATE essai SET a = 2", "UPDATE essai SET b = NULL", "DELETE FROM essai", "TRUNCATE essai")


@pytest.mark.parametrize(
    ("options", "purge"),
    [
        ({}, [False, False, False, False, False]),
        ({"purge_delete": True}, [False, False, False, True, False]),
        ({"purge_null": ["a"]}, [True, False, False, False, False]),
        ({"purge_null": ["a", "b"], "purge_delete": True}, [False, False, False, True, False]),
    ],
)
def test_an_append_only_table_gives_the_purge_what_was_said_and_nobody_anything(base_reelle, options, purge):
    operation = append_only("essai", **options)
    with base_reelle.connect("psl_proprietaire") as owner:
        owner.execute("CREATE TABLE essai (a int, b int)")
        owner.execute(operation.sql)
        owner.execute("INSERT INTO essai VALUES (1, 1)")
    for role in ("psl_application", "psl_proprietaire", "postgres"):
        assert statuses(base_reelle, role, *TRIES) == [False] * 5
    assert statuses(base_reelle, "psl_purge", *TRIES) == purge
    with base_reelle.connect("psl_proprietaire") as owner:
        owner.execute(operation.reverse_sql)
        assert statuses(base_reelle, "psl_application", TRIES[0], TRIES[3]) == [True, True]
