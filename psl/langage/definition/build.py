"""From checked plain data to the frozen objects: pages, blocs, champs, pieces, ways out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from psl.langage.composants import COMPOSANTS, Composant, Option
from psl.langage.composants.choix import Choix
from psl.langage.composants.declaration import DeclarationHonneur
from psl.langage.composants.information import Information
from psl.langage.composants.recherche import Recherche
from psl.langage.composants.rendez_vous import RendezVous
from psl.langage.composants.repetition import Membre, Repetition
from psl.langage.definition.entourage import Calcul
from psl.langage.definition.objets import Bloc, Champ, Controle, Page, Piece, Sortie
from psl.langage.feel import Expression, Value, parse

type Donnees = Mapping[str, Any]


def expression(donnees: Donnees, cle: str = "si") -> Expression | None:
    """Parse the condition a key holds, if any."""
    texte = donnees.get(cle)
    return parse(texte) if isinstance(texte, str) else None


type Places = Mapping[str, tuple[Calcul, ...]]
"""The values to compute once a champ was passed, by its key."""


def build_pages(donnees: Donnees, lus: frozenset[str], places: Places) -> tuple[Page, ...]:
    """Make the pages; `lus` are the names that some condition reads, `places` where values are computed."""
    pieces = [_piece(piece) for piece in donnees.get("pieces", ())]
    sorties = [_sortie(sortie) for sortie in donnees.get("sorties", ())]
    return tuple(
        Page(
            cle=page["cle"],
            titre=page["titre"],
            si=expression(page),
            blocs=tuple(_bloc(bloc, page["cle"], lus, places) for bloc in page["blocs"]),
            pieces=(*_asked_in(page), *(piece for piece in pieces if piece.page == page["cle"])),
            sorties=tuple(sortie for sortie in sorties if sortie.page == page["cle"]),
        )
        for page in donnees["pages"]
    )


def _bloc(bloc: Donnees, page: str, lus: frozenset[str], places: Places) -> Bloc:
    champs = tuple(_champ(champ, page, bloc["cle"], lus, places) for champ in bloc["champs"] if champ["type"] != "piece_jointe")
    return Bloc(
        cle=bloc["cle"],
        titre=bloc.get("titre", ""),
        aide=bloc.get("aide", ""),
        si=expression(bloc),
        champs=champs,
        titres=tuple((parse(item["si"]), item["titre"]) for item in bloc.get("titres", ())),
        modele=bloc.get("modele", ""),
        calculs=tuple(calcul for champ in champs for calcul in champ.calculs),
    )


def _champ(donnees: Donnees, page: str, bloc: str, lus: frozenset[str], places: Places) -> Champ:
    membres = tuple(_champ(membre, page, bloc, lus, {}) for membre in donnees.get("champs", ()))
    if donnees["type"] == "repetition":
        own = {cle: donnees[cle] for cle in ("min", "max", "ajouter") if cle in donnees}
        composant: Composant = Repetition(tuple(Membre(membre.cle, membre.libelle, membre.composant) for membre in membres), **own)
    else:
        composant = COMPOSANTS[donnees["type"]].build(donnees)
    champ = _plain_champ(donnees, composant, page=page, bloc=bloc, est_lu=donnees["cle"] in lus)
    champ = replace(champ, membres=membres, calculs=places.get(donnees["cle"], ()))
    variantes = tuple((parse(item["si"]), replace(champ, libelle=item["libelle"])) for item in donnees.get("libelles", ()))
    return replace(champ, variantes=variantes) if variantes else champ


def _plain_champ(donnees: Donnees, composant: Composant, *, page: str, bloc: str, est_lu: bool) -> Champ:
    options: tuple[Option, ...] = composant.options if isinstance(composant, Choix) else ()
    return Champ(
        cle=donnees["cle"],
        type=donnees["type"],
        page=page,
        bloc=bloc,
        composant=composant,
        libelle=donnees.get("libelle", ""),
        aide=donnees.get("aide", ""),
        exemple=donnees.get("exemple", ""),
        autocomplete=donnees.get("autocomplete", composant.autocomplete),
        presentation=composant.presentation if isinstance(composant, Choix) else "",
        niveau=composant.niveau if isinstance(composant, Information) else "",
        texte=composant.texte if isinstance(composant, Information | DeclarationHonneur) else "",
        defaut=donnees.get("defaut"),
        si=expression(donnees),
        requis=is_required(donnees, composant),
        requis_si=expression(donnees, "requis"),
        options=options,
        est_lu=est_lu,
        convertir=_converter(composant),
        options_variables=any(option.si for option in options),
        liste=composant.source if isinstance(composant, Recherche | RendezVous) else composant.liste,
    )


def is_required(donnees: Donnees, composant: Composant) -> bool:
    """Tell whether an answer is required whatever the others: rows are when one at least is wanted."""
    if isinstance(composant, Repetition):
        return composant.min > 0
    return composant.has_value and donnees.get("requis", True) is True


def _converter(composant: Composant) -> Callable[[Any], Value] | None:
    return None if type(composant).to_feel is Composant.to_feel else composant.to_feel


def _asked_in(page: Donnees) -> tuple[Piece, ...]:
    """Give the documents asked among the questions of a page, under the conditions of their bloc and their own."""
    found: list[Piece] = []
    for bloc in page["blocs"]:
        for champ in bloc["champs"]:
            if champ["type"] == "piece_jointe":
                conditions = [item["si"] for item in (bloc, champ) if "si" in item]
                both = {"si": " and ".join(f"({si})" for si in conditions)} if conditions else {}
                found.append(_piece({**champ, "code": champ["cle"], "page": page["cle"], **both}))
    return tuple(found)


def _piece(donnees: Donnees) -> Piece:
    requis = donnees.get("requis", True)
    given = {cle: donnees[cle] for cle in ("aide", "max_mo", "max_fichiers", "nature") if cle in donnees}
    if "types" in donnees:
        given["types"] = tuple(donnees["types"])
    return Piece(
        code=donnees["code"],
        page=donnees["page"],
        libelle=donnees["libelle"],
        si=expression(donnees),
        requis=requis is True,
        requis_si=expression(donnees, "requis"),
        **given,
    )


def _sortie(donnees: Donnees) -> Sortie:
    return Sortie(donnees["cle"], donnees["page"], parse(donnees["si"]), donnees["titre"], donnees["texte"].rstrip())


def build_controles(donnees: Donnees) -> tuple[Controle, ...]:
    """Make the errors that several answers make together."""
    return tuple(Controle(parse(item["si"]), item["champ"], item["message"]) for item in donnees.get("controles", ()))
