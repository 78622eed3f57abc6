"""A web server of the platform alone, on a base of its own, and a usager without script who talks HTTP to it."""

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.harnais import bases
from tests.harnais.lieux import RACINE
from tests.harnais.plateforme import free_ports

OUVRIERS = 2
_JETON = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_HORLOGE = os.sysconf("SC_CLK_TCK")


@dataclass
class Web:
    """The server: its port, its processes, its base."""

    port: int
    process: subprocess.Popen[bytes]
    base: bases.Base
    etat: str
    environ: dict[str, str]

    def cpu(self) -> float:
        """Return the CPU time (user and system, ms) its processes used so far."""
        return sum(_cpu(pid) for pid in [self.process.pid, *_children(self.process.pid)])

    def memory(self) -> float:
        """Return the memory (MB, proportional share) of its processes."""
        return sum(_pss(pid) for pid in [self.process.pid, *_children(self.process.pid)])


@contextmanager
def web(workers: int = OUVRIERS, **reglages: str) -> Iterator[Web]:
    """Start granian on a fresh base, durable as in production (synchronous_commit on), and stop it."""
    etat = tempfile.mkdtemp(prefix="psl-banc-")
    base = bases.copy(etat=etat)
    port = free_ports()
    environ = {**base.environ(etat), "PSL_ADRESSE": f"http://127.0.0.1:{port}", "PSL_SMTP_PORT": str(port + 2), **reglages}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning", "psl.wsgi:application"]
    process = subprocess.Popen(command, cwd=RACINE, env=environ)
    une = Web(port, process, base, etat, environ)
    try:
        _wait(une)
        yield une
    finally:
        process.terminate()
        process.wait(30)
        bases.drop(base)


def _wait(une: Web) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if Client(une.port).get("/aide").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("le serveur du banc ne répond pas")


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(child) for child in path.read_text().split()] if path.exists() else []
    return own + [grand for child in own for grand in _children(child)]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / _HORLOGE


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@dataclass
class Reponse:
    """An answer: its status, where it sends, its body as it travelled."""

    status: int
    location: str
    octets: bytes

    @property
    def texte(self) -> str:
        return self.octets.decode()


@dataclass
class Client:
    """A browser without script nor images: cookies, CSRF tokens, one kept connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    jeton: str = ""
    entetes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> Reponse:
        return self._ask("GET", path, None, {})

    def post(self, path: str, donnees: Mapping[str, str]) -> Reponse:
        corps = urllib.parse.urlencode({"csrfmiddlewaretoken": self.jeton, **donnees})
        return self._ask("POST", path, corps, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, verbe: str, path: str, corps: str | None, entetes: dict[str, str]) -> Reponse:
        cookie = "; ".join(f"{nom}={valeur}" for nom, valeur in self.cookies.items())
        headers = {"Accept-Language": "fr", **self.entetes, **entetes, **({"Cookie": cookie} if cookie else {})}
        self.connection.request(verbe, path.partition("#")[0], corps, headers)
        recu = self.connection.getresponse()
        octets = recu.read()
        for brut in recu.headers.get_all("Set-Cookie") or []:
            nom, _, reste = brut.partition("=")
            self.cookies[nom] = reste.partition(";")[0]
        if recu.headers.get("Content-Encoding") is None and (trouve := _JETON.search(octets.decode(errors="replace"))):
            self.jeton = trouve.group(1)
        return Reponse(recu.status, recu.headers.get("Location") or "", octets)
