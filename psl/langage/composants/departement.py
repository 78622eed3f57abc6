"""A département or an overseas collectivity of the référentiel."""

from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.entree import Entree


@dataclass(frozen=True, slots=True)
class Departement(Entree):
    """One of a list shown whole. Its value is {"code", "libelle"}."""

    type: ClassVar[str] = "departement"
    liste: ClassVar[str] = "departements"
