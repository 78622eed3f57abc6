"""Finding a Python: 3.12 or later, on PATH, among pyenv's, among uv's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

MINIMUM = (3, 12)
PREFEREES = ("3.13", "3.12", "3.14")
ESSAI = "import ssl, ctypes, sys; print('%d.%d' % sys.version_info[:2])"


def find() -> Path | None:
    """Return the interpreter to make the environment with, or None."""
    trouves: dict[str, Path] = {}
    for path in _candidates():
        version = _version(path)
        if version in PREFEREES:
            trouves.setdefault(version, path)
        if PREFEREES[0] in trouves:
            break
    return next((trouves[version] for version in PREFEREES if version in trouves), None)


def _candidates() -> list[Path]:
    ours = [Path(sys.executable)] if sys.executable and sys.version_info >= MINIMUM else []
    on_path = [shutil.which(nom) for nom in (*(f"python{version}" for version in PREFEREES), "python3", "python")]
    home = Path(os.environ.get("HOME") or Path.home())
    dossiers = [Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions", home / ".local" / "share" / "uv" / "python"]
    installees = [path for dossier in dossiers for path in sorted(_listing(dossier), reverse=True)]
    return [*ours, *(Path(nom) for nom in on_path if nom), *installees]


def _listing(dossier: Path) -> list[Path]:
    try:
        return list(dossier.glob("*3.1[2-4]*/bin/python3"))
    except OSError:
        return []


def _version(path: Path) -> str:
    """Return "3.13", or nothing when it does not run (a pyenv shim whose version is not chosen, a closed folder)."""
    try:
        done = subprocess.run([str(path), "-I", "-c", ESSAI], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
