"""A nationality, its code being its country's (INSEE)."""

from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.entree import Entree


@dataclass(frozen=True, slots=True)
class Nationalite(Entree):
    """One of a list shown whole. Its value is {"code", "libelle"}."""

    type: ClassVar[str] = "nationalite"
    liste: ClassVar[str] = "nationalites"
