"""Clock, identifiers, technical log, roles."""

import json
import logging
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from psl.socle import clock
from psl.socle.errors import OneLine, Refus
from psl.socle.uuid7 import uuid7


def test_now_is_aware_and_days_are_local():
    assert clock.now().tzinfo is UTC
    moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert clock.local_date(moment) == date(2027, 1, 1)
    assert clock.local_date(moment, "America/Martinique") == date(2026, 12, 31)


def test_the_clock_shifts_in_the_demonstration_only(monkeypatch, settings):
    monkeypatch.setenv("PSL_HORLOGE", str(31 * 86_400))
    clock._shift.cache_clear()
    assert (clock.now() - datetime.now(UTC)).days in {30, 31}
    settings.EST_DEMONSTRATION = False
    clock._shift.cache_clear()
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5
    clock._shift.cache_clear()


def test_identifiers_are_version_7_and_sort_by_time():
    moment = datetime(2026, 11, 23, 12, 0, 0, 123_456, tzinfo=UTC)
    made = uuid7(moment)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(moment.timestamp() * 1_000)
    later = [uuid7(datetime(2026, 11, 23, 12, 0, 0, micro, tzinfo=UTC)) for micro in range(0, 1_000_000, 997)]
    assert later == sorted(later)
    assert len({uuid7(moment) for _ in range(1_000)}) == 1_000
    assert isinstance(uuid7(), UUID)


def test_a_refusal_passes_through_a_context_manager():
    refus = Refus("incomplet", "Il manque votre nom.", champs={"nom": "Écrivez votre nom."})
    assert (refus.statut, refus.champs, refus.detail) == (409, {"nom": "Écrivez votre nom."}, {})


def line(message, *arguments, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    return OneLine().format(logging.LogRecord("psl", logging.INFO, "ici.py", 1, message, arguments, info))


def test_a_log_line_is_one_harmless_line():
    written = line("nom %s", 'Élise\r\n{"faux": 1}\x1b[2J\u202e\u2028\x9b\ud800')
    assert json.loads(written)["message"] == 'nom Élise\r\n{"faux": 1}\x1b[2J\u202e\u2028\x9b\ud800'
    assert [
        character for character in written if character < " " or "\x7f" <= character <= "\x9f" or character in "\u202e\u2028\ud800"
    ] == []
    assert "Élise" in written


def test_a_log_line_tells_an_exception_without_what_it_quotes():
    try:
        try:
            int("Dupont")
        except ValueError as cause:
            raise KeyError("1 rue des Lilas") from cause
    except KeyError as error:
        written = line("échec", error=error)
    told = json.loads(written)["erreur"]
    assert told.startswith("builtins.KeyError (")
    assert "cause : builtins.ValueError" in told
    assert "Dupont" not in written
    assert "Lilas" not in written


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE t (i int)",
        "ALTER TABLE socle_cle DISABLE ROW LEVEL SECURITY",
        "DROP POLICY portee ON socle_cle",
        "TRUNCATE socle_cle",
        "DELETE FROM django_migrations",
        "SET ROLE psl_proprietaire",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_change_what_guards_it(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_neither_role_is_more_than_it_should(base_reelle):
    for alias, role in (("default", "psl_application"), ("purge", "psl_purge")):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (role, False, False, False)
