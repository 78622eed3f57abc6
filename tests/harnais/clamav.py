"""The real clamd, once per run, with a base of one line: EICAR. Debian's package, installed when this machine lets us."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from psl.connecteurs.antivirus.demonstration import EICAR

ABSENT = "clamd absent : installez clamav-daemon pour essayer le vrai antivirus"
CONF = """DatabaseDirectory {dossier}/base
TCPSocket {port}
TCPAddr 127.0.0.1
Foreground yes
StreamMaxLength 64M
SelfCheck 86400
"""


@pytest.fixture(scope="session")
def vrai_clamd() -> Iterator[str]:
    """Give the address of a running clamd that knows one virus."""
    programme = _find() or (_install() and _find())
    if not programme:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{ABSENT} : sous CI, c'est un échec.")
        pytest.skip(ABSENT)
    with tempfile.TemporaryDirectory(prefix="psl-clamd-") as nom, socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
        libre.close()
        dossier = Path(nom)
        (dossier / "base").mkdir()
        (dossier / "base" / "psl.ndb").write_text(f"Psl.Eicar:0:*:{EICAR.hex()}\n", encoding="ascii")
        (dossier / "clamd.conf").write_text(CONF.format(dossier=dossier, port=port), encoding="ascii")
        with (dossier / "journal").open("wb") as journal:
            demon = subprocess.Popen([programme, f"--config-file={dossier}/clamd.conf"], stdout=journal, stderr=journal)
        try:
            _wait(port, demon, dossier / "journal")
            yield f"tcp://127.0.0.1:{port}"
        finally:
            demon.terminate()
            demon.wait(10)


def _wait(port: int, demon: subprocess.Popen[bytes], journal: Path) -> None:
    until = time.monotonic() + 30
    while demon.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"clamd ne démarre pas : {journal.read_text(encoding='utf-8', errors='replace')[-500:]}")


def _find() -> str | None:
    return next((chemin for nom in ("clamd", "/usr/sbin/clamd") if (chemin := shutil.which(nom))), None)


def _install() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ordres = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "clamav-daemon"])
    return all(subprocess.run(ordre, env=environ, capture_output=True, check=False).returncode == 0 for ordre in ordres)
