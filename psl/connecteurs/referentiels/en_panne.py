"""A Referentiel that is down: for the tests and the trials of the operator."""

from collections.abc import Mapping
from typing import Any


class ReferentielEnPanne:
    """Knows nothing: a question that depends on it cannot be answered now."""

    def entree(self, nom: str, code: str) -> Mapping[str, Any] | None:
        return None

    def entrees(self, nom: str) -> list[Mapping[str, Any]]:
        return []

    def check(self) -> list[str]:
        return ["Le référentiel est en panne (essai)."]
