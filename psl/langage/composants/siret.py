"""The number of an establishment: fourteen digits that pass Luhn's check (La Poste's own sum accepted)."""

from dataclasses import dataclass
from typing import ClassVar

from stdnum import luhn

from psl.langage.composants.identifiant import Identifiant

_LA_POSTE = "356000000"


@dataclass(frozen=True, slots=True)
class Siret(Identifiant):
    """The SIRET of an establishment, kept as fourteen digits."""

    type: ClassVar[str] = "siret"
    code_erreur: ClassVar[str] = "siret"
    groupes: ClassVar[tuple[int, ...]] = (3, 3, 3, 5)

    def normalise(self, texte: str) -> str | None:
        if len(texte) != 14 or not texte.isdecimal() or texte == "0" * 14:
            return None
        is_la_poste = texte.startswith(_LA_POSTE) and sum(map(int, texte)) % 5 == 0
        return texte if luhn.is_valid(texte) or is_la_poste else None
