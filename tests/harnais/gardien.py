"""The keeper of the tests' PostgreSQL: starts it, and stops it a second after the last test process went, even killed.

One per tree and user. Test processes hold `usage.lock` shared as long as they live; the keeper stops the server when it can
take that lock alone.
"""

import atexit
import contextlib
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tests.harnais.lieux import RACINE, dossier

from lanceur.postgresql import SANS_DURABILITE, Serveur, find_binaries, readable_binaries  # isort: skip

_tenu: list[TextIO] = []


def prise() -> Path:
    """Return the folder of the server's socket, starting the server if it is not on, and keep it on while this process lives."""
    lieu = dossier()
    with verrou(lieu / "depart.lock"):
        if not _tenu:
            _tenu.append((lieu / "usage.lock").open("w"))
            atexit.register(_tenu[0].close)
            fcntl.flock(_tenu[0], fcntl.LOCK_SH)
        if not ((lieu / "adresse").exists() and _is_kept(lieu)):
            with verrou(lieu / "gardien.lock"):  # a keeper that is stopping its server
                pass
            _start(lieu)
        return Path((lieu / "adresse").read_text(encoding="utf-8"))


@contextlib.contextmanager
def verrou(path: Path) -> Iterator[None]:
    with path.open("w") as fichier:
        fcntl.flock(fichier, fcntl.LOCK_EX)
        yield


def _is_kept(lieu: Path) -> bool:
    with (lieu / "gardien.lock").open("w") as fichier:
        try:
            fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _start(lieu: Path) -> None:
    (lieu / "adresse").unlink(missing_ok=True)
    with (lieu / "gardien.log").open("w") as journal:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.harnais.gardien"],
            cwd=RACINE,
            env={**os.environ, "PYTHONPATH": str(RACINE)},
            stdin=subprocess.DEVNULL,
            stdout=journal,
            stderr=journal,
            start_new_session=True,
        )
    until = time.monotonic() + 60
    while not (lieu / "adresse").exists():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"Le PostgreSQL des essais ne démarre pas :\n{(lieu / 'gardien.log').read_text(encoding='utf-8')}")
        time.sleep(0.05)
    process.returncode = 0  # it outlives us on purpose: no warning about a process left running


def keep() -> None:
    """Start the server (made again when it cannot start: nothing durable is in it), watch, stop."""
    lieu = dossier()
    with (lieu / "gardien.lock").open("w") as tenu:
        fcntl.flock(tenu, fcntl.LOCK_EX | fcntl.LOCK_NB)
        binaires = readable_binaries(find_binaries(Path(sys.prefix)), lieu)
        reglages = (*SANS_DURABILITE, "max_connections=200", "shared_buffers=256MB", "autovacuum=off", "max_wal_size=4GB")
        serveur = Serveur(lieu, binaires, journal=lieu / "postgresql.log", reglages=reglages)
        _start_or_remake(serveur)
        (lieu / "brouillon").write_text(str(serveur.prise), encoding="utf-8")
        (lieu / "brouillon").rename(lieu / "adresse")
        while serveur.is_alive() and not _is_over(lieu):
            time.sleep(1)
        serveur.stop()


def _start_or_remake(serveur: Serveur) -> None:
    if serveur.exists:
        with contextlib.suppress(Exception):
            serveur.start()
            return
        serveur.stop()
    serveur.create()
    serveur.start()


def _is_over(lieu: Path) -> bool:
    """Say whether no test process is left; the address is withdrawn under the lock that a newcomer must take."""
    with (lieu / "depart.lock").open("w") as depart, (lieu / "usage.lock").open("w") as usage:
        try:
            fcntl.flock(depart, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        (lieu / "adresse").unlink(missing_ok=True)
        return True


if __name__ == "__main__":
    keep()
