"""The state folder: who holds it, what was already done in it, where its base is."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lanceur.environnement import RACINE
from lanceur.panne import Panne

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ABRI = Path("/var/lib/psl")  # as root the base lives here: a demoted user cannot reach into a closed home folder


class Etat:
    """The folder `.psl` (PSL_ETAT): closed to others, as the demonstration's keys and files are in it."""

    def __init__(self) -> None:
        self.dossier = Path(os.environ.get("PSL_ETAT") or RACINE / ".psl").absolute()
        self.journaux = self.dossier / "journaux"
        self.environnement = self.dossier / "environnement.json"

    def prepare(self) -> None:
        self.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.journaux.mkdir(exist_ok=True)

    @contextlib.contextmanager
    def held(self, adresse: str) -> Iterator[None]:
        """Hold the folder as long as the platform runs: the lock falls with the process, however it ends."""
        with (self.dossier / "lancer.verrou").open("a+") as fichier:
            try:
                fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Panne(self._already_running(fichier.name)) from None
            fichier.truncate(0)
            fichier.write(json.dumps({"pid": os.getpid(), "adresse": adresse}))
            fichier.flush()
            yield
            fichier.truncate(0)

    def holder(self) -> int | None:
        """Return the process that runs the platform from this folder, if any."""
        try:
            with (self.dossier / "lancer.verrou").open("r+") as fichier:
                fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return None
        except BlockingIOError:
            return int(_read_json(self.dossier / "lancer.verrou").get("pid", 0)) or None
        return None

    def base(self) -> Path:
        """Return the folder of the embedded base; as root it is drawn once under ABRI and remembered here."""
        if os.geteuid() != 0:
            return self.dossier / "base"
        memoire = self.dossier / "base.json"
        connu = _read_json(memoire).get("dossier")
        if connu and Path(connu).is_dir():
            return Path(connu)
        sweep(abri())
        nouveau = Path(tempfile.mkdtemp(prefix="base-", dir=ABRI))
        nouveau.chmod(0o711)
        (nouveau / "etat").write_text(str(self.dossier), encoding="utf-8")
        memoire.write_text(json.dumps({"dossier": str(nouveau)}), encoding="utf-8")
        return nouveau

    def forget(self) -> None:
        """Remove the base, the files, the keys: the next start begins anew."""
        if os.geteuid() == 0 and (connu := _read_json(self.dossier / "base.json").get("dossier")):
            shutil.rmtree(connu, ignore_errors=True)
        shutil.rmtree(self.dossier, ignore_errors=True)

    @staticmethod
    def _already_running(verrou: str) -> str:
        qui = _read_json(Path(verrou))
        return (
            f"La plateforme de ce dossier tourne déjà : {qui.get('adresse', '')} (processus {qui.get('pid', '?')}). "
            "Arrêtez-la par Ctrl-C dans son terminal, ou par « make arret »."
        )


def abri() -> Path:
    ABRI.mkdir(mode=0o711, exist_ok=True)
    ABRI.chmod(0o711)
    return ABRI


def sweep(abri: Path) -> None:
    """Remove the bases whose state folder is gone: their keys were in it, nobody can read them any more."""
    for base in abri.glob("base-*"):
        try:
            etat = Path((base / "etat").read_text(encoding="utf-8"))
        except OSError:
            continue
        is_running = (base / "donnees" / "postmaster.pid").exists()
        if not is_running and _read_json(etat / "base.json").get("dossier") != str(base):
            shutil.rmtree(base, ignore_errors=True)


def is_done(memoire: Path, tache: str, empreinte: str) -> bool:
    return _read_json(memoire).get(tache) == empreinte


def mark_done(memoire: Path, tache: str, empreinte: str) -> None:
    memoire.parent.mkdir(parents=True, exist_ok=True)
    memoire.write_text(json.dumps({**_read_json(memoire), tache: empreinte}), encoding="utf-8")


def digest(motifs: Sequence[str], *autres: str) -> str:
    """Return a digest of files of the tree and of what else a task depends on."""
    somme = hashlib.sha256("\0".join(autres).encode())
    for motif in motifs:
        for path in sorted(RACINE.glob(motif)):
            if path.is_file() and path.suffix != ".pyc":
                somme.update(f"{path.relative_to(RACINE)}\0".encode() + path.read_bytes())
    return somme.hexdigest()[:16]


def _read_json(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8") or "{}"))
    except (OSError, ValueError):
        return {}
