"""The processes of the platform: started, watched, started again when they die, stopped together."""

from __future__ import annotations

import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lanceur import enfants
from lanceur.environnement import RACINE

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

ATTENTES = (0.5, 1, 2, 5, 15, 30)  # seconds before each new start; forgotten after a minute of good health
JOURNAL_MAX = 10_000_000


class Interrompu(Exception):  # noqa: N818 -- somebody asked to stop: not an error
    """A stop was asked during the start."""


class Arret:
    """Whether somebody asked to stop: Ctrl-C, SIGTERM, a closed terminal."""

    def __init__(self) -> None:
        self.demande = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.demande = True

    def check(self) -> None:
        if self.demande:
            raise Interrompu


@dataclass
class Processus:
    """One process of ours, and what it takes to start it again."""

    nom: str
    commande: list[str]
    environ: dict[str, str]
    journal: Path
    si_orphelin: int = signal.SIGKILL  # the kernel's signal when the launcher is killed; one with children must stop them itself
    process: subprocess.Popen[bytes] | None = None
    demarre: float = 0
    morts: int = 0
    prochain: float = 0
    sortie: BinaryIO | None = field(default=None, repr=False)

    def start(self) -> None:
        self.sortie = self.sortie or open_journal(self.journal)
        self.process = spawn(self.commande, self.environ, self.sortie, self.si_orphelin)
        self.demarre = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process:
            enfants.stop(self.process)
        if self.sortie:
            self.sortie.close()

    def revive(self) -> str:
        """Start again when dead and when it is time; return what happened, in words, or nothing."""
        if self.is_alive() or self.process is None:
            return ""
        now = time.monotonic()
        if not self.prochain:
            enfants.kill_group(self.process.pid)
            self.morts = 0 if now - self.demarre > 60 else self.morts + 1
            self.prochain = now + ATTENTES[min(self.morts, len(ATTENTES) - 1)]
            return f"« {self.nom} » s'est arrêté (code {self.process.returncode}) : relance. Journal : {self.journal}"
        if now >= self.prochain:
            self.prochain = 0
            self.start()
        return ""

    def last_words(self) -> str:
        return self.journal.read_text(encoding="utf-8", errors="replace").strip()[-1500:]


def spawn(commande: list[str], environ: dict[str, str], sortie: BinaryIO, si_orphelin: int = signal.SIGKILL) -> subprocess.Popen[bytes]:
    """Start a process in its own group, which dies with us."""
    return subprocess.Popen(
        commande,
        cwd=RACINE,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=sortie,
        stderr=sortie,
        start_new_session=True,
        preexec_fn=enfants.tie_to_parent(si_orphelin),  # noqa: PLW1509 -- no thread here
    )


def open_journal(path: Path) -> BinaryIO:
    """Open a log to append to; one that grew large is set aside first."""
    if path.exists() and path.stat().st_size > JOURNAL_MAX:
        path.replace(path.with_suffix(".ancien.log"))
    return path.open("ab")
