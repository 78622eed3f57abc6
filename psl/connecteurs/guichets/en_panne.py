"""A directory that is down: for the tests and the trials of the operator."""

from collections.abc import Sequence

from psl.annuaire.guichets.port import Guichet, GuichetsError
from psl.annuaire.queries import CommuneVue


class GuichetsEnPanne:
    """Never answers."""

    def near(self, sorte: str, commune: CommuneVue) -> Sequence[Guichet]:
        """Fail."""
        raise GuichetsError

    def check(self) -> list[str]:
        """Say that it is down."""
        return ["L'annuaire des guichets est en panne (essai)."]
