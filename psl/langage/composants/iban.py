"""A bank account number: its country's length and the check of ISO 13616 (modulo 97)."""

from dataclasses import dataclass
from typing import ClassVar

from stdnum import iban

from psl.langage.composants.identifiant import Identifiant


@dataclass(frozen=True, slots=True)
class Iban(Identifiant):
    """The IBAN of an account, kept without spaces. Sensitive."""

    type: ClassVar[str] = "iban"
    code_erreur: ClassVar[str] = "iban"
    groupes: ClassVar[tuple[int, ...]] = (4,) * 9
    est_sensible: ClassVar[bool] = True

    def normalise(self, texte: str) -> str | None:
        texte = texte.removeprefix("IBAN")
        return texte if 15 <= len(texte) <= 34 and iban.is_valid(texte, check_country=False) else None
