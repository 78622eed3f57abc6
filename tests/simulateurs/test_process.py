"""The simulators as a process: caught by SMTP, read by HTTP, stopped clean."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from psl.connecteurs.messagers.smtp import MessagerSMTP
from psl.courriers.message import build, return_path
from psl.courriers.messager import MessagerError
from psl.socle.uuid7 import uuid7
from tests.harnais.lieux import RACINE

AT = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)


@dataclass
class Simulateurs:
    """Where they answer."""

    http: int
    smtp: int
    process: subprocess.Popen[bytes]

    def get(self, chemin: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http}{chemin}", timeout=5) as reponse:
            return json.load(reponse)


def start(etat: Path, **autres: str) -> Simulateurs:
    with socket.create_server(("127.0.0.1", 0)) as un, socket.create_server(("127.0.0.1", 0)) as deux:
        http, smtp = un.getsockname()[1], deux.getsockname()[1]
    environ = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("PSL_", "DJANGO_", "DATABASE_"))}
    environ |= {"PSL_ETAT": str(etat), "PYTHONPATH": str(RACINE), **autres}
    commande = [sys.executable, "-m", "psl.simulateurs", "--http", str(http), "--smtp", str(smtp)]
    process = subprocess.Popen(commande, cwd=RACINE, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return Simulateurs(http, smtp, process)


@pytest.fixture
def simulateurs(tmp_path: Path) -> Iterator[Simulateurs]:
    uns = start(tmp_path)
    with uns.process as process:
        assert process.stdout is not None
        assert "Boîte aux lettres" in process.stdout.readline().decode()
        yield uns
        process.terminate()
        process.wait(10)


def send(simulateurs: Simulateurs, vers: str) -> None:
    envoi = uuid7(AT)
    message = build(envoi, vers=vers, objet="Votre code", corps="048213\n", langue="fr", at=AT)
    MessagerSMTP("127.0.0.1", simulateurs.smtp).send(message, retour=return_path(envoi))


def test_a_message_sent_is_a_message_read(simulateurs: Simulateurs) -> None:
    assert simulateurs.get("/sante") == {"etat": "ok", "messages": 0}
    send(simulateurs, "camille@example.org")
    (lu,) = simulateurs.get("/messages.json?vers=camille")
    assert (lu["objet"], lu["texte"].strip(), lu["vers"]) == ("Votre code", "048213", ["camille@example.org"])
    assert lu["retour"].startswith("bounces+")


@pytest.mark.parametrize(
    ("vers", "permanent"), [("rebond@example.org", True), ("Rebond.deux@example.org", True), ("plein@example.org", False)]
)
def test_some_addresses_misbehave(simulateurs: Simulateurs, vers: str, permanent: bool) -> None:
    with pytest.raises(MessagerError) as refus:
        send(simulateurs, vers)
    assert refus.value.permanent is permanent
    assert simulateurs.get("/messages.json") == []


def test_a_signal_stops_them(simulateurs: Simulateurs) -> None:
    debut = time.monotonic()
    simulateurs.process.send_signal(signal.SIGINT)
    assert simulateurs.process.wait(5) == 0
    assert time.monotonic() - debut < 3


def test_they_refuse_a_real_platform(tmp_path: Path) -> None:
    uns = start(tmp_path, PSL_PLATEFORME="production", PSL_SECRET="x" * 50)
    sortie, _ = uns.process.communicate(timeout=20)
    assert (uns.process.returncode, sortie.decode()) == (2, "Les simulateurs ne servent qu'à la démonstration.\n")
