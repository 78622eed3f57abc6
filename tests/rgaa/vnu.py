"""The Nu HTML checker: npm's package run by Java, started once for all pages. Both are installed when this machine lets us."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from tests.harnais.lieux import RACINE

VERSION = "26.9.27"
DOSSIER = RACINE / ".outils" / f"vnu-{VERSION}"
JAR = DOSSIER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ABSENT = "vérificateur HTML Nu absent : il faut Java, npm et le registre de npm"


def find_or_install() -> list[str] | None:
    """Return the command that starts the checker, or None."""
    if shutil.which("java") is None:
        _apt("default-jre-headless")
    if not JAR.exists() and shutil.which("npm"):
        DOSSIER.mkdir(parents=True, exist_ok=True)
        command = [
            "npm",
            "install",
            "--prefix",
            str(DOSSIER),
            "--no-save",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            f"vnu-jar@{VERSION}",
        ]
        subprocess.run(command, capture_output=True, check=False, timeout=180)
    java = shutil.which("java")
    return [java, "-Xss2m", "-jar", str(JAR)] if java and JAR.exists() else None


def _apt(paquet: str) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for ordre in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", paquet]):
        subprocess.run(ordre, env=environ, capture_output=True, check=False)


def check(command: list[str], dossier: Path) -> list[str]:
    """Return what is wrong in the pages of a folder: errors and warnings, with their page and line."""
    done = subprocess.run(
        [*command, "--format", "json", "--no-langdetect", "--skip-non-html", str(dossier)],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    messages = json.loads(done.stderr)["messages"]
    return [f"{Path(un['url']).stem} l. {un.get('lastLine', 0)} : {un['message']} — {un.get('extract', '').strip()}" for un in messages]
