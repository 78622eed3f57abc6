"""One answer among several. Its value is the option's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from psl.langage.composants import proximite
from psl.langage.composants.base import Composant, Contexte, Invalide, Option, Valeur
from psl.langage.composants.nettoyage import clean_line
from psl.langage.feel import parse
from psl.langage.feel.types import Type
from psl.langage.source.formes import Forme, Liste, Objet
from psl.langage.source.formes_simples import Feel, Ligne, Parmi

LISTE_DES = 6  # as many options or more make a list rather than radio buttons
RECHERCHE_DES = 30  # and as many a list that one searches
PRESENTATIONS = ("radio", "liste", "recherche")

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


_REFERENTIEL = Objet(
    requis=("fichier", "valeur", "libelle"),
    aide="Les options viennent d'un fichier CSV (UTF-8, virgules, une ligne de titres ; 5 000 lignes et 1 Mo au plus).",
    cles={
        "fichier": Ligne(
            longueur=120,
            motif=r"(?:donnees/)?[a-z0-9_-]+\.csv",
            exemple="ecoles.csv",
            aide="Dans le dossier referentiels/ de la démarche, ou donnees/… pour un fichier de la plateforme.",
        ),
        "valeur": Ligne(longueur=80, aide="La colonne enregistrée."),
        "libelle": Ligne(longueur=80, aide="La colonne que lit l'usager."),
        "aide": Ligne(longueur=80, aide="La colonne de la précision, s'il y en a une."),
    },
)


def presentation(options: int) -> str:
    """Say how that many options are shown."""
    return "radio" if options < LISTE_DES else "liste" if options < RECHERCHE_DES else "recherche"


@dataclass(frozen=True, slots=True)
class Choix(Composant):
    """A single choice, shown as radio buttons or as a list."""

    options: tuple[Option, ...] = ()
    presentation: str = ""

    type: ClassVar[str] = "choix"
    cles: ClassVar[dict[str, Forme]] = {
        "options": Liste(de=_OPTION, par="valeur", minimum=1, aide="Les réponses possibles, dans l'ordre."),
        "referentiel": _REFERENTIEL,
        "presentation": Parmi(
            valeurs=PRESENTATIONS,
            aide="radio jusqu'à 5 options par défaut, liste au-delà, recherche à partir de 30 (on tape pour trouver).",
        ),
    }

    @classmethod
    def build(cls, donnees: Mapping[str, Any]) -> Self:
        options = tuple(
            Option(item["valeur"], item["libelle"], item.get("aide", ""), parse(item["si"]) if "si" in item else None)
            for item in donnees.get("options", ())
        )
        own = {cle: donnees[cle] for cle in cls.cles if cle in donnees and cle not in ("options", "referentiel", "presentation")}
        return cls(options, donnees.get("presentation") or presentation(len(options)), **own)

    def read(self, brut: Any, contexte: Contexte) -> Valeur:
        texte = clean_line(brut)
        if self.presentation == "recherche":
            texte = _value_of(texte, contexte.options)
        return self.check(texte or None, contexte)

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


def _value_of(texte: str, options: Sequence[Option]) -> str:
    """Give the value of the option whose value or words were typed; the only one near them will do."""
    coded = next((option.valeur for option in options if option.valeur.casefold() == texte.casefold()), None)
    found = None if coded else proximite.only(texte, options)
    return coded or (found.valeur if found else texte)
