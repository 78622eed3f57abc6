"""The plate of a vehicle: AA-123-AA since 2009 (never I, O, U nor SS), or the old form 1234 AB 17."""

import re
from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.base import Valeur
from psl.langage.composants.identifiant import Identifiant

_LETTRES = "[A-HJ-NP-TV-Z]"
_SIV = re.compile(f"({_LETTRES}{{2}})([0-9]{{3}})({_LETTRES}{{2}})")
_FNI = re.compile(f"([1-9][0-9]{{0,3}})({_LETTRES}{{1,3}})(0[1-9]|[1-8][0-9]|9[0-5]|97[1-6]|2[AB])")


@dataclass(frozen=True, slots=True)
class Immatriculation(Identifiant):
    """A French plate, kept as it is read on the vehicle: AA-123-AA or 1234 AB 17."""

    type: ClassVar[str] = "immatriculation"
    code_erreur: ClassVar[str] = "immatriculation"

    def normalise(self, texte: str) -> str | None:
        if siv := _SIV.fullmatch(texte):
            is_one = "SS" not in (siv[1], siv[3]) and siv[2] != "000" and siv[1] != "WW"
            return "-".join(siv.groups()) if is_one else None
        fni = _FNI.fullmatch(texte)
        return " ".join(fni.groups()) if fni else None

    def display(self, valeur: Valeur, langue: str) -> str:
        return str(valeur)
