"""A grouping of communes (EPCI à fiscalité propre), found by its name. Its code is its SIREN."""

from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.entree import EntreeCherchee


@dataclass(frozen=True, slots=True)
class Epci(EntreeCherchee):
    """One of a long list, searched. Its value is {"code", "libelle"}."""

    type: ClassVar[str] = "epci"
    liste: ClassVar[str] = "epci"
