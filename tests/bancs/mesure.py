"""What a benchmark gives back."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Mesure:
    """One value against its limit. `ratio` compares with a baseline measured in the same run: it tells a slow machine from slow code."""

    nom: str
    valeur: float
    unite: str
    limite: float
    sens: Literal["max", "min"] = "max"  # max: the value may not exceed the limit; min: it may not fall under it
    ratio: float | None = None

    @property
    def est_tenue(self) -> bool:
        return self.valeur <= self.limite if self.sens == "max" else self.valeur >= self.limite
