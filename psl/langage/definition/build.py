"""From checked plain data to the frozen objects: pages, blocs, champs, pieces, ways out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from psl.langage.composants import COMPOSANTS, Composant, Option
from psl.langage.composants.choix import Choix
from psl.langage.composants.information import Information
from psl.langage.definition.objets import Bloc, Champ, Controle, Page, Piece, Sortie
from psl.langage.feel import Expression, Value, parse

type Donnees = Mapping[str, Any]


def expression(donnees: Donnees, cle: str = "si") -> Expression | None:
    """Parse the condition a key holds, if any."""
    texte = donnees.get(cle)
    return parse(texte) if isinstance(texte, str) else None


def build_pages(donnees: Donnees, lus: frozenset[str]) -> tuple[Page, ...]:
    """Make the pages; `lus` are the names that some condition reads."""
    pieces = [_piece(piece) for piece in donnees.get("pieces", ())]
    sorties = [_sortie(sortie) for sortie in donnees.get("sorties", ())]
    return tuple(
        Page(
            cle=page["cle"],
            titre=page["titre"],
            si=expression(page),
            blocs=tuple(_bloc(bloc, page["cle"], lus) for bloc in page["blocs"]),
            pieces=tuple(piece for piece in pieces if piece.page == page["cle"]),
            sorties=tuple(sortie for sortie in sorties if sortie.page == page["cle"]),
        )
        for page in donnees["pages"]
    )


def _bloc(bloc: Donnees, page: str, lus: frozenset[str]) -> Bloc:
    return Bloc(
        cle=bloc["cle"],
        titre=bloc.get("titre", ""),
        aide=bloc.get("aide", ""),
        si=expression(bloc),
        champs=tuple(_champ(champ, page, bloc["cle"], lus) for champ in bloc["champs"]),
        titres=tuple((parse(item["si"]), item["titre"]) for item in bloc.get("titres", ())),
    )


def _champ(donnees: Donnees, page: str, bloc: str, lus: frozenset[str]) -> Champ:
    composant = COMPOSANTS[donnees["type"]].build(donnees)
    champ = _plain_champ(donnees, composant, page=page, bloc=bloc, est_lu=donnees["cle"] in lus)
    variantes = tuple((parse(item["si"]), replace(champ, libelle=item["libelle"])) for item in donnees.get("libelles", ()))
    return replace(champ, variantes=variantes) if variantes else champ


def _plain_champ(donnees: Donnees, composant: Composant, *, page: str, bloc: str, est_lu: bool) -> Champ:
    requis = donnees.get("requis", True)
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
        texte=composant.texte if isinstance(composant, Information) else "",
        defaut=donnees.get("defaut"),
        si=expression(donnees),
        requis=composant.has_value and requis is True,
        requis_si=expression(donnees, "requis"),
        options=options,
        est_lu=est_lu,
        convertir=_converter(composant),
        options_variables=any(option.si for option in options),
    )


def _converter(composant: Composant) -> Callable[[Any], Value] | None:
    return None if type(composant).to_feel is Composant.to_feel else composant.to_feel


def _piece(donnees: Donnees) -> Piece:
    requis = donnees.get("requis", True)
    given = {cle: donnees[cle] for cle in ("aide", "max_mo", "max_fichiers") if cle in donnees}
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
