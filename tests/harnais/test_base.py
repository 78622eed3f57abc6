"""What every test with a base may rely on."""

import socket
import subprocess
import sys

import pytest
from django.db import ProgrammingError, connection, connections

from tests.harnais.base import BaseReelle
from tests.harnais.lieux import RACINE


def _who() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_a_test_is_the_application_and_changes_no_table() -> None:
    assert _who() == "psl_application"
    with pytest.raises(ProgrammingError, match="permission denied for schema public"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE interdite (x int)")


def test_a_real_base_has_its_roles(base_reelle: BaseReelle) -> None:
    roles = [connections[alias].settings_dict["USER"] for alias in ("default", "purge")]
    with connections["purge"].cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert (roles, cursor.fetchone()) == (["psl_application", "psl_purge"], ("psl_purge", base_reelle.nom))


def test_a_real_base_commits(base_reelle: BaseReelle) -> None:
    with base_reelle.connect("psl_proprietaire") as owner, base_reelle.connect() as application:
        owner.execute("CREATE TABLE essai (x int)")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO essai VALUES (7)")
        assert application.execute("SELECT x FROM essai").fetchall() == [(7,)]


def test_a_process_reaches_the_real_base(base_reelle: BaseReelle) -> None:
    code = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    print(cursor.execute("SELECT current_database()").fetchone()[0])
"""
    environ = {**base_reelle.environment(), "DJANGO_SETTINGS_MODULE": "psl.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=RACINE, env=environ, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (base_reelle.nom, "")


def test_outside_is_closed() -> None:
    with pytest.raises(PermissionError, match="ne joignent que cette machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
