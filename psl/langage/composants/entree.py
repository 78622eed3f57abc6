"""An entry of a list kept elsewhere: its value is {"code", "libelle"}, the words being the list's own, never those sent."""

from collections.abc import Mapping
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Indisponible, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import TEXT, Type

CLES = ("code", "libelle")


class Entree(Composant):
    """An entry chosen in a list (`liste` names it)."""

    __slots__ = ()

    feel_type: ClassVar[Type] = Type("context", members=dict.fromkeys(CLES, TEXT))
    autocomplete: ClassVar[str] = "off"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        code = clean_line(brut)
        return look_up(self.liste, code, contexte) if code else None

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        code = valeur.get("code") if isinstance(valeur, Mapping) else valeur
        if not isinstance(code, str) or not code:
            raise Invalide(contexte.say("liste"))
        return look_up(self.liste, code, contexte)

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("liste")

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, dict) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        return str(valeur["libelle"])


class EntreeCherchee(Entree):
    """An entry of a long list: its name is typed, or taken from the suggestions.

    While the list does not answer, what is typed is kept without a code, so that nobody is stopped; it is looked up when checked again.
    """

    __slots__ = ()

    @property
    def source(self) -> str:
        """The name by which `Referentiels` knows the list."""
        return self.liste

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_line(brut)
        if not texte:
            return None
        try:
            trouvee = contexte.referentiels.nommee(self.source, texte) if contexte.referentiels else None
        except Indisponible:
            return {"code": "", "libelle": texte}
        if trouvee is None:
            raise Invalide(contexte.say("recherche"))
        return {cle: trouvee.get(cle) or "" for cle in CLES}

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        libelle = valeur.get("libelle") if isinstance(valeur, Mapping) else None
        code = valeur.get("code") if isinstance(valeur, Mapping) else valeur
        if code == "" and isinstance(libelle, str) and clean_line(libelle):
            return self.read(libelle, contexte)
        if not isinstance(code, str) or not code:
            raise Invalide(contexte.say("recherche"))
        try:
            return look_up(self.source, code, contexte)
        except Indisponible:
            return {"code": code, "libelle": clean_line(str(libelle or code))}

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("recherche")


def look_up(liste: str, code: str, contexte: Contexte) -> dict[str, Any]:
    """Give the value of an entry by its code. Raises Invalide when the list has none, Indisponible."""
    trouvee = contexte.referentiels.entree(liste, code) if contexte.referentiels else None
    if trouvee is None:
        raise Invalide(contexte.say("liste"))
    return {cle: trouvee.get(cle) or "" for cle in CLES}
