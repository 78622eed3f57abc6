"""The antivirus of `make run`: the machine's clamd, started by us with the signatures found; else the demonstration's."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from lanceur.processus import Processus

if TYPE_CHECKING:
    from lanceur.etat import Etat

SIGNATURES = Path(os.environ.get("PSL_CLAMAV_BASE", "/var/lib/clamav"))
SORTES = (".cvd", ".cld", ".cud", ".ndb", ".hdb", ".hsb", ".ldb")
CONNECTEUR = "psl.connecteurs.antivirus.clamd.AntivirusClamd"
CONF = """DatabaseDirectory {base}
LocalSocket {prise}
LocalSocketMode 600
Foreground yes
StreamMaxLength 64M
"""


def find() -> str | None:
    """Return clamd, when it is there with signatures that we may read; None when an environment has chosen already."""
    if os.environ.get("PSL_ANTIVIRUS"):
        return None
    programme = shutil.which("clamd") or shutil.which("/usr/sbin/clamd")
    try:
        lisibles = [un for un in SIGNATURES.iterdir() if un.suffix in SORTES and os.access(un, os.R_OK)]
    except OSError:
        lisibles = []
    return programme if lisibles else None


def describe() -> str:
    """Return in a line which antivirus answers."""
    if os.environ.get("PSL_ANTIVIRUS"):
        return f"Antivirus : {os.environ['PSL_ANTIVIRUS']}"
    return (
        "Antivirus : clamd"
        if find()
        else "Antivirus : celui de la démonstration, qui ne connaît qu'EICAR (clamd ou ses signatures manquent)"
    )


def settings(etat: Etat) -> dict[str, str]:
    """Return what the platform is told of the antivirus; nothing when it is the demonstration's or somebody else's choice."""
    return {"PSL_ANTIVIRUS": CONNECTEUR, "PSL_ANTIVIRUS_ADRESSE": f"unix://{_socket(etat)}"} if find() else {}


def process(etat: Etat, environ: dict[str, str]) -> Processus | None:
    """Return clamd as a process of ours, under the user who launches, or None."""
    programme = find()
    if programme is None:
        return None
    conf = etat.dossier / "clamd.conf"
    conf.write_text(CONF.format(base=SIGNATURES, prise=_socket(etat)), encoding="utf-8")
    return Processus("antivirus", [programme, f"--config-file={conf}"], environ, etat.journaux / "antivirus.log")


def _socket(etat: Etat) -> Path:
    return etat.dossier / "clamd.sock"
