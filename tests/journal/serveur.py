"""A PostgreSQL of one test alone, which may be killed."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harnais.lieux import RACINE, dossier

from lanceur import enfants  # isort: skip
from lanceur.panne import Panne  # isort: skip
from lanceur.postgresql import Serveur, find_binaries, readable_binaries  # isort: skip


@contextmanager
def alone() -> Iterator[tuple[Serveur, dict[str, str]]]:
    """Make a server with the house's tables; give it with the environment of a process on it."""
    lieu = Path(tempfile.mkdtemp(prefix="psl-seul-"))
    lieu.chmod(0o755)
    serveur = Serveur(lieu, readable_binaries(find_binaries(Path(sys.prefix)), dossier()), journal=lieu / "journal")
    try:
        serveur.create()
        serveur.start()
        environ = _environ(serveur, lieu)
        subprocess.run([sys.executable, "-m", "psl.commandes", "migrer"], cwd=RACINE, env=environ, check=True, capture_output=True)
        yield serveur, environ
    finally:
        serveur.stop()
        shutil.rmtree(lieu, ignore_errors=True)


def kill_and_restart(serveur: Serveur) -> None:
    """Kill every process of the server at once, then start it again on the same socket."""
    assert serveur.process
    enfants.kill_group(serveur.process.pid)
    serveur.process.wait()
    for _ in range(50):
        try:
            return serveur.start()
        except Panne:  # its last processes still hold the shared memory
            time.sleep(0.2)
    raise AssertionError("le serveur ne repart pas")


def _environ(serveur: Serveur, lieu: Path) -> dict[str, str]:
    ours = {
        "DATABASE_URL": serveur.url("psl_application"),
        "DATABASE_URL_PROPRIETAIRE": serveur.url("psl_proprietaire"),
        "DATABASE_URL_PURGE": serveur.url("psl_purge"),
        "PSL_ETAT": str(lieu / "etat"),
        "PYTHONPATH": str(RACINE),
    }
    return {cle: valeur for cle, valeur in os.environ.items() if not cle.startswith(("PSL_", "DJANGO_"))} | ours
