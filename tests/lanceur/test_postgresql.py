"""The embedded PostgreSQL: made, started, killed, started again."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.harnais.lieux import dossier

from lanceur import enfants  # isort: skip
from lanceur.postgresql import SANS_DURABILITE, SOCKET_MAX, Serveur, find_binaries, readable_binaries  # isort: skip

pytestmark = pytest.mark.base


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    with tempfile.TemporaryDirectory(prefix="psl-essai-") as lieu:
        Path(lieu).chmod(0o711)
        binaires = readable_binaries(find_binaries(Path(sys.prefix)), dossier())
        un = Serveur(Path(lieu), binaires, journal=Path(lieu) / "journal.log", reglages=SANS_DURABILITE)
        un.create()
        un.start()
        yield un
        un.stop()


def test_three_roles_and_a_base_of_the_owner(serveur: Serveur) -> None:
    with psycopg.connect(serveur.url("postgres")) as connection:
        roles = connection.execute("SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname LIKE 'psl%' ORDER BY 1").fetchall()
        owner = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'psl'").fetchall()
    assert roles == [("psl_application", False, False), ("psl_proprietaire", False, False), ("psl_purge", False, False)]
    assert owner == [("psl_proprietaire",)]


def test_it_listens_on_its_socket_only(serveur: Serveur) -> None:
    with psycopg.connect(serveur.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchall() == [("",)]
    assert serveur.prise is not None
    assert serveur.prise.stat().st_mode & 0o777 == 0o700


def test_a_killed_server_starts_again_on_its_socket(serveur: Serveur) -> None:
    _execute(serveur, "CREATE TABLE t AS SELECT 7 AS x")
    prise = serveur.prise
    assert serveur.process is not None
    os.kill(serveur.process.pid, signal.SIGKILL)
    serveur.process.wait()
    serveur.restart()
    assert (serveur.prise, _execute(serveur, "SELECT x FROM t")) == (prise, [(7,)])


def test_a_server_left_by_a_killed_launcher_is_stopped_first(serveur: Serveur) -> None:
    suivant = Serveur(serveur.dossier, serveur.binaires, journal=serveur.journal, reglages=SANS_DURABILITE)
    suivant.start()
    assert serveur.process is not None
    assert (serveur.process.wait(5), _execute(suivant, "SELECT 1")) == (0, [(1,)])
    suivant.stop()


def test_a_stale_pid_file_is_no_obstacle(serveur: Serveur) -> None:
    serveur.stop()
    (serveur.donnees / "postmaster.pid").write_text(f"{os.getpid()}\n{serveur.donnees}\n", encoding="utf-8")
    serveur.start()
    assert _execute(serveur, "SELECT 1") == [(1,)]


def test_a_long_temporary_folder_keeps_the_socket_short(serveur: Serveur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serveur.stop()
    serveur.prise = None
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    serveur.start()
    assert len(f"{serveur.prise}/.s.PGSQL.5432") < SOCKET_MAX


def test_the_server_dies_with_whoever_started_it(serveur: Serveur) -> None:
    """The server of a launcher killed outright is stopped by the kernel's signal, cleanly."""
    serveur.stop()
    code = f"""
import sys, time
sys.path.insert(0, {str(Path(sys.modules["lanceur"].__file__ or "").parents[1])!r})
from pathlib import Path
from lanceur import enfants  # isort: skip
from lanceur.postgresql import Serveur
un = Serveur(Path({str(serveur.dossier)!r}), Path({str(serveur.binaires)!r}), journal=Path({str(serveur.journal)!r}))
un.start()
print(un.process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as lanceur:
        assert lanceur.stdout is not None
        pid = int(lanceur.stdout.readline())
        lanceur.kill()
    assert enfants.wait_gone(pid, 10)


def _execute(serveur: Serveur, order: str) -> list[tuple[object, ...]]:
    with psycopg.connect(serveur.url("postgres"), autocommit=True) as connection:
        cursor = connection.execute(order)
        return cursor.fetchall() if cursor.description and order.startswith("SELECT") else []
