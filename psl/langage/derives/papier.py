"""The paper form of a démarche: the same questions, to be filled by hand, every branch said « Si …, remplissez ». Data only. Pure."""

from typing import Any

from psl.langage import texte
from psl.langage.definition.objets import Bloc, Champ, Demarche, Page, Piece
from psl.langage.derives.phrases import say
from psl.langage.evaluation.lignes import settings
from psl.langage.feel import Expression

type Donnees = dict[str, Any]

LIGNES = {"texte_long": 6, "adresse": 3, "point": 2, "trace": 2}
EXEMPLAIRES = 3  # as many blank rows at most for a repeated bloc
_DATES = {"date": "jour, mois, année", "date_partielle": "jour, mois, année ; laissez vide ce que vous ne savez pas"}
_OUI_NON = ({"libelle": "Oui", "aide": "", "si": ""}, {"libelle": "Non", "aide": "", "si": ""})


def form(demarche: Demarche) -> Donnees:
    """Give the whole form as plain data."""
    return {
        "titre": demarche.titre,
        "code": demarche.codes.psl,
        "resume": demarche.resume,
        "autrement": texte.plain(demarche.depart.autrement),
        "donnees": texte.plain(demarche.depart.donnees),
        "silence": texte.plain(demarche.faits.silence.texte),
        "pages": [_page(page, demarche) for page in demarche.pages],
        "declarations": [declaration.libelle for declaration in demarche.declarations],
    }


def _page(page: Page, demarche: Demarche) -> Donnees:
    return {
        "titre": page.titre,
        "si": _if(page.si, demarche, "remplissez cette partie. Sinon, passez à la suivante."),
        "blocs": [_bloc(bloc, demarche) for bloc in page.blocs if bloc.champs],
        "pieces": [_piece(piece, demarche) for piece in page.pieces],
        "sorties": [
            {"si": _if(sortie.si, demarche, "arrêtez ici :"), "titre": sortie.titre, "texte": texte.plain(sortie.texte)}
            for sortie in page.sorties
        ],
    }


def _bloc(bloc: Bloc, demarche: Demarche) -> Donnees:
    repetes = [champ for champ in bloc.champs if champ.membres]
    champs = [_champ(champ, demarche) for champ in bloc.champs if not champ.membres]
    return {
        "titre": bloc.titre,
        "aide": texte.plain(bloc.aide),
        "si": _if(bloc.si, demarche, "remplissez :"),
        "champs": champs,
        "lignes": [_rows(champ, demarche) for champ in repetes],
    }


def _rows(champ: Champ, demarche: Demarche) -> Donnees:
    bornes = settings(champ)
    blank = max(1, bornes.min, min(bornes.max, EXEMPLAIRES))
    membres = [_champ(membre, demarche) for membre in champ.membres]
    suite = f"Jusqu'à {bornes.max} : ajoutez une feuille si besoin." if bornes.max > blank else ""
    return {
        "si": _if(champ.si, demarche, "remplissez :"),
        "exemplaires": [{"titre": f"{champ.libelle} {rang}", "champs": membres} for rang in range(1, blank + 1)],
        "suite": suite,
    }


def _champ(champ: Champ, demarche: Demarche) -> Donnees:
    sorte, options = _kind(champ)
    return {
        "libelle": champ.libelle,
        "autres": [f"(si {say(si, demarche)} : {variante.libelle})" for si, variante in champ.variantes],
        "aide": texte.plain(champ.aide),
        "exemple": f"Exemple : {champ.exemple}" if champ.exemple else _DATES.get(champ.type, ""),
        "si": _if(champ.si, demarche, "remplissez :" if champ.composant.has_value else "lisez :"),
        "facultatif": champ.composant.has_value and not champ.requis and champ.requis_si is None,
        "exige": _if(champ.requis_si, demarche, "cette réponse est obligatoire."),
        "sorte": sorte,
        "options": [*options, *({"libelle": o.libelle, "aide": o.aide, "si": _if(o.si, demarche, "")} for o in champ.options)],
        "texte": texte.plain(champ.texte) if champ.texte else "",
        "lignes": LIGNES.get(champ.type, 1),
    }


def _kind(champ: Champ) -> tuple[str, tuple[Donnees, ...]]:
    """Say how a question is answered with a pen: boxes, a date, lines; nothing for what is only read."""
    if not champ.composant.has_value:
        return "information", ()
    if champ.type == "oui_non":
        return "cases", _OUI_NON
    if champ.type in ("case", "declaration_honneur"):
        return "case", ()
    if champ.options:
        return ("cases_multiples" if champ.type == "choix_multiple" else "cases"), ()
    return ("date" if champ.type in _DATES else "lignes"), ()


def _piece(piece: Piece, demarche: Demarche) -> Donnees:
    quand = _if(piece.si, demarche, "joignez :")
    exige = _if(piece.requis_si, demarche, "ce document est obligatoire.")
    facultatif = not piece.requis and piece.requis_si is None
    return {"libelle": piece.libelle, "aide": texte.plain(piece.aide), "si": quand, "exige": exige, "facultatif": facultatif}


def _if(si: Expression | None, demarche: Demarche, faire: str) -> str:
    return f"Si {say(si, demarche)}{',' if faire else ''} {faire}".strip() if si else ""
