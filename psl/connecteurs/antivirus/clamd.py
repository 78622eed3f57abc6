"""Antivirus by clamd (ClamAV): the INSTREAM command of clamd(8), over TCP or a unix socket, with limits of time and size."""

import socket
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from psl.pieces.antivirus import Avis, Verdict

SECONDES_PAR_ECHANGE = 10
SECONDES_EN_TOUT = 120
MORCEAU = 65_536
REPONSE_MAX = 4_096


class AntivirusClamd:
    """Streams to clamd. Anything but a clear answer in time is `indisponible`: the file is then not accepted."""

    def __init__(self, adresse: str = "") -> None:
        self._nom = adresse or settings.ANTIVIRUS_ADRESSE
        self._adresse = urlsplit(self._nom)

    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        limite = time.monotonic() + SECONDES_EN_TOUT
        try:
            with self._connect() as prise:
                return self._read_verdict(self._stream(prise, chunks, limite))
        except OSError as error:
            return Verdict(Avis.INDISPONIBLE, error.strerror or type(error).__name__)

    def check(self) -> list[str]:
        try:
            with self._connect() as prise:
                prise.sendall(b"zPING\0")
                reponse = _receive(prise)
        except OSError as error:
            return [f"L'antivirus ne répond pas à {self._nom} : {error.strerror or type(error).__name__}."]
        return [] if reponse == "PONG" else [f"L'antivirus répond {reponse!r} au lieu de PONG."]

    def _connect(self) -> socket.socket:
        if self._adresse.scheme == "unix":
            prise = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            prise.settimeout(SECONDES_PAR_ECHANGE)
            try:
                prise.connect(self._adresse.path)
            except OSError:
                prise.close()
                raise
            return prise
        return socket.create_connection((self._adresse.hostname or "127.0.0.1", self._adresse.port or 3310), SECONDES_PAR_ECHANGE)

    def _stream(self, prise: socket.socket, chunks: Iterable[bytes], limite: float) -> str:
        prise.sendall(b"zINSTREAM\0")
        try:
            for chunk in chunks:
                for debut in range(0, len(chunk), MORCEAU):
                    if time.monotonic() > limite:
                        raise TimeoutError(0, "L'antivirus prend trop de temps")
                    morceau = chunk[debut : debut + MORCEAU]
                    prise.sendall(len(morceau).to_bytes(4) + morceau)
            prise.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            # Over its own StreamMaxLength clamd says so and stops reading: whatever it says then, the whole was not scanned.
            reponse = _receive(prise)
            return f"interrompu: {reponse}" if reponse else ""
        return _receive(prise, limite)

    @staticmethod
    def _read_verdict(reponse: str) -> Verdict:
        """Read `stream: OK`, `stream: <name> FOUND`, or an error (clamd(8)): to the letter, as what is sane is said in one way only."""
        if reponse == "stream: OK":
            return Verdict(Avis.SAIN)
        if reponse.startswith("stream: ") and reponse.endswith(" FOUND"):
            return Verdict(Avis.INFECTE, reponse.removeprefix("stream: ").removesuffix(" FOUND"))
        return Verdict(Avis.INDISPONIBLE, reponse or "L'antivirus a raccroché sans répondre")


def _receive(prise: socket.socket, limite: float | None = None) -> str:
    """Return one answer, up to its NUL. What is cut short, too long, or followed by something else is told as such, never as an answer."""
    limite = time.monotonic() + SECONDES_PAR_ECHANGE if limite is None else limite
    recu = b""
    while b"\0" not in recu and len(recu) < REPONSE_MAX:
        prise.settimeout(max(limite - time.monotonic(), 0.01))
        if not (suite := prise.recv(REPONSE_MAX)):
            break
        recu += suite
    texte, fin, reste = recu.partition(b"\0")
    lu = texte[:200].decode("utf-8", "replace").strip()
    if recu and (not fin or reste):
        return f"réponse incomplète ou double : {lu}"
    return lu
