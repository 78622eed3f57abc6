"""The whole platform, really running: web, worker, simulators, on a base of its own, started by the launcher itself."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.harnais import bases
from tests.harnais.lieux import RACINE

ATTENTE = 90


@dataclass
class Plateforme:
    """Where the running platform answers, and what it runs on."""

    adresse: str
    courriels: str  # the mailbox page of the simulators
    base: bases.Base
    etat: Path
    environ: dict[str, str] = field(repr=False)
    process: subprocess.Popen[str] = field(repr=False)

    def psl(self, *arguments: str) -> str:
        """Run a command of bin/psl on the platform; return what it printed."""
        command = [sys.executable, "-m", "psl.commandes", *arguments]
        done = subprocess.run(command, cwd=RACINE, env=self.environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"bin/psl {' '.join(arguments)} : {done.stdout}{done.stderr}")
        return done.stdout

    def sante(self) -> dict[str, object]:
        with urllib.request.urlopen(f"{self.adresse}/sante", timeout=5) as reponse:
            return dict(json.load(reponse))


@pytest.fixture(scope="session")
def plateforme() -> Iterator[Plateforme]:
    """Start the platform once per run; every browser test runs in the same process (see ordre.py)."""
    etat = Path(tempfile.mkdtemp(prefix="psl-plateforme-"))
    base = bases.copy(etat=str(etat))
    une = start(base, etat)
    yield une
    stop(une)
    bases.drop(base)
    shutil.rmtree(etat)


def start(base: bases.Base, etat: Path, **reglages: str) -> Plateforme:
    """Launch on free ports and wait for /sante; `reglages` are more environment."""
    port = free_ports()
    environ = {**base.environ(str(etat)), "PORT": str(port), **reglages}
    journal = etat / "lancer.log"
    with journal.open("w") as sortie:
        command = [sys.executable, str(RACINE / "bin" / "lancer"), "lancer"]
        process = subprocess.Popen(command, cwd=RACINE, env=environ, stdout=sortie, stderr=sortie, stdin=subprocess.DEVNULL, text=True)
    adresse = f"http://127.0.0.1:{port}"
    une = Plateforme(adresse, f"http://127.0.0.1:{port + 1}", base, etat, {**environ, "PSL_ADRESSE": adresse}, process)
    until = time.monotonic() + ATTENTE
    while "PSL tourne" not in journal.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() > until:
            stop(une)
            raise RuntimeError(f"La plateforme des essais ne démarre pas :\n{logs(etat)}")
        time.sleep(0.1)
    return une


def stop(une: Plateforme) -> None:
    if une.process.poll() is None:
        une.process.send_signal(signal.SIGTERM)
        une.process.wait(60)


def logs(etat: Path) -> str:
    """Return the ends of what the processes said."""
    journaux = [etat / "lancer.log", *sorted((etat / "journaux").glob("*.log"))]
    return "\n".join(f"— {path.name}\n{path.read_text(encoding='utf-8', errors='replace')[-2000:]}" for path in journaux)


def free_ports() -> int:
    """Return the first of three free ports in a row; each test process looks in its own range."""
    for port in range(20000 + os.getpid() % 2000 * 10, 65000, 3):
        if all(_is_free(numero) for numero in range(port, port + 3)):
            return port
    raise RuntimeError("Aucun port libre.")


def _is_free(port: int) -> bool:
    with socket.socket() as essai:
        try:
            essai.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
