"""The port of the directory of offices: town halls are the platform's own, the other kinds are answered by a connecteur."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from psl.annuaire.guichets.horaires import Plage
from psl.annuaire.queries import CommuneVue
from psl.socle.ports import connected


@dataclass(frozen=True, slots=True)
class Guichet:
    """An office that receives people; `est_exemple` when it was made up for the demonstration."""

    nom: str
    adresse: tuple[str, ...]
    commune: str
    departement: str
    lon: float | None
    lat: float | None
    horaires: tuple[Plage, ...]
    est_exemple: bool = False


class GuichetsError(Exception):
    """The directory cannot answer now."""


class Guichets(Protocol):
    """A directory of offices by kind (psl.annuaire.guichets.sortes)."""

    def near(self, sorte: str, commune: CommuneVue) -> Sequence[Guichet]:
        """Return the offices of a kind that serve a commune, the competent one first. Raises GuichetsError."""

    def check(self) -> list[str]:
        """Return what is wrong with the configuration, in words; nothing when all is well."""


def guichets() -> Guichets:
    """Return the directory that settings name."""
    connecteur: Guichets = connected("GUICHETS")
    return connecteur
