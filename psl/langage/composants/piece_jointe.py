"""A document asked among the questions. It has no answer here: its files live in psl.pieces, and `pieces` lists it with the others."""

from dataclasses import dataclass
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Valeur
from psl.langage.source.formes import Forme, Liste
from psl.langage.source.formes_simples import Entier, Parmi

TYPES_PIECES = ("application/pdf", "image/jpeg", "image/png")
NATURES = ("autre", "identite", "domicile", "rib", "etat_civil", "photo", "pouvoir")


@dataclass(frozen=True, slots=True)
class PieceJointe(Composant):
    """A document, of a known nature: its page shows it below the questions."""

    type: ClassVar[str] = "piece_jointe"
    has_value: ClassVar[bool] = False
    cles: ClassVar[dict[str, Forme]] = {
        "nature": Parmi(valeurs=NATURES, aide="Ce qu'est le document : les contrôles en dépendent (autre par défaut)."),
        "types": Liste(de=Parmi(valeurs=TYPES_PIECES), minimum=1, aide="Types permis (tous les trois par défaut)."),
        "max_mo": Entier(minimum=1, maximum=50, aide="Taille d'un fichier, en mégaoctets (10 par défaut)."),
        "max_fichiers": Entier(minimum=1, maximum=20, aide="Nombre de fichiers (3 par défaut)."),
    }

    @classmethod
    def build(cls, donnees: Any) -> "PieceJointe":
        return cls()

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        return None

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        return None
