"""A PostgreSQL of one test alone, which may be killed, and whose roles may be changed."""

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
    """Make a server with an empty base; give it with the environment of a process on it."""
    lieu = Path(tempfile.mkdtemp(prefix="psl-seul-"))
    lieu.chmod(0o755)
    serveur = Serveur(lieu, readable_binaries(find_binaries(Path(sys.prefix)), dossier()), journal=lieu / "journal")
    try:
        serveur.create()
        serveur.start()
        yield serveur, _environ(serveur, lieu)
    finally:
        serveur.stop()
        shutil.rmtree(lieu, ignore_errors=True)


def migrate(environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "psl.commandes", "migrer"]
    return subprocess.run(command, cwd=RACINE, env=environ, check=False, capture_output=True, text=True)


def kill_and_restart(serveur: Serveur) -> None:
    """Kill the server as it stands, then start it again on the same socket."""
    if serveur.process is None:
        raise AssertionError("le serveur n'a pas démarré")
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
