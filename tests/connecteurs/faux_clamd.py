"""A peer that speaks clamd's protocol on a loopback socket, and misbehaves when told."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader

from psl.connecteurs.antivirus.demonstration import EICAR

STREAM_MAX = 25_000_000


@contextmanager
def clamd(conduite: str = "") -> Iterator[str]:
    """Serve on a free port; `conduite`: "" (as clamd does), "muet", "raccroche", "limite", "charabia",
    "lent" (a byte now and then), or the very answer to a scan, in bytes written as text.
    """
    serveur = socket.create_server(("127.0.0.1", 0))
    serveur.settimeout(10)
    fil = threading.Thread(target=_serve, args=(serveur, conduite), daemon=True)
    fil.start()
    try:
        yield f"tcp://127.0.0.1:{serveur.getsockname()[1]}"
    finally:
        serveur.shutdown(socket.SHUT_RDWR)  # wakes accept
        serveur.close()
        fil.join(timeout=5)


def _serve(serveur: socket.socket, conduite: str) -> None:
    while True:
        try:
            prise, _ = serveur.accept()
        except OSError:
            return
        with prise:
            _answer(prise, conduite)


def _answer(prise: socket.socket, conduite: str) -> None:
    prise.settimeout(5)
    fichier = prise.makefile("rb")
    commande = _read_command(fichier)
    if conduite == "raccroche":
        return
    if conduite == "charabia":
        prise.sendall(b"stream: peut-etre\0")
        return
    if commande == b"zPING\0":
        prise.sendall(b"PONG\0")
        return
    contenu = b""
    while taille := int.from_bytes(fichier.read(4)):
        contenu += fichier.read(taille)
        if conduite == "limite":
            prise.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    _conclude(prise, fichier, conduite, EICAR in contenu)


def _conclude(prise: socket.socket, fichier: BufferedReader, conduite: str, est_infecte: bool) -> None:
    if conduite == "muet":
        fichier.read(1)
    elif conduite == "lent":
        with suppress(OSError):  # the other end has left
            for octet in b"stream: OK\0":
                time.sleep(0.1)
                prise.sendall(bytes([octet]))
    elif conduite:
        with suppress(OSError):
            prise.sendall(conduite.encode("latin-1"))
    else:
        prise.sendall(b"stream: Eicar-Test-Signature FOUND\0" if est_infecte else b"stream: OK\0")


def _read_command(fichier: object) -> bytes:
    commande = b""
    while not commande.endswith(b"\0"):
        octet = fichier.read(1)  # type: ignore[attr-defined]
        if not octet:
            return commande
        commande += octet
    return commande
