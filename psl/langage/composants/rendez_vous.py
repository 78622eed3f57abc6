"""An appointment chosen among those an agenda offers. Its value is {"code", "debut", "libelle"}: the code is the agenda's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from psl.langage.composants.base import Composant, Contexte, Indisponible, Invalide, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import Value
from psl.langage.feel.types import TEXT, Type
from psl.langage.source.formes import Forme
from psl.langage.source.formes_simples import Ligne
from psl.socle.dates import date_in_words

CLES = ("code", "debut", "libelle")


@dataclass(frozen=True, slots=True)
class RendezVous(Composant):
    """A moment of the agenda named `agenda`."""

    agenda: str = ""

    type: ClassVar[str] = "rendez_vous"
    feel_type: ClassVar[Type] = Type("context", members=dict.fromkeys(CLES, TEXT))
    autocomplete: ClassVar[str] = "off"
    cles: ClassVar[dict[str, Forme]] = {
        "agenda": Ligne(longueur=40, motif="[a-z][a-z0-9_-]*", exemple="etat-civil", aide="Le nom de l'agenda, donné par la plateforme."),
    }

    @property
    def source(self) -> str:
        """The name by which `Referentiels` knows the moments offered."""
        return f"agenda:{self.agenda}"

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        code = clean_line(brut)
        return self._taken(code, contexte) if code else None

    def check(self, valeur: Valeur, contexte: Contexte) -> Valeur:
        code = valeur.get("code") if isinstance(valeur, Mapping) else valeur
        if not isinstance(code, str) or not code:
            raise Invalide(contexte.say("rendez_vous"))
        return self._taken(code, contexte)

    def _taken(self, code: str, contexte: Contexte) -> dict[str, str]:
        try:
            trouve = contexte.referentiels.entree(self.source, code) if contexte.referentiels else None
        except Indisponible:
            raise Invalide(contexte.say("agenda_muet")) from None
        if trouve is None:
            raise Invalide(contexte.say("rendez_vous"))
        return {cle: str(trouve.get(cle) or "") for cle in CLES}

    def missing(self, contexte: Contexte) -> str:
        return contexte.say("rendez_vous")

    def to_feel(self, valeur: Valeur) -> Value:
        return valeur if isinstance(valeur, dict) else None

    def display(self, valeur: Valeur, langue: str) -> str:
        try:
            debut = datetime.fromisoformat(valeur["debut"])
        except (KeyError, ValueError):
            return str(valeur.get("libelle") or valeur.get("code"))
        heure = f"{debut:%H:%M}" if langue == "en" else f"{debut.hour}\u00a0h\u00a0{debut.minute:02}"
        return f"{date_in_words(debut.date(), langue)}, {heure}"
