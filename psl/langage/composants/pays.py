"""A country of the référentiel, chosen in a list. Its value is {"code", "libelle"}, the code being the INSEE's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import TEXT, Type

CLES = ("code", "libelle")


@dataclass(frozen=True, slots=True)
class Pays(Composant):
    """A country, of today or of yesterday."""

    type: ClassVar[str] = "pays"
    feel_type: ClassVar[Type] = Type("context", members=dict.fromkeys(CLES, TEXT))

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        code = clean_line(brut)
        return look_up(code, contexte) if code else None

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        code = valeur.get("code") if isinstance(valeur, Mapping) else valeur
        if not isinstance(code, str):
            raise Invalide(contexte.say("pays"))
        return look_up(code, contexte)

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("pays")

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, dict) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        return str(valeur["libelle"])


def look_up(code: str, contexte: Contexte) -> dict[str, Any]:
    """Give the value of a country by its code. Raises Invalide when the référentiel has none."""
    trouve = contexte.referentiels.pays(code) if contexte.referentiels else None
    if trouve is None:
        raise Invalide(contexte.say("pays"))
    return {cle: trouve.get(cle) or "" for cle in CLES}
