"""A Referentiel that is down: for the tests and the trials of the operator."""

from collections.abc import Mapping
from typing import Any

from psl.langage.composants.base import Indisponible


class ReferentielEnPanne:
    """Never answers."""

    def entree(self, nom: str, code: str) -> Mapping[str, Any] | None:
        raise Indisponible(nom)

    def entrees(self, nom: str) -> list[Mapping[str, Any]]:
        raise Indisponible(nom)

    def check(self) -> list[str]:
        return ["Le référentiel est en panne (essai)."]
