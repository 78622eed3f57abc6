"""The port Horodateur: an authority outside the platform says that a digest existed, and when (RFC 3161)."""

from typing import Protocol

from psl.socle.ports import connected


class HorodateurError(Exception):
    """The authority gives no token now: it does not answer, refuses, or answers something that is not a token of ours."""

    def __init__(self, public_message: str) -> None:
        super().__init__(public_message)
        self.public_message = public_message


class Horodateur(Protocol):
    """Ask a timestamp authority; what it gives is checked before it is kept."""

    def stamp(self, digest: bytes) -> bytes:
        """Return a time-stamp token (RFC 3161, DER) of a SHA-256 digest. Raises HorodateurError, in a few seconds at most."""

    def certificates(self) -> bytes:
        """Return the certificates that are trusted to issue tokens, PEM; those of past authorities too. Raises HorodateurError."""

    def check(self) -> list[str]:
        """Return what is wrong with the configuration, in words; nothing when all is well."""


def horodateur() -> Horodateur:
    """Return the horodateur that settings name."""
    connecteur: Horodateur = connected("HORODATEUR")
    return connecteur
