"""Files sent by HTTP to the real server: streamed, encrypted on the way, cut when they do not end."""

import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from tests.harnais.lieux import RACINE

LIMITE = "fichier-trop-gros"


@dataclass
class Serveur:
    """The tiny site under granian, and one client's CSRF token."""

    port: int
    jeton: str

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def send(self, prise: socket.socket, corps: bytes, *, longueur: int | None = None, chemin: str = "/envoi") -> None:
        entete = (
            f"POST {chemin} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: csrf={self.jeton}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary=BORD\r\nContent-Length: {len(corps) if longueur is None else longueur}\r\n\r\n"
        )
        prise.sendall(entete.encode() + corps)

    def read(self, prise: socket.socket) -> tuple[int, dict[str, Any]]:
        """Return the status and the JSON of an answer, read to its end."""
        recu = b""
        while morceau := prise.recv(65_536):
            recu += morceau
        entete, _, corps = recu.partition(b"\r\n\r\n")
        if b"chunked" in entete:
            corps = corps.split(b"\r\n")[1]
        return int(entete.split()[1]), json.loads(corps) if corps.startswith(b"{") else {}

    def post(self, corps: bytes, *, chemin: str = "/envoi") -> tuple[int, dict[str, Any]]:
        with self.connect() as prise:
            self.send(prise, corps, chemin=chemin)
            return self.read(prise)

    def tenue(self) -> dict[str, Any]:
        with self.connect() as prise:
            prise.sendall(b"GET /tenue HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return self.read(prise)[1]

    def form(self, *fichiers: tuple[str, bytes], jeton: str | None = None, fin: bytes = b"--BORD--\r\n") -> bytes:
        champs = {"csrfmiddlewaretoken": self.jeton if jeton is None else jeton, "texte": "Éloïse"}
        parts = [f'--BORD\r\nContent-Disposition: form-data; name="{nom}"\r\n\r\n{valeur}\r\n'.encode() for nom, valeur in champs.items()]
        for nom, contenu in fichiers:
            entete = f'--BORD\r\nContent-Disposition: form-data; name="fichier"; filename="{nom}"\r\nContent-Type: application/pdf\r\n\r\n'
            parts.append(entete.encode() + contenu + b"\r\n")
        return b"".join(parts) + fin


@pytest.fixture(scope="module")
def serveur(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serveur]:
    etat = tmp_path_factory.mktemp("televersement")
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    environ = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("PSL_", "DJANGO_", "DATABASE_"))}
    environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.pieces.essai.reglages",
        "PSL_ETAT": str(etat),
        "PYTHONPATH": str(RACINE),
        "PSL_FICHIER_MO": "60",
    }
    commande = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    with tempfile.TemporaryFile() as journal:
        process = subprocess.Popen(
            [*commande, "tests.pieces.essai.porte:application"], cwd=RACINE, env=environ, stdout=journal, stderr=journal
        )
    try:
        yield Serveur(port, _token(port))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _token(port: int) -> str:
    for _ in range(150):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as prise:
                prise.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                recu = b"".join(iter(lambda: prise.recv(65_536), b"")).decode()
                return recu.split("csrf=")[1].split(";")[0]
        except (OSError, IndexError):
            time.sleep(0.1)
    raise AssertionError("le serveur d'essai ne démarre pas")


def test_files_arrive_whole_with_the_form_around_them(serveur: Serveur) -> None:
    un, deux = os.urandom(3_000_000), b"%PDF-1.7"
    statut, lu = serveur.post(serveur.form(("Pièce n°1.pdf", un), ("../deux.pdf", deux)))
    assert statut == 200
    assert lu == {
        "texte": "Éloïse",
        "recus": [
            ["Pièce n°1.pdf", 3_000_000, hashlib.sha256(un).hexdigest()],
            ["deux.pdf", 8, hashlib.sha256(deux).hexdigest()],
        ],
    }


def test_fifty_megabytes_cost_no_memory_and_leave_nothing(serveur: Serveur) -> None:
    serveur.post(serveur.form(("avant.pdf", b"x")))
    avant = serveur.tenue()
    contenu = os.urandom(50_000_000)
    assert serveur.post(serveur.form(("gros.pdf", contenu)))[1]["recus"] == [["gros.pdf", 50_000_000, hashlib.sha256(contenu).hexdigest()]]
    apres = serveur.tenue()
    assert apres["memoire_ko"] - avant["memoire_ko"] < 20_000
    assert apres["tampons"] == []


def test_a_file_over_the_limit_is_refused_at_its_place(serveur: Serveur) -> None:
    statut, lu = serveur.post(serveur.form(("trop.pdf", bytes(60_000_001)), ("bon.pdf", b"%PDF")))
    assert (statut, lu["texte"]) == (200, "Éloïse")
    assert lu["recus"] == [["trop.pdf", 60_000_001, LIMITE], ["bon.pdf", 4, hashlib.sha256(b"%PDF").hexdigest()]]


