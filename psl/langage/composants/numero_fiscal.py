"""A tax number: thirteen digits, the first from 0 to 3, the last three being the first ten modulo 511."""

import re
from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.identifiant import Identifiant

_FORME = re.compile(r"[0-3][0-9]{12}")


@dataclass(frozen=True, slots=True)
class NumeroFiscal(Identifiant):
    """The tax number of a person (SPI), kept as thirteen digits. Sensitive."""

    type: ClassVar[str] = "numero_fiscal"
    code_erreur: ClassVar[str] = "numero_fiscal"
    groupes: ClassVar[tuple[int, ...]] = (2, 2, 3, 3, 3)
    est_sensible: ClassVar[bool] = True

    def normalise(self, texte: str) -> str | None:
        is_one = _FORME.fullmatch(texte) is not None and int(texte[:10]) % 511 == int(texte[10:])
        return texte if is_one else None
