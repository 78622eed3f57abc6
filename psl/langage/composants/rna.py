"""The number of an association in the national directory: W, the registry's code, six digits."""

import re
from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.identifiant import Identifiant

_FORME = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")


@dataclass(frozen=True, slots=True)
class Rna(Identifiant):
    """The RNA of an association, kept as ten signs."""

    type: ClassVar[str] = "rna"
    code_erreur: ClassVar[str] = "rna"

    def normalise(self, texte: str) -> str | None:
        return texte if _FORME.fullmatch(texte) else None
