"""A bloc asked several times. Its value is the list of its rows, each a dict of answers by the keys of the bloc's champs.

Reading rows needs the conditions of their champs: psl.langage.evaluation.lignes does it. Here is what the value is and how it reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur, Xml
from psl.langage.feel import Value
from psl.langage.feel.types import LIST, Type
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Entier, Ligne

MAXIMUM = 50


@dataclass(frozen=True, slots=True)
class Membre:
    """A champ of the bloc: what is needed to write its answers."""

    cle: str
    libelle: str
    composant: Composant


@dataclass(frozen=True, slots=True)
class Repetition(Composant):
    """From `min` to `max` rows; `ajouter` is the words of the button that adds one."""

    membres: tuple[Membre, ...] = ()
    min: int = 1
    max: int = 10
    ajouter: str = ""

    type: ClassVar[str] = "repetition"
    feel_type: ClassVar[Type] = LIST
    cles: ClassVar[dict[str, Forme]] = {
        "min": Entier(minimum=0, maximum=MAXIMUM, aide="Nombre de lignes au moins (1 par défaut)."),
        "max": Entier(minimum=1, maximum=MAXIMUM, aide="Nombre de lignes au plus (10 par défaut)."),
        "ajouter": Ligne(longueur=80, traduit=True, aide="Les mots du bouton qui ajoute une ligne."),
    }

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        raise Invalide(contexte.say("malforme"))

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if isinstance(valeur, list) and all(isinstance(ligne, dict) for ligne in valeur) and len(valeur) <= self.max:
            return valeur or None
        raise Invalide(contexte.say("malforme"))

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("repetition_vide")

    def to_feel(self, valeur: Valeur) -> Value:
        if not isinstance(valeur, list):
            return None
        return [self._row_to_feel(ligne) for ligne in valeur if isinstance(ligne, Mapping)]

    def _row_to_feel(self, ligne: Mapping[str, Any]) -> dict[str, Value]:
        return {
            m.cle: None if ligne.get(m.cle) is None else m.composant.to_feel(ligne[m.cle]) for m in self.membres if m.composant.has_value
        }

    def display(self, valeur: Valeur, langue: str) -> str:
        return "\n\n".join("\n".join(self._lines(ligne, langue)) for ligne in valeur)

    def _lines(self, ligne: Mapping[str, Any], langue: str) -> list[str]:
        shown = [(m.libelle, m.composant.display(ligne[m.cle], langue)) for m in self.membres if ligne.get(m.cle) is not None]
        return [f"{libelle}{' ' if langue == 'fr' else ''}: {texte}" for libelle, texte in shown]

    def to_xml(self, valeur: Valeur) -> Xml:
        rows: list[Xml] = [
            {m.cle: m.composant.to_xml(ligne[m.cle]) for m in self.membres if ligne.get(m.cle) is not None} for ligne in valeur
        ]
        return rows

    def json_schema(self) -> dict[str, Any]:
        properties = {m.cle: m.composant.json_schema() for m in self.membres if m.composant.has_value}
        return {"type": "array", "minItems": self.min, "maxItems": self.max, "items": {"type": "object", "properties": properties}}
