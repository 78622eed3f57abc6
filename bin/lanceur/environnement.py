"""The environment `.venv`: made from the locked, hashed requirements by uv, itself brought by pip into `.outils`. Idempotent."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lanceur import interprete
from lanceur.panne import Panne

if TYPE_CHECKING:
    from collections.abc import Iterator

RACINE = Path(__file__).resolve().parents[2]
OUTILS = RACINE / ".outils"
VENV = RACINE / ".venv"
PYTHON = VENV / "bin" / "python"
TEMOIN = VENV / "psl-verrou"  # which lock the environment was made from: "base:<digest>" or "dev:<digest>"

SANS_PYTHON = (
    "Il faut Python 3.12 ou plus récent, et il n'a pas pu être téléchargé : installez-le (par exemple apt-get install python3.13, "
    "ou pyenv install 3.13), puis recommencez."
)
SANS_PIP = (
    "Il faut pip ou uv pour préparer l'environnement : installez l'un des deux (Debian : apt-get install python3-pip), puis recommencez."
)


def ensure(verrou: str) -> None:
    """Bring the environment to the lock `base` (what runs) or `dev` (what runs and what tests); quick when it is there already.

    An environment once made for tests stays so: `base` is a part of `dev`.
    """
    if _is_ready(verrou):
        return
    with _alone():
        if _is_ready(verrou):
            return
        if _witness().startswith("dev:"):
            verrou = "dev"
        print("Préparation de l'environnement Python…", flush=True)
        uv = _find_uv()
        _make_venv(uv)
        # One of ours is brought exactly to the lock; one made by hand, or just made, is completed.
        verb = ["sync"] if _witness() else ["install", "-r"]
        TEMOIN.unlink(missing_ok=True)
        _run(uv, "pip", *verb, str(_lock(verrou)), "--quiet", "--require-hashes", "--python", str(PYTHON))
        TEMOIN.write_text(f"{verrou}:{_digest(verrou)}", encoding="utf-8")


def child_environment() -> dict[str, str]:
    """Return the environment of Python processes of ours: the tree importable from anywhere, compiled code kept between starts."""
    environ = {cle: valeur for cle, valeur in os.environ.items() if cle not in {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "VIRTUAL_ENV"}}
    return {**environ, "PYTHONPATH": str(RACINE), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


def _is_ready(verrou: str) -> bool:
    accepted = {f"dev:{_digest('dev')}"} | ({f"base:{_digest('base')}"} if verrou == "base" else set())
    return _witness() in accepted and PYTHON.exists()


def _witness() -> str:
    try:
        return TEMOIN.read_text(encoding="utf-8")
    except OSError:
        return ""


def _lock(verrou: str) -> Path:
    return RACINE / "requirements" / f"{verrou}.txt"


def _digest(verrou: str) -> str:
    return hashlib.sha256(_lock(verrou).read_bytes()).hexdigest()[:16]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    OUTILS.mkdir(exist_ok=True)
    with (OUTILS / "verrou").open("w") as fichier:
        fcntl.flock(fichier, fcntl.LOCK_EX)
        yield


def _make_venv(uv: str) -> None:
    if PYTHON.exists() and subprocess.run([str(PYTHON), "-I", "-c", interprete.ESSAI], capture_output=True, check=False).returncode == 0:
        return
    python = interprete.find() or _download_python(uv)
    _run(uv, "venv", "--quiet", "--clear", "--python", str(python), str(VENV))


def _download_python(uv: str) -> Path:
    try:
        _run(uv, "python", "install", "--quiet", "3.13")
        found = subprocess.run([uv, "python", "find", "3.13"], capture_output=True, text=True, env=_uv_environment(), check=True)
    except (Panne, subprocess.CalledProcessError):
        raise Panne(SANS_PYTHON) from None
    return Path(found.stdout.strip())


def _find_uv() -> str:
    """Return uv: ours, at the locked version; when pip cannot bring it, the one on PATH."""
    ours = OUTILS / "uv" / "bin" / "uv"
    temoin = OUTILS / "uv" / _digest("outils")
    if not temoin.exists() and _pip_install(OUTILS / "uv"):
        temoin.touch()
    found = str(ours) if temoin.exists() else shutil.which("uv")
    if not found:
        raise Panne(SANS_PIP)
    return found


def _pip_install(cible: Path) -> bool:
    shutil.rmtree(cible, ignore_errors=True)
    for python in dict.fromkeys([str(interprete.find() or ""), sys.executable, shutil.which("python3") or ""]):
        if not python:
            continue
        options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--target", str(cible)]
        command = [python, "-m", "pip", "install", *options, "-r", str(_lock("outils"))]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return True
    return False


def _run(uv: str, *arguments: str) -> None:
    done = subprocess.run([uv, *arguments], cwd=RACINE, env=_uv_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Panne(f"« uv {' '.join(arguments[:2])} » échoue : {done.stderr.strip()}")


def _uv_environment() -> dict[str, str]:
    """Return uv's environment: the machine's own certificates (administrations have theirs)."""
    ours = {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_INSTALL_DIR": str(OUTILS / "python"), "UV_LINK_MODE": "hardlink"}
    if not os.environ.get("HOME"):
        ours["UV_CACHE_DIR"] = str(OUTILS / "cache")
    return {**{cle: valeur for cle, valeur in os.environ.items() if cle != "VIRTUAL_ENV"}, **ours}
