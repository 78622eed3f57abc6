"""`make run` itself, with its embedded base: ready, refused twice, killed, started again, stopped."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harnais.lieux import RACINE
from tests.harnais.plateforme import free_ports, logs

pytestmark = pytest.mark.navigateur  # no browser, but the whole platform: one at a time
LANCER = [sys.executable, str(RACINE / "bin" / "lancer")]


class Lancement:
    """A launcher of its own state folder and ports."""

    def __init__(self, etat: Path) -> None:
        self.etat = etat
        self.port = free_ports()
        hors = ("PSL_", "DATABASE_URL", "DJANGO_")
        self.environ = {cle: valeur for cle, valeur in os.environ.items() if not cle.startswith(hors)}
        self.environ |= {"PSL_ETAT": str(etat), "PORT": str(self.port)}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        journal = self.etat / "lancer.log"
        with journal.open("w") as sortie:
            self.process = subprocess.Popen([*LANCER, "lancer"], env=self.environ, stdout=sortie, stderr=sortie, stdin=subprocess.DEVNULL)
        until = time.monotonic() + 90
        while "PSL tourne" not in journal.read_text(encoding="utf-8"):
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(logs(self.etat))
            time.sleep(0.05)

    def order(self, *ordre: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*LANCER, *ordre], env=self.environ, capture_output=True, text=True, check=False)

    def processes(self) -> list[str]:
        """Return the commands of every process that was told this state folder, the launcher left out."""
        ours = []
        for dossier in Path("/proc").glob("[0-9]*"):
            try:
                environ = (dossier / "environ").read_bytes()
                commande = (dossier / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if f"PSL_ETAT={self.etat}".encode() in environ and "bin/lancer" not in commande:
                ours.append(commande)
        return ours


@pytest.fixture
def lancement(tmp_path: Path) -> Iterator[Lancement]:
    un = Lancement(tmp_path)
    yield un
    un.order("arreter")
    un.order("oublier")
    assert not un.etat.exists()


def test_the_platform_starts_is_killed_starts_again_and_stops(lancement: Lancement) -> None:
    lancement.start()
    with urllib.request.urlopen(f"http://127.0.0.1:{lancement.port}/sante", timeout=5) as reponse:
        assert all(json.load(reponse)["parties"].values())

    deuxieme = lancement.order("lancer")
    assert (deuxieme.returncode, "tourne déjà" in deuxieme.stderr) == (1, True)

    ailleurs = Lancement(lancement.etat / "ailleurs")
    ailleurs.environ["PORT"] = str(lancement.port)
    pris = ailleurs.order("lancer")
    assert (pris.returncode, pris.stderr.startswith(f"Le port {lancement.port} est déjà pris")) == (1, True)

    assert lancement.process is not None
    lancement.process.send_signal(signal.SIGKILL)
    lancement.process.wait()
    assert _empties(lancement)

    lancement.start()
    lancement.process.send_signal(signal.SIGTERM)
    assert (lancement.process.wait(30), lancement.processes()) == (0, [])


def _empties(lancement: Lancement) -> bool:
    until = time.monotonic() + 10
    while lancement.processes() and time.monotonic() < until:
        time.sleep(0.1)
    return lancement.processes() == []
