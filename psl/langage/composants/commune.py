"""A commune of the référentiel: typed text, and the code chosen. Its value is {"code", "libelle", "code_postal"}."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Post, Valeur, posted
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import TEXT, Type

CLES = ("code", "libelle", "code_postal")


@dataclass(frozen=True, slots=True)
class Commune(Composant):
    """A commune, in force or not: the référentiel tells."""

    type: ClassVar[str] = "commune"
    feel_type: ClassVar[Type] = Type("context", members=dict.fromkeys(CLES, TEXT))

    def typed(self, cle: str, post: Post) -> Any:
        return {"texte": posted(post, cle), "code": posted(post, f"{cle}.code")}

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        if not clean_line(brut["texte"]):
            return None
        code = clean_line(brut["code"])
        if not code:
            raise Invalide(contexte.say("commune"))
        return look_up(code, contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        code = valeur.get("code") if isinstance(valeur, Mapping) else valeur
        if not isinstance(code, str):
            raise Invalide(contexte.say("commune"))
        return look_up(code, contexte)

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, dict) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        postal = valeur.get("code_postal")
        return f"{valeur['libelle']} ({postal})" if postal else str(valeur["libelle"])


def look_up(code: str, contexte: Contexte) -> dict[str, Any]:
    """Give the value of a commune by its code. Raises Invalide when the référentiel has none."""
    trouvee = contexte.referentiels.commune(code) if contexte.referentiels else None
    if trouvee is None:
        raise Invalide(contexte.say("commune_inconnue"))
    return {cle: trouvee.get(cle) or "" for cle in CLES}