def test_two_gigabytes_are_refused_without_being_read(serveur: Serveur) -> None:
    with serveur.connect() as prise:
        debut = time.monotonic()
        serveur.send(prise, serveur.form(("enorme.pdf", b"x" * 1000), fin=b""), longueur=2 * 1024**3)
        statut, lu = serveur.read(prise)
    assert time.monotonic() - debut < 2
    assert (statut, lu["refus"]) == (413, LIMITE)
    assert lu["phrase"] == "Cet envoi dépasse la taille permise : 60 Mo par fichier. Réduisez le fichier ou envoyez-le en plusieurs fois."


def test_no_file_chosen_is_said(serveur: Serveur) -> None:
    assert serveur.post(serveur.form())[1]["refus"] == "fichier-absent"
    assert serveur.post(serveur.form(("", b"")))[1]["refus"] == "fichier-absent"


def test_a_forged_form_is_refused(serveur: Serveur) -> None:
    assert serveur.post(serveur.form(("a.pdf", b"x"), jeton="0" * 32))[0] == 403
    assert serveur.post(serveur.form(("a.pdf", b"x"), jeton=""))[0] == 403


def test_a_body_that_is_no_form_is_refused(serveur: Serveur) -> None:
    statut, lu = serveur.post(
        b"--BORD\r\nContent-Disposition: form-data; name=x\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--BORD--\r\n"
    )
    assert statut in {400, 403}
    assert lu.get("refus") in {None, "envoi-interrompu"}


def test_rules_may_be_asked_before_the_body_is_read(serveur: Serveur) -> None:
    assert serveur.post(serveur.form(("a.pdf", bytes(1_001)), ("b.pdf", bytes(1_000))), chemin="/petit")[1]["recus"] == [
        ["a.pdf", 1_001, LIMITE],
        ["b.pdf", 1_000, None],
    ]
    with serveur.connect() as prise:
        serveur.send(prise, b"", longueur=50_000, chemin="/petit?etranger")
        assert serveur.read(prise)[0] == 404


def test_a_client_who_leaves_leaves_nothing(serveur: Serveur) -> None:
    with serveur.connect() as prise:
        serveur.send(prise, serveur.form(("coupe.pdf", bytes(2_000_000)), fin=b""), longueur=10_000_000)
        assert _until(lambda: serveur.tenue()["tampons"] != [])
    assert _until(lambda: serveur.tenue()["tampons"] == [])


def test_d8_clients_who_stop_sending_are_let_go(serveur: Serveur) -> None:
    ouverts = serveur.tenue()["ouverts"]
    with ExitStack() as pile:
        prises = [pile.enter_context(serveur.connect()) for _ in range(3)]
        for prise in prises:
            serveur.send(prise, serveur.form(("lent.pdf", bytes(200_000)), fin=b""), longueur=10_000_000)
        reponses = [serveur.read(prise) for prise in prises]
    assert [(statut, lu["refus"]) for statut, lu in reponses] == [(408, "envoi-trop-lent")] * 3
    assert serveur.post(serveur.form(("bon.pdf", b"%PDF")))[0] == 200
    assert _until(lambda: serveur.tenue()["ouverts"] <= ouverts + 1)


def test_more_stopped_clients_than_threads_do_not_stop_the_server(serveur: Serveur) -> None:
    with ExitStack() as pile:
        for _ in range(12):
            prise = pile.enter_context(serveur.connect())
            serveur.send(prise, serveur.form(("lent.pdf", bytes(200_000)), fin=b""), longueur=10_000_000)
        assert _until(lambda: _is_served(serveur), secondes=15)


def test_d8_a_trickle_is_a_stop(serveur: Serveur) -> None:
    debut = time.monotonic()
    with serveur.connect() as prise:
        serveur.send(prise, serveur.form(("goutte.pdf", bytes(200_000)), fin=b""), longueur=10_000_000)
        while not _is_closed(prise) and time.monotonic() - debut < 15:
            time.sleep(0.2)
    assert time.monotonic() - debut < 10


def test_a_slow_but_steady_client_is_served(serveur: Serveur) -> None:
    corps = serveur.form(("lent.pdf", bytes(700_000)))
    with serveur.connect() as prise:
        serveur.send(prise, corps[:100_000], longueur=len(corps))
        for debut in range(100_000, len(corps), 100_000):
            time.sleep(0.5)
            prise.sendall(corps[debut : debut + 100_000])
        assert serveur.read(prise)[0] == 200


def _is_served(serveur: Serveur) -> bool:
    """Say whether a good file gets through; waiting in line with stopped clients of the same address, it may be cut with them."""
    try:
        return serveur.post(serveur.form(("bon.pdf", b"%PDF")))[0] == 200
    except (OSError, IndexError):
        return False


def _is_closed(prise: socket.socket) -> bool:
    """Send a drop more; say whether the server has had enough."""
    try:
        prise.sendall(b"x" * 10)
    except OSError:
        return True
    return False


def _until(question: Any, secondes: float = 5) -> bool:
    fin = time.monotonic() + secondes
    while time.monotonic() < fin:
        if question():
            return True
        time.sleep(0.1)
    return bool(question())
