"""Reads the body of a request so that a client who stops sending holds nothing for long.

The server's read blocks for as long as the client likes: it is done in a thread of its own, and what waits for it gives up in time.
"""

import threading
import time
from collections.abc import Callable
from queue import Empty, Full, Queue

from psl.pieces import refus

MORCEAU = 65_536
SILENCE_MAX = 30.0
DUREE_MAX = 600.0
ENVOIS_MAX = 32  # readers alive in one process, those of stalled clients included

_places = threading.BoundedSemaphore(ENVOIS_MAX)


class Flux:
    """The body, `attendu` bytes long. Raises envoi-trop-lent, envoi-interrompu, envois-trop-nombreux (Refus)."""

    def __init__(self, lire: Callable[[int], bytes], attendu: int, *, silence: float = SILENCE_MAX, duree: float = DUREE_MAX) -> None:
        if not _places.acquire(blocking=False):
            raise refus.too_busy()
        self._lire = lire
        self._reste = attendu
        self._silence = silence
        self._fin = time.monotonic() + duree
        self._morceaux: Queue[bytes | OSError] = Queue(maxsize=4)
        self._tampon = b""
        self._ferme = threading.Event()
        threading.Thread(target=self._pump, name="psl-envoi", daemon=True).start()

    def read(self, taille: int = MORCEAU) -> bytes:
        """Return at most `taille` bytes; nothing at the end."""
        if not self._tampon and self._reste:
            self._tampon = self._next()
        pris, self._tampon = self._tampon[:taille], self._tampon[taille:]
        return pris

    def close(self) -> None:
        """Let the reader go; one that is blocked by its client ends with the connection."""
        self._ferme.set()

    def _next(self) -> bytes:
        try:
            morceau = self._morceaux.get(timeout=max(min(self._silence, self._fin - time.monotonic()), 0.001))
        except Empty:
            raise refus.too_slow() from None
        if time.monotonic() > self._fin:
            raise refus.too_slow()
        # A server gives a short body, not an error, when its client has gone.
        if isinstance(morceau, OSError) or not morceau:
            raise refus.broken_off()
        self._reste -= len(morceau)
        return morceau

    def _pump(self) -> None:
        reste = self._reste
        try:
            while reste > 0 and not self._ferme.is_set():
                morceau = self._read_one(min(MORCEAU, reste))
                reste -= len(morceau) if isinstance(morceau, bytes) else reste
                self._hand_over(morceau)
                if not morceau:
                    return
        finally:
            _places.release()

    def _read_one(self, taille: int) -> bytes | OSError:
        try:
            return self._lire(taille)
        except OSError as error:
            return error

    def _hand_over(self, morceau: bytes | OSError) -> None:
        while not self._ferme.is_set():
            try:
                self._morceaux.put(morceau, timeout=1)
            except Full:
                continue
            return
