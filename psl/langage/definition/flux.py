"""The sections `xml:` and `json:` of a definition: how answers become what a service's software reads. Their shape and their objects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from psl.langage.feel import Expression, parse
from psl.langage.source.formes import Forme, Liste, Objet, Releve, Schema, Table
from psl.langage.source.formes_simples import Feel, Ligne, Parmi
from psl.langage.source.yaml_strict import Chemin

type Donnees = Mapping[str, Any]

# How a value is written: as it is, as its reader reads it, or in one of the ways services ask for dates and places.
FORMES = ("brute", "libelle", "date_fr", "jour", "mois", "annee", "departement", "iso3")
# What becomes of an element without a value: not written; written open and closed; or the mapping promises that there is one.
VIDES = ("omis", "garde", "jamais")


@dataclass(frozen=True, slots=True)
class Element:
    """An element: a value (or several, joined by `separateur`), or children; once, or once for each item of a list named `comme`."""

    nom: str
    si: Expression | None = None
    valeurs: tuple[Expression, ...] = ()
    separateur: str = " "
    forme: str = "brute"
    liste: str = ""
    vide: str = "omis"
    repete: Expression | None = None
    comme: str = ""
    attributs: tuple[tuple[str, Expression], ...] = ()
    elements: tuple["Element", ...] = ()


@dataclass(frozen=True, slots=True)
class Flux:
    """The business XML or JSON of a démarche: the code and the name of its document, its root (nameless in JSON), its lists of codes."""

    document: str
    nom: str
    racine: Element
    listes: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renvoi(Forme):
    """A shape defined elsewhere: what lets an element hold elements."""

    vers: Callable[[], Forme]
    ref: str

    def check(self, valeur: Any, chemin: Chemin, releve: Releve) -> None:
        self.vers().check(valeur, chemin, releve)

    def _schema(self) -> Schema:
        return {"$ref": self.ref}


def _check_element(valeur: dict[str, Any], chemin: Chemin, releve: Releve) -> None:
    if sum(cle in valeur for cle in ("valeur", "valeurs", "elements")) > 1:
        releve.add(chemin, "Un élément a une valeur, des valeurs ou des éléments : un seul des trois.", "Gardez l'un d'eux.")
    if ("repete" in valeur) != ("comme" in valeur):
        releve.add(chemin, "« repete » et « comme » vont ensemble.", "Écrivez par exemple repete: enfants et comme: enfant.")
    for cle in ("forme", "liste"):
        if cle in valeur and "valeur" not in valeur:
            releve.add((*chemin, cle), f"« {cle} » n'a de sens qu'avec « valeur ».", "Retirez-la, ou ajoutez valeur: …")
    if "forme" in valeur and "liste" in valeur:
        releve.add(chemin, "« forme » et « liste » ne vont pas ensemble.", "Gardez l'une des deux.")


_NOM = Ligne(longueur=80, motif=r"[A-Za-z_][A-Za-z0-9_.-]*", exemple="DateActe", aide="Le nom de l'élément XML.")
ATTRIBUTS = Table(de=Feel(), motif=r"[A-Za-z_][A-Za-z0-9_.-]*", aide="Attributs XML : une expression FEEL chacun.")
ELEMENTS: Liste = Liste(
    par="element",
    minimum=1,
    maximum=500,
    de=Objet(
        requis=("element",),
        propre=_check_element,
        cles={
            "element": _NOM,
            "si": Feel(aide="L'élément n'est écrit que si cette condition est vraie."),
            "valeur": Feel(aide="Ce qu'il contient : la clé d'un champ, ou une expression FEEL."),
            "valeurs": Liste(
                de=Feel(), minimum=1, maximum=20, aide="Plusieurs valeurs écrites à la suite ; celles qui manquent sont sautées."
            ),
            "separateur": Ligne(longueur=5, exemple="–", aide="Ce qui sépare les valeurs, entre deux espaces (une espace par défaut)."),
            "forme": Parmi(
                valeurs=FORMES,
                aide="brute (par défaut ; une date : AAAA-MM-JJ), libelle (comme l'usager l'a lue), date_fr (JJ/MM/AAAA), jour, mois, "
                "annee, departement (d'un code de commune), iso3 (d'un code de pays ou de nationalité).",
            ),
            "liste": Ligne(longueur=80, aide="Le nom d'une liste de codes : chaque réponse y a son code."),
            "vide": Parmi(valeurs=VIDES, aide="Sans valeur : omis (par défaut), garde (ouvert et fermé), jamais (il y en a toujours une)."),
            "repete": Feel(aide="Une liste : l'élément est écrit une fois pour chacun."),
            "comme": Ligne(longueur=80, motif="[a-z][A-Za-z0-9_]*", exemple="enfant", aide="Le nom de chacun dans les expressions."),
            "attributs": ATTRIBUTS,
            "elements": Renvoi(vers=lambda: ELEMENTS, ref="#/properties/xml/properties/elements"),
        },
    ),
    aide="Les éléments, dans l'ordre où ils sont écrits.",
)
_CLES: dict[str, Forme] = {
    "document": Ligne(longueur=60, motif=r"[A-Za-z0-9][A-Za-z0-9 _-]*", exemple="ActeEtatCivil-XML", aide="Le code du document."),
    "nom": Ligne(longueur=120, aide="Son nom, pour l'agent."),
    "listes": Table(
        de=Table(de=Ligne(longueur=120), motif=r"[A-Za-z0-9_][\w'.-]{0,79}"),
        aide="Listes de codes : pour chaque réponse, le code à écrire.",
    ),
}
FLUX = Objet(
    requis=("document", "nom", "racine", "elements"),
    cles=_CLES | {"racine": _NOM, "attributs": ATTRIBUTS, "elements": ELEMENTS},
    aide="Les données de la démarche en XML, pour les logiciels des services : docs/pec.md.",
)


def _check_no_attribute(valeur: Any, chemin: Chemin, releve: Releve) -> None:
    for rang, element in enumerate(valeur.get("elements", ())):
        if isinstance(element, dict):
            if "attributs" in element:
                releve.add((*chemin, "elements", rang), "JSON n'a pas d'attributs.", "Faites-en des éléments.")
            _check_no_attribute(element, (*chemin, "elements", rang), releve)


FLUX_JSON = Objet(
    requis=("document", "nom", "elements"),
    cles=_CLES | {"elements": Renvoi(vers=lambda: ELEMENTS, ref="#/properties/xml/properties/elements")},
    propre=_check_no_attribute,
    aide="Les données de la démarche en JSON, pour les logiciels des services : docs/pec.md.",
)


def build_flux(donnees: Donnees | None) -> Flux | None:
    """Make the mapping of a definition already checked; None when it has none."""
    if donnees is None:
        return None
    racine = Element(donnees.get("racine", ""), attributs=_attributes(donnees), elements=_elements(donnees), vide="garde")
    return Flux(donnees["document"], donnees["nom"], racine, donnees.get("listes", {}))


def _elements(donnees: Donnees) -> tuple[Element, ...]:
    return tuple(_element(item) for item in donnees.get("elements", ()))


def _element(item: Donnees) -> Element:
    textes = item.get("valeurs") or ([item["valeur"]] if "valeur" in item else [])
    given = {cle: item[cle] for cle in ("forme", "liste", "vide", "comme") if cle in item}
    if "separateur" in item:
        given["separateur"] = f" {item['separateur']} "
    return Element(
        item["element"],
        si=parse(item["si"]) if "si" in item else None,
        valeurs=tuple(parse(texte) for texte in textes),
        repete=parse(item["repete"]) if "repete" in item else None,
        attributs=_attributes(item),
        elements=_elements(item),
        **given,
    )


def _attributes(donnees: Donnees) -> tuple[tuple[str, Expression], ...]:
    return tuple((nom, parse(texte)) for nom, texte in donnees.get("attributs", {}).items())
