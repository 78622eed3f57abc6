"""The `tables` of a definition: their shape, checked cell by cell, then compiled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psl.langage import feel
from psl.langage.source.formes import Forme, Liste, Objet, Ou, Releve, Schema, named
from psl.langage.source.formes_simples import Feel, Ligne, Parmi
from psl.langage.source.yaml_strict import Chemin
from psl.langage.tables import table
from psl.langage.tables.table import AGREGATIONS, Entree, Politique, Sortie, Table

POLITIQUES = (Politique.UNIQUE, Politique.FIRST, Politique.ANY, Politique.COLLECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Test(Forme):
    """A test of a cell: `"A", "B"`, `[1..5]`, `< 3`, `not(…)`, `-`."""

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        if not isinstance(valeur, str):
            releve.add(chemin, f"« {named(chemin)} » doit être un texte.", "Écrivez-le entre apostrophes.")
            return
        try:
            feel.parse_tests(valeur)
        except feel.ErreurFEEL as erreur:
            releve.add(chemin, f"Dans « {valeur} », caractère {erreur.position + 1} : {erreur.message}.", erreur.remede)

    def _schema(self) -> Schema:
        return {"type": "string", "minLength": 1, "maxLength": 4000}


def _one_or_more(forme: Forme, aide: str) -> Ou:
    return Ou(formes={str: forme, list: Liste(de=forme, minimum=1, maximum=50)}, attendu="un texte, ou une liste de textes", aide=aide)


def _several(valeur: Any) -> list[Any]:
    return valeur if isinstance(valeur, list) else [valeur]


def _check_widths(donnees: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    entrees, sorties = len(_several(donnees["entrees"])), len(_several(donnees["sorties"]))
    for rang, ligne in enumerate(donnees["lignes"]):
        for cle, count, what in (("quand", entrees, "entrées"), ("alors", sorties, "sorties")):
            if len(_several(ligne[cle])) != count:
                place = (*chemin, "lignes", rang, cle)
                remede = f"Donnez-en {count}, une pour chacune des {what} de la table ; « - » accepte tout."
                releve.add(place, f"« {named(place)} » a {len(_several(ligne[cle]))} cases.", remede)
    if "sinon" in donnees and len(_several(donnees["sinon"])) != sorties:
        releve.add(
            (*chemin, "sinon"), f"« {named((*chemin, 'sinon'))} » a {len(_several(donnees['sinon']))} cases.", f"Donnez-en {sorties}."
        )
    if "agregation" in donnees and (donnees.get("politique") != Politique.COLLECT or sorties > 1):
        message = "Une agrégation ne va qu'avec la politique COLLECT et une seule sortie."
        releve.add((*chemin, "agregation"), message, "Retirez-la, ou écrivez politique: COLLECT.")


TABLE = Objet(
    cles={
        "cle": Ligne(longueur=80, motif=r"[a-z][A-Za-z0-9_]*", exemple="montantAide", aide="Le nom par lequel les conditions la lisent."),
        "titre": Ligne(aide="Ce que la table décide, en une ligne."),
        "politique": Parmi(
            valeurs=tuple(str(politique) for politique in POLITIQUES),
            aide="UNIQUE : une seule ligne convient (par défaut). FIRST : la première. ANY : elles disent la même chose. COLLECT : toutes.",
        ),
        "agregation": Parmi(valeurs=tuple(AGREGATIONS), aide="Avec COLLECT : la somme, le plus petit, le plus grand, le nombre."),
        "entrees": _one_or_more(Feel(), "Ce qui est testé : une expression FEEL par colonne."),
        "sorties": _one_or_more(
            Ligne(longueur=80, motif=r"[a-z][A-Za-z0-9_]*", exemple="montant"), "Ce qui est donné : un nom par colonne."
        ),
        "lignes": Liste(
            de=Objet(
                cles={
                    "quand": _one_or_more(Test(), "Un test par entrée ; « - » accepte tout."),
                    "alors": _one_or_more(Feel(), "Une expression FEEL par sortie."),
                },
                requis=("quand", "alors"),
            ),
            minimum=1,
            maximum=1000,
        ),
        "sinon": _one_or_more(Feel(), "Ce qui est donné quand aucune ligne ne convient ; sans lui, rien (null)."),
    },
    requis=("cle", "entrees", "sorties", "lignes"),
    propre=_check_widths,
    aide="Une table de décision (DMN) : chaque ligne teste les entrées et donne les sorties.",
)


def parse(section: Mapping[str, Any], line_of: Mapping[int, int] | None = None) -> Table:
    """Compile the checked data of one table. `line_of` gives the line of the file where each row stands, by its rank."""
    sorties = tuple(Sortie(str(nom)) for nom in _several(section["sorties"]))
    return Table(
        nom=section["cle"],
        politique=Politique(section.get("politique", "UNIQUE")),
        entrees=tuple(Entree(texte, feel.parse(texte)) for texte in _several(section["entrees"])),
        sorties=sorties,
        lignes=tuple(
            table.Ligne(
                tuple(feel.parse_tests(texte) for texte in _several(ligne["quand"])),
                tuple(feel.parse(texte) for texte in _several(ligne["alors"])),
                (line_of or {}).get(rang, 0),
            )
            for rang, ligne in enumerate(section["lignes"])
        ),
        agregation=section.get("agregation"),
        sinon=tuple(feel.parse(texte) for texte in _several(section.get("sinon", []))),
        titre=section.get("titre", ""),
    )


def parse_all(sections: Iterable[Mapping[str, Any]]) -> tuple[Table, ...]:
    """Compile the checked `tables` of a definition, in their order."""
    return tuple(parse(section) for section in sections)
