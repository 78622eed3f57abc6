"""Reads the body of a request under watch: whole, in time, or refused."""

from collections.abc import Callable

from psl.pieces import refus
from psl.pieces.televersement.veille import Suivi

MORCEAU = 65_536


class Flux:
    """A body of `attendu` bytes. `read` raises envoi-trop-lent or envoi-interrompu (Refus)."""

    def __init__(self, lire: Callable[[int], bytes], attendu: int, suivi: Suivi) -> None:
        self._lire = lire
        self._reste = attendu
        self._suivi = suivi

    def read(self, taille: int = MORCEAU) -> bytes:
        """Return at most `taille` bytes; nothing at the end."""
        if self._reste <= 0:
            return b""
        try:
            morceau = self._lire(min(taille, MORCEAU, self._reste))
        except OSError as error:
            raise self._why() from error
        # A server gives a short body, not an error, when its client has gone.
        if not morceau or self._suivi.is_too_long():
            raise self._why()
        self._suivi.advance()
        self._reste -= len(morceau)
        return morceau

    def _why(self) -> Exception:
        return refus.too_slow() if self._suivi.is_too_long() or self._suivi.has_stopped() else refus.broken_off()
