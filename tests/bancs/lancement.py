"""The whole platform as `make run` starts it, for the benchmarks that load it or kill it, and its processes."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.harnais.lieux import RACINE
from tests.harnais.plateforme import free_ports

MOTS = {"web": "granian", "travaux": "psl.commandes\0worker", "postgres": "postgres"}


@dataclass(frozen=True)
class Lancee:
    """A platform that runs: its port, its launcher, its state folder."""

    port: int
    lanceur: int
    etat: Path

    @property
    def url(self) -> str:
        """The address of its base, as the owner."""
        return str(json.loads((self.etat / "environnement.json").read_text())["DATABASE_URL_PROPRIETAIRE"])

    def psl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of bin/psl on it."""
        environ = {**os.environ, "PSL_ETAT": str(self.etat)}
        command = [sys.executable, "-m", "psl.commandes", *arguments]
        return subprocess.run(command, cwd=RACINE, env=environ, capture_output=True, text=True, check=False)

    def pids(self, cible: str) -> list[int]:
        """Return its processes of a kind: web, travaux, postgres."""
        return [pid for pid in descendants(self.lanceur) if MOTS[cible] in command_line(pid)]


@contextmanager
def platform(**reglages: str) -> Iterator[Lancee]:
    """Start `make run` on free ports and a state folder of its own, and stop it."""
    etat = Path(tempfile.mkdtemp(prefix="psl-banc-"))
    port = free_ports()
    environ = {**os.environ, "PSL_ETAT": str(etat), "PORT": str(port), **reglages}
    with (etat / "lancer.log").open("w") as sortie:
        process = subprocess.Popen([sys.executable, "bin/lancer", "lancer"], cwd=RACINE, env=environ, stdout=sortie, stderr=sortie)
    try:
        _wait(etat)
        yield Lancee(port, process.pid, etat)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(etat, ignore_errors=True)


def _wait(etat: Path) -> None:
    until = time.monotonic() + 120
    while "PSL tourne" not in (etat / "lancer.log").read_text(encoding="utf-8"):
        if time.monotonic() > until:
            raise RuntimeError((etat / "lancer.log").read_text(encoding="utf-8"))
        time.sleep(0.2)


def command_line(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    return ""


def descendants(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        own = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return own + [grand for child in own for grand in descendants(child)]
    return []
