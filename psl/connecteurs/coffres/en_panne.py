"""A coffre that never answers: what the platform does then is tested, not hoped."""

from typing import NoReturn

from psl.socle.crypto import CoffreError


class CoffreEnPanne:
    """Refuse everything, the way an unreachable key service would."""

    def wrap(self, key: bytes, periode: str) -> bytes:
        self._refuse()

    def unwrap(self, box: bytes, periode: str) -> bytes:
        self._refuse()

    def destroy(self, periode: str) -> None:
        self._refuse()

    def secret(self, nom: str) -> bytes:
        self._refuse()

    def sign(self, data: bytes) -> bytes:
        self._refuse()

    def public_key(self) -> bytes:
        self._refuse()

    def certificate(self) -> bytes:
        self._refuse()

    def check(self) -> list[str]:
        return ["Le coffre ne répond pas."]

    def _refuse(self) -> NoReturn:
        raise CoffreError("Le coffre ne répond pas.")
