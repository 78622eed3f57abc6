"""The SMTP catcher, in this process."""

import os
import signal
import socket
import threading
from pathlib import Path

import pytest

from psl.connecteurs.messagers.smtp import MessagerSMTP
from psl.courriers.messager import MessagerError
from psl.simulateurs import __main__ as programme
from psl.simulateurs.attrapeur import make_controller
from psl.simulateurs.boite import Boite
from tests.connecteurs.contrat_messager import ID, message


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        return int(libre.getsockname()[1])


def test_what_is_sent_is_caught_and_some_addresses_misbehave(tmp_path: Path) -> None:
    boite, port = Boite(tmp_path), free_port()
    controleur = make_controller(boite, port)
    controleur.start()
    messager = MessagerSMTP("127.0.0.1", port)
    try:
        messager.send(message("camille@example.org"), retour="bounces+1@psl.example.org")
        rendus = []
        for vers in ("rebond@example.org", "plein@example.org"):
            with pytest.raises(MessagerError) as refus:
                messager.send(message(vers), retour="bounces+1@psl.example.org")
            rendus.append(refus.value.permanent)
    finally:
        controleur.stop()
    (courriel,) = boite.search()
    assert (courriel.vers, courriel.retour, courriel.objet) == (
        ("camille@example.org",),
        "bounces+1@psl.example.org",
        "Votre demande n° 1 – reçue",
    )
    assert f"<{ID.hex}@psl.example.org>".encode() in courriel.brut
    assert rendus == [True, False]


def test_the_program_serves_until_a_signal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    http, smtp = free_port(), free_port()
    avant = {signe: signal.getsignal(signe) for signe in (signal.SIGTERM, signal.SIGINT)}
    minuterie = threading.Timer(0.5, os.kill, [os.getpid(), signal.SIGTERM])
    minuterie.start()
    try:
        assert programme.main(["--http", str(http), "--smtp", str(smtp)]) == 0
    finally:
        minuterie.join()
        for signe, gestionnaire in avant.items():
            signal.signal(signe, gestionnaire)
    assert capsys.readouterr().out == f"Boîte aux lettres : http://127.0.0.1:{http}/ ; courriels reçus sur 127.0.0.1:{smtp}\n"
