"""What is done before the platform starts, once per change of what it depends on: tables, data, assets."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lanceur import enfants, etat, processus
from lanceur.environnement import PYTHON, RACINE
from lanceur.panne import Panne

if TYPE_CHECKING:
    import subprocess

VERROU = "requirements/base.txt"


@dataclass(frozen=True)
class Tache:
    """A command of bin/psl, and the files whose change asks for it again."""

    commande: str
    phrase: str
    motifs: tuple[str, ...]


MIGRER = Tache("migrer", "Préparation de la base", ("psl/*/migrations/*.py", VERROU))
DEMONSTRATION = Tache(
    "demonstration",
    "Chargement des communes, des démarches et des comptes de démonstration",
    ("donnees/**/*", "catalogue/**/*", "psl/annuaire/**/*.py", "psl/demarches/*.py", "psl/langage/**/*.py", "psl/commandes/*.py"),
)
ASSETS = Tache(
    "assets",
    "Préparation des feuilles de style, des scripts et des traductions",
    (
        *(f"psl/portails/**/*.{sorte}" for sorte in ("css", "js", "po", "html", "svg")),
        "psl/portails/theme/*.py",
        "psl/commandes/assets.py",
        VERROU,
    ),
)


class EnCours:
    """A task that runs beside what the launcher does meanwhile; a task already done is over at once."""

    def __init__(self, tache: Tache, lieu: etat.Etat, environ: dict[str, str], arret: processus.Arret, *autres: str) -> None:
        self.tache = tache
        self.arret = arret
        self.journal = lieu.journaux / f"{tache.commande}.log"
        self.empreinte = etat.digest(tache.motifs, *autres)
        self.memoire = assets_folder().parent / "fait.json" if tache is ASSETS else lieu.dossier / "fait.json"
        self.process: subprocess.Popen[bytes] | None = None
        if not etat.is_done(self.memoire, tache.commande, self.empreinte):
            print(f"{tache.phrase}…", flush=True)
            with self.journal.open("wb") as sortie:
                self.process = processus.spawn([str(PYTHON), "-m", "psl.commandes", tache.commande], environ, sortie)

    def wait(self) -> None:
        """Wait for the end; what it said is shown when it failed."""
        if self.process is None:
            return
        try:
            while self.process.poll() is None:
                self.arret.check()
                time.sleep(0.02)
        finally:
            enfants.stop(self.process)
        if self.process.returncode:
            fin = self.journal.read_text(encoding="utf-8", errors="replace").strip()[-2000:]
            raise Panne(f"« bin/psl {self.tache.commande} » échoue :\n{fin}\n(journal entier : {self.journal})")
        etat.mark_done(self.memoire, self.tache.commande, self.empreinte)


def assets_folder() -> Path:
    return Path(os.environ.get("PSL_ASSETS") or RACINE / "build" / "assets")


def assets_state() -> str:
    """Return what else the built assets depend on: the theme, and that they are there."""
    return f"{os.environ.get('PSL_THEME', '')} {assets_folder().is_dir()}"
