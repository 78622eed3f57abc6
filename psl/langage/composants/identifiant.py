"""What the numbers people copy have in common: typed with spaces, dots and dashes, kept without, checked, shown in groups."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line

LONGUEUR_MAX = 64
_SEPARATORS = re.compile(r"[\s./_:\-\u2010-\u2015\u00a0\u202f]+")


class Identifiant(Composant):
    """A number or a code with a form of its own. `code_erreur` is its sentence in `messages`, `groupes` how it is shown."""

    __slots__ = ()

    code_erreur: ClassVar[str]
    groupes: ClassVar[Sequence[int]] = ()
    autocomplete: ClassVar[str] = "off"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = _SEPARATORS.sub("", clean_line(brut)[: LONGUEUR_MAX * 2]).upper()
        if not texte:
            return None
        lu = self.normalise(texte) if len(texte) <= LONGUEUR_MAX and texte.isascii() else None
        if lu is None:
            raise Invalide(contexte.say(self.code_erreur))
        return lu

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if not isinstance(valeur, str):
            raise Invalide(contexte.say(self.code_erreur))
        return self.read(valeur, contexte)

    def normalise(self, texte: str) -> str | None:
        """Give the value of a text in capitals without separators, or None when it is not one."""
        raise NotImplementedError

    def display(self, valeur: Valeur, langue: str) -> str:
        reste, groupes = str(valeur), []
        for longueur in self.groupes:
            groupes.append(reste[:longueur])
            reste = reste[longueur:]
        return " ".join(groupe for groupe in (*groupes, reste) if groupe)
