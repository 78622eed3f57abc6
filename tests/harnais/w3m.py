"""The text browser: w3m, from Debian's package, installed when this machine lets us."""

import os
import shutil
import subprocess
from collections.abc import Callable

import pytest

ABSENT = "w3m absent : installez w3m pour lire les pages dans un navigateur en mode texte"
LIRE = ["-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "100"]


@pytest.fixture(scope="session")
def en_texte() -> Callable[[str], str]:
    """Return what reads a page as text, its blanks made single."""
    programme = shutil.which("w3m") or (_install() and shutil.which("w3m"))
    if not programme:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{ABSENT} : sous CI, c'est un échec.")
        pytest.skip(ABSENT)

    def read(html: str) -> str:
        done = subprocess.run([programme, *LIRE], input=html, capture_output=True, text=True, check=True)
        return " ".join(done.stdout.split())

    return read


def _install() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ordres = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "w3m"])
    return all(subprocess.run(ordre, env=environ, capture_output=True, check=False).returncode == 0 for ordre in ordres)
