"""An Antivirus that is down: for the tests and the trials of the operator."""

from collections.abc import Iterable

from psl.pieces.antivirus import Avis, Verdict

PANNE = "L'antivirus est en panne (essai)."


class AntivirusEnPanne:
    """Never answers: what is sent to it must not be accepted."""

    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        return Verdict(Avis.INDISPONIBLE, PANNE)

    def check(self) -> list[str]:
        return [PANNE]
