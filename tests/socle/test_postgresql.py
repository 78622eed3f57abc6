"""The engine sees that its connection is gone without a statement."""

import time

from django.db import connection

from tests.harnais.base import BaseReelle

OURS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def test_a_healthy_connection_is_asked_nothing(base_reelle: BaseReelle) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'la dernière'")
    assert connection.is_usable() is True
    with base_reelle.connect("postgres") as administration:
        rows = administration.execute(f"SELECT query {OURS}").fetchall()
    assert [row[0] for row in rows] == ["SELECT 'la dernière'"]


def test_a_killed_connection_is_replaced_by_the_next_request(base_reelle: BaseReelle) -> None:
    connection.ensure_connection()
    first = connection.connection
    with base_reelle.connect("postgres") as administration:
        administration.execute(f"SELECT pg_terminate_backend(pid) {OURS}")
    until = time.monotonic() + 10
    while connection.is_usable() and time.monotonic() < until:
        time.sleep(0.01)
    connection.close_if_unusable_or_obsolete()
    connection.health_check_enabled = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert connection.connection is not first


def test_no_connection_is_not_usable(base_reelle: BaseReelle) -> None:
    connection.close()
    assert connection.is_usable() is False
