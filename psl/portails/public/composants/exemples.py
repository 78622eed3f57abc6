"""The examples of the gallery: a démarche with a page for each component, read once, and what is said of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from django.utils.translation import gettext_lazy

from psl.langage import charger
from psl.langage.charger import Demarche
from psl.langage.composants import COMPOSANTS
from psl.langage.source import yaml_strict

GALERIE = Path(__file__).parent / "galerie"
FAMILLES = {
    gettext_lazy("Textes et nombres"): ("texte", "texte_long", "nombre", "montant"),
    gettext_lazy("Dates et heures"): ("date", "date_partielle", "heure", "rendez_vous"),
    gettext_lazy("Choix"): ("oui_non", "case", "choix", "choix_multiple", "recherche"),
    gettext_lazy("Joindre la personne"): ("courriel", "telephone"),
    gettext_lazy("Lieux"): ("adresse", "commune", "departement", "region", "epci", "pays", "nationalite", "point", "trace"),
    gettext_lazy("Numéros"): (
        "nir", "numero_fiscal", "siret", "siren", "rna", "iban", "immatriculation", "lien_teledossier",
    ),
    gettext_lazy("Documents, déclarations, textes"): ("piece_jointe", "declaration_honneur", "information"),
    gettext_lazy("Plusieurs fois"): ("repetition",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exemple:
    """A component in the gallery. `yaml` is what to copy into a bloc; `reponses` are answers that it accepts, by key."""

    nom: str
    titre: str
    sert: str
    accepte: str
    acces: str
    yaml: str
    reglages: tuple[tuple[str, str], ...]
    reponses: Mapping[str, Any]


@cache
def demarche() -> Demarche:
    """Return the démarche of the gallery; it is never published."""
    return charger.load(GALERIE)


@cache
def every() -> Mapping[str, Exemple]:
    """Return the examples by the name of their component, in the order of the gallery."""
    arbre = yaml_strict.read(GALERIE / "demarche.yaml")
    notes = json.loads(json.dumps(yaml_strict.read(GALERIE / "notes.yaml").donnees, default=float))  # answers are JSON values
    lignes = (GALERIE / "demarche.yaml").read_text("utf-8").split("\n")
    starts = [arbre.line(("pages", rang)) for rang in range(len(arbre.donnees["pages"]))] + [arbre.line(("destinataires",))]
    found = {}
    for rang, page in enumerate(arbre.donnees["pages"]):
        nom, block = page["cle"], lignes[arbre.line(("pages", rang, "blocs", 0)) - 1 : starts[rang + 1] - 1]
        found[nom] = Exemple(
            nom=nom,
            titre=page["titre"],
            yaml=dedent("\n".join(block)).strip(),
            reglages=tuple((cle, forme.aide) for cle, forme in COMPOSANTS[nom].cles.items()),
            **{"reponses": {}, **notes[nom]},
        )
    return found


def by_family() -> list[tuple[str, list[Exemple]]]:
    """Return the examples, family by family."""
    return [(str(famille), [every()[nom] for nom in noms]) for famille, noms in FAMILLES.items()]
