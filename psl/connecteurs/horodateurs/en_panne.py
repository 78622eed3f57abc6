"""A timestamp authority that is down: for the tests and the trials of the operator."""

from psl.journal.horodateur import HorodateurError

PANNE = "L'autorité d'horodatage est en panne (essai)."


class HorodateurEnPanne:
    """Never answers: what was to be timestamped waits."""

    def stamp(self, digest: bytes) -> bytes:
        raise HorodateurError(PANNE)

    def certificates(self) -> bytes:
        raise HorodateurError(PANNE)

    def check(self) -> list[str]:
        return [PANNE]
