"""The number of a company, an association or an administration: nine digits that pass Luhn's check."""

from dataclasses import dataclass
from typing import ClassVar

from stdnum import luhn

from psl.langage.composants.identifiant import Identifiant


@dataclass(frozen=True, slots=True)
class Siren(Identifiant):
    """The SIREN of an organisation, kept as nine digits."""

    type: ClassVar[str] = "siren"
    code_erreur: ClassVar[str] = "siren"
    groupes: ClassVar[tuple[int, ...]] = (3, 3, 3)

    def normalise(self, texte: str) -> str | None:
        is_one = len(texte) == 9 and texte.isdecimal() and texte != "0" * 9 and luhn.is_valid(texte)
        return texte if is_one else None
