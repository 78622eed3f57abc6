"""Several answers among several. Its value is the list of the options' values, in the order of the options."""

from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Contexte, Invalide, Post, Valeur
from psl.langage.composants.choix import Choix
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import LIST, Type
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Entier


@dataclass(frozen=True, slots=True)
class ChoixMultiple(Choix):
    """Boxes to tick; `minimum` and `maximum` bound how many. Conditions read a list: list contains(loisirs, "SPORT")."""

    minimum: int = 0
    maximum: int | None = None

    type: ClassVar[str] = "choix_multiple"
    feel_type: ClassVar[Type] = LIST
    cles: ClassVar[dict[str, Forme]] = {
        "options": Choix.cles["options"],
        "referentiel": Choix.cles["referentiel"],
        "minimum": Entier(minimum=1, maximum=50, aide="Le nombre de réponses à cocher au moins."),
        "maximum": Entier(minimum=1, maximum=50, aide="Le nombre de réponses à cocher au plus."),
    }

    def typed(self, cle: str, post: Post) -> Any:
        return [valeur[:200] for valeur in post.get(cle, ())[:500]]

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        return self.check([clean_line(valeur) for valeur in brut if valeur.strip()] or None, contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if valeur is None:
            return None
        if not isinstance(valeur, list) or not all(isinstance(item, str) for item in valeur):
            raise Invalide(contexte.say("manque_choix"))
        known = [option.valeur for option in contexte.options]
        if any(item not in known for item in valeur):
            raise Invalide(contexte.say("manque_choix"))
        kept = [option for option in known if option in valeur]
        if kept and len(kept) < self.minimum:
            raise Invalide(contexte.say("choix_minimum", nombre=self.minimum))
        if self.maximum is not None and len(kept) > self.maximum:
            raise Invalide(contexte.say("choix_maximum", nombre=self.maximum))
        return kept or None

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("manque_choix_multiple")

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, list) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        libelles = {option.valeur: option.libelle for option in self.options}
        return "\n".join(libelles.get(item, str(item)) for item in valeur)
