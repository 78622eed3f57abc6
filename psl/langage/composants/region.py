"""A région of the référentiel."""

from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.entree import Entree


@dataclass(frozen=True, slots=True)
class Region(Entree):
    """One of a list shown whole. Its value is {"code", "libelle"}."""

    type: ClassVar[str] = "region"
    liste: ClassVar[str] = "regions"
