"""One answer among several. Its value is the option's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from psl.langage.composants.base import Composant, Contexte, Invalide, Option, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import parse
from psl.langage.feel.types import Type
from psl.langage.source.formes import Forme, Liste, Objet
from psl.langage.source.formes_simples import Feel, Ligne, Parmi

LISTE_DES = 6  # as many options or more make a list rather than radio buttons

_OPTION = Objet(
    requis=("valeur", "libelle"),
    cles={
        "valeur": Ligne(
            longueur=80, motif=r"[\w.+-]+", exemple="MARIAGE", aide="Ce qui est enregistré et lu par les conditions. Ne change jamais."
        ),
        "libelle": Ligne(traduit=True, aide="Ce que lit l'usager."),
        "aide": Ligne(longueur=500, traduit=True, aide="Une précision sous le libellé."),
        "si": Feel(aide="Quand l'option est proposée (toujours, par défaut)."),
    },
)


@dataclass(frozen=True, slots=True)
class Choix(Composant):
    """A single choice, shown as radio buttons or as a list."""

    options: tuple[Option, ...]
    presentation: str

    type: ClassVar[str] = "choix"
    cles: ClassVar[dict[str, Forme]] = {
        "options": Liste(de=_OPTION, par="valeur", minimum=1, aide="Les réponses possibles, dans l'ordre."),
        "presentation": Parmi(valeurs=("radio", "liste"), aide="radio jusqu'à 5 options par défaut, liste au-delà."),
    }

    @classmethod
    def build(cls, donnees: Mapping[str, Any]) -> Self:
        options = tuple(
            Option(item["valeur"], item["libelle"], item.get("aide", ""), parse(item["si"]) if "si" in item else None)
            for item in donnees["options"]
        )
        return cls(options, donnees.get("presentation") or ("liste" if len(options) >= LISTE_DES else "radio"))

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        return self.check(clean_line(brut) or None, contexte)

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        if valeur is None or any(option.valeur == valeur for option in contexte.options):
            return valeur
        raise Invalide(contexte.say("manque_choix"))

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("manque_choix")

    def static_type(self) -> Type:
        return Type("text", frozenset(option.valeur for option in self.options))

    def display(self, valeur: Valeur, langue: str) -> str:
        return next((option.libelle for option in self.options if option.valeur == valeur), str(valeur))
