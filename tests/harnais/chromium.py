"""Finding a browser: on PATH, else Debian's, installed when this machine lets us (root, apt)."""

import os
import shutil
import subprocess

NOMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_or_install() -> str | None:
    """Return the program's path, or None."""
    return _find() or (_install() and _find()) or None


def _find() -> str | None:
    return next((path for nom in NOMS if (path := shutil.which(nom))), None)


def _install() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    orders = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    return all(subprocess.run(order, env=environ, capture_output=True, check=False).returncode == 0 for order in orders)
