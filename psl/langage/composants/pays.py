"""A country of the référentiel, chosen in a list. Its value is {"code", "libelle"}, the code being the INSEE's."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import TEXT, Type

CLES = ("code", "libelle")
FICHIER = Path(__file__).resolve().parents[3] / "donnees" / "pays.csv"
APATRIDE = ("99999", "XXA")  # the code of travel documents (ICAO 9303)


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


def iso3(code: str) -> str:
    """Give the three letters of ISO 3166 for a country's or a nationality's code; the code itself when the country has none."""
    return _iso3().get(code) or code


@cache
def _iso3() -> dict[str, str]:
    with FICHIER.open(encoding="utf-8", newline="") as stream:
        return dict([APATRIDE]) | {row["code"]: row["iso3"] for row in csv.DictReader(stream)}
