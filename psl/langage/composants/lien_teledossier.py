"""A link to another request, by its number: read with tolerance, its check character verified. Whether it exists is not told here."""

from dataclasses import dataclass
from typing import ClassVar

from psl.langage.composants.base import Valeur
from psl.langage.composants.identifiant import Identifiant
from psl.socle import reference
from psl.socle.errors import Refus


@dataclass(frozen=True, slots=True)
class LienTeledossier(Identifiant):
    """The number of a request filed here, kept as A-n-XXXXXXXX."""

    type: ClassVar[str] = "lien_teledossier"
    code_erreur: ClassVar[str] = "lien_teledossier"

    def normalise(self, texte: str) -> str | None:
        try:
            return reference.check(texte)
        except Refus:
            return None

    def display(self, valeur: Valeur, langue: str) -> str:
        return str(valeur)
