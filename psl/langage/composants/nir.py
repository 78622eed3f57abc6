"""A social security number: thirteen signs and a key, 97 less the remainder by 97 (Corsica's 2A and 2B count as 19 and 18)."""

import re
from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.identifiant import Identifiant

# Sex (7 and 8 while being registered), year, month (20 and over when unknown), department, commune, order, key.
_FORME = re.compile(r"[1-478][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9])(?:[0-9]{2}|2[AB])[0-9]{6}[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Nir(Identifiant):
    """A social security number with its key, kept as fifteen signs. Sensitive: never searched, never sorted."""

    type: ClassVar[str] = "nir"
    code_erreur: ClassVar[str] = "nir"
    groupes: ClassVar[tuple[int, ...]] = (1, 2, 2, 2, 3, 3, 2)
    est_sensible: ClassVar[bool] = True

    def normalise(self, texte: str) -> str | None:
        if not _FORME.fullmatch(texte):
            return None
        departement = {"2A": "19", "2B": "18"}.get(texte[5:7], texte[5:7])
        nombre = int(texte[:5] + departement + texte[7:13])
        return texte if int(texte[13:]) == 97 - nombre % 97 else None
