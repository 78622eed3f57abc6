"""Cuts the connection of a client who stops sending, so that no thread waits for them for ever.

The server gives no time limit to the read of a body, and a read left behind in another thread freezes its process: the connection
itself must end. The sockets of this process are looked at as the kernel shows them (Linux); elsewhere, or behind a proxy that speaks
through a unix socket, nothing is cut and the proxy's own time limits hold.
"""

import errno
import os
import socket
import stat
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

SILENCE_MAX = 30.0  # seconds that 64 KiB may take to come
DUREE_MAX = 600.0  # seconds that a whole body may take
DEBIT_MIN = 65_536  # bytes
_DESCRIPTEURS = Path("/proc/self/fd")
_RECUS = 128  # place of tcpi_bytes_received in struct tcp_info (linux/tcp.h)


@dataclass
class Suivi:
    """One body being read: from which address, at which port of ours, since when, and whether it was cut."""

    adresse: str
    port: int = 0
    debut: float = field(default_factory=time.monotonic)
    avance: float = field(default_factory=time.monotonic)
    attente: float = 0.0  # the longest wait for bytes so far
    est_coupe: bool = False
    releve: dict[int, int] = field(default_factory=dict)

    def advance(self) -> None:
        """Say that bytes came."""
        self.attente = max(self.attente, self.silence())
        self.avance = time.monotonic()
        self.releve = {}

    def is_too_long(self) -> bool:
        """Say whether the body takes too long as a whole."""
        return time.monotonic() - self.debut > DUREE_MAX

    def has_stopped(self) -> bool:
        """Say whether bytes have all but stopped coming: this body was cut, or another of the same address took it along."""
        return self.est_coupe or max(self.attente, self.silence()) > SILENCE_MAX / 2

    def silence(self) -> float:
        return time.monotonic() - self.avance


_suivis: list[Suivi] = []
_verrou = threading.Lock()
_fil: threading.Thread | None = None


@contextmanager
def watch(adresse: str, port: int) -> Iterator[Suivi]:
    """Watch over the read of a body that comes from a peer address to a port of ours."""
    suivi = Suivi(adresse.removeprefix("::ffff:"), port)
    with _verrou:
        _suivis.append(suivi)
    _start()
    try:
        yield suivi
    finally:
        with _verrou:
            _suivis.remove(suivi)


def _start() -> None:
    global _fil  # noqa: PLW0603 -- one watchman per process, gone when there is nothing to watch
    with _verrou:
        if _fil is None or not _fil.is_alive():
            _fil = threading.Thread(target=_patrol, name="psl-veille", daemon=True)
            _fil.start()


def _patrol() -> None:
    global _fil  # noqa: PLW0603
    while True:
        with _verrou:
            if not _suivis:
                _fil = None
                return
            suivis = list(_suivis)
        for suivi in suivis:
            _look(suivi, suivi.silence())
        time.sleep(min(1.0, SILENCE_MAX / 4))


def _look(suivi: Suivi, silence: float) -> None:
    """Note what each connection of the address has received at half time; cut those that have hardly received more at the end."""
    if silence > SILENCE_MAX:
        # Set first: the reader wakes as soon as the connection is cut. Tried again while it does not.
        suivi.est_coupe = True
        for descripteur, recus in _received(suivi).items():
            if recus - suivi.releve.get(descripteur, recus - DEBIT_MIN) < DEBIT_MIN:
                _cut(descripteur)
    elif silence > SILENCE_MAX / 2 and not suivi.releve:
        suivi.releve = _received(suivi)


def _received(suivi: Suivi) -> dict[int, int]:
    """Return the bytes received by each TCP connection that the address made to our port, by its descriptor."""
    recus = {}
    for descripteur in _descriptors():
        with suppress(OSError, struct.error), _socket(descripteur) as prise:
            if _ends(prise) == (suivi.adresse, suivi.port):
                recus[descripteur] = struct.unpack_from("=Q", prise.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256), _RECUS)[0]
    return recus


def _descriptors() -> list[int]:
    try:
        return [int(nom) for nom in os.listdir(_DESCRIPTEURS)]
    except OSError:
        return []


def _ends(prise: socket.socket) -> tuple[str, int] | None:
    """Return who is at the other end and at which of our ports. Our own connections, to the database say, leave from other ports."""
    pair, ici = prise.getpeername(), prise.getsockname()
    return (str(pair[0]).removeprefix("::ffff:"), int(ici[1])) if isinstance(pair, tuple) else None


def _cut(descripteur: int) -> None:
    """End what comes in; what goes out, the refusal, still leaves."""
    with suppress(OSError), _socket(descripteur) as prise:
        prise.shutdown(socket.SHUT_RD)


@contextmanager
def _socket(descripteur: int) -> Iterator[socket.socket]:
    """Borrow a socket of this process. Raises OSError when the descriptor is none."""
    if not stat.S_ISSOCK(os.fstat(descripteur).st_mode):
        raise OSError(errno.ENOTSOCK, os.strerror(errno.ENOTSOCK))
    copie = os.dup(descripteur)
    try:
        prise = socket.socket(fileno=copie)
    except OSError:
        os.close(copie)
        raise
    with prise:
        yield prise
