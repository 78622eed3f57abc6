"""An entry of a list that another system answers for (a référentiel by API), searched as one types."""

from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.entree import EntreeCherchee
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Ligne


@dataclass(frozen=True, slots=True)
class Recherche(EntreeCherchee):
    """One of a list that the platform's settings know by the name `api`. Its value is {"code", "libelle"}."""

    api: str = ""

    type: ClassVar[str] = "recherche"
    cles: ClassVar[dict[str, Forme]] = {
        "api": Ligne(longueur=40, motif="[a-z][a-z0-9_-]*", exemple="ecoles", aide="Le nom du référentiel, donné par la plateforme."),
    }

    @property
    def source(self) -> str:
        """The name by which `Referentiels` knows the list."""
        return f"api:{self.api}"
