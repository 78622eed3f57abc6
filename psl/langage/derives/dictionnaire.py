"""The dictionary of the fields for integrators: every key, what it asks, its type, when it is asked, who receives it. Pure."""

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from html import escape

from psl.langage.definition.objets import Bloc, Champ, Demarche, Page, Piece
from psl.langage.derives import donnees
from psl.langage.derives.differences import settings
from psl.langage.derives.phrases import say
from psl.langage.feel import Expression

ENTETES = ("Clé", "Libellé", "Type", "Donnée", "Valeurs", "Obligatoire", "Demandé", "Page", "Destinataires")

# What a spreadsheet computes, or skips before it computes; the full-width forms are read as the plain ones by some.
_CALCULS = ("=", "+", "-", "@", "\t", "\r", "\n", " ", "\u00a0", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Entree:
    """A line of the dictionary: all texts."""

    cle: str
    libelle: str
    type: str
    donnee: str
    valeurs: str
    obligatoire: str
    demande: str
    page: str
    destinataires: str


def entries(demarche: Demarche) -> list[Entree]:
    """List the fields, those of rows below their bloc, then the documents, in the order of the pages."""
    return [entree for page in demarche.pages for entree in _page(page, demarche)]


def _page(page: Page, demarche: Demarche) -> Iterator[Entree]:
    for bloc in page.blocs:
        for champ in bloc.champs:
            if champ.composant.has_value:
                quand = _when([page.si, bloc.si, champ.si], demarche)
                recu = _recipients(champ.cle, bloc, demarche)
                yield _champ(champ, page, quand, demarche, recu=recu)
                for membre in champ.membres:
                    yield _champ(membre, page, quand, demarche, recu=recu, start=f"{champ.cle}[].")
    for piece in page.pieces:
        yield _piece(piece, page, demarche)


def _champ(champ: Champ, page: Page, quand: str, demarche: Demarche, *, recu: str, start: str = "") -> Entree:
    valeurs = ", ".join(f"{option.valeur} ({option.libelle})" for option in champ.options[:60])
    bornes = ", ".join(f"{nom} : {valeur}" for nom, valeur in settings(champ).items() if valeur not in ("", "None"))
    own = quand if not start or champ.si is None else f"{quand} ; dans la ligne : selon {champ.si.text}"
    requis = _required(champ.requis, champ.requis_si if not start else None, demarche)
    return Entree(
        f"{start}{champ.cle}", champ.libelle, champ.type, _shape(champ), valeurs or bornes, requis, own, f"{page.titre} ({page.cle})", recu
    )


def _piece(piece: Piece, page: Page, demarche: Demarche) -> Entree:
    formats = f"{', '.join(piece.types)} ; {piece.max_mo} Mo, {piece.max_fichiers} fichier(s) au plus"
    requis = _required(piece.requis, piece.requis_si, demarche)
    quand = _when([page.si, piece.si], demarche)
    recu = _recipients(piece.code, None, demarche)
    return Entree(piece.code, piece.libelle, "pièce", "fichiers", formats, requis, quand, f"{page.titre} ({page.cle})", recu)


def _shape(champ: Champ) -> str:
    """Say in a word or two what the JSON value is."""
    if champ.membres:
        return "liste d'objets"
    schema = donnees.answer(champ)
    if "enum" in schema:
        return "texte, l'une des valeurs"
    sorte = schema.get("type", "texte")
    mots = {"string": "texte", "boolean": "booléen", "integer": "entier", "object": "objet", "array": "liste"}
    named = mots.get(sorte, "nombre, ou texte décimal") if isinstance(sorte, str) else "nombre, ou texte décimal"
    members = schema.get("properties")
    return f"objet : {', '.join(members)}" if members else f"{named} AAAA-MM-JJ" if schema.get("format") == "date" else named


def _required(requis: bool, si: Expression | None, demarche: Demarche) -> str:
    return f"si {say(si, demarche)}" if si else "oui" if requis else "non"


def _when(conditions: list[Expression | None], demarche: Demarche) -> str:
    return " ; et ".join(f"si {say(si, demarche)}" for si in conditions if si) or "toujours"


def _recipients(cle: str, bloc: Bloc | None, demarche: Demarche) -> str:
    noms = [d.nom for d in demarche.destinataires if d.recoit is None or cle in d.recoit or (bloc and bloc.cle in d.recoit)]
    return ", ".join(noms) or "aucun"


def to_csv(demarche: Demarche) -> str:
    """Write the dictionary as CSV: UTF-8, commas, a line of titles. A text that a spreadsheet would compute is kept a text."""
    sortie = io.StringIO()
    lignes = csv.writer(sortie, lineterminator="\r\n")
    lignes.writerow([field.name for field in fields(Entree)])
    lignes.writerows([f"'{texte}" if texte.startswith(_CALCULS) else texte for texte in astuple(entree)] for entree in entries(demarche))
    return sortie.getvalue()


def to_markdown(demarche: Demarche) -> str:
    """Write the dictionary as Markdown."""
    lignes = [f"# Dictionnaire des données : {demarche.titre}", "", _head(demarche), ""]
    lignes += [_row(ENTETES), _row("---" for _ in ENTETES)]
    lignes += [_row((f"`{entree.cle}`", *astuple(entree)[1:])) for entree in entries(demarche)]
    return "\n".join(lignes) + "\n"


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _head(demarche: Demarche) -> str:
    return f"Démarche « {demarche.slug} », code PSL {demarche.codes.psl}, empreinte de la version {demarche.digest}."


def to_html(demarche: Demarche) -> str:
    """Write the dictionary as an HTML page that stands alone, without script."""
    titre = escape(f"Dictionnaire des données : {demarche.titre}")
    tete = "".join(f'<th scope="col">{escape(mot)}</th>' for mot in ENTETES)
    corps = "\n".join(
        f'<tr><th scope="row"><code>{escape(entree.cle)}</code></th>'
        + "".join(f"<td>{escape(t)}</td>" for t in astuple(entree)[1:])
        + "</tr>"
        for entree in entries(demarche)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{titre}</title>\n<style>{_STYLE}</style></head>\n<body>\n<main>\n<h1>{titre}</h1>\n<p>{escape(_head(demarche))}</p>\n"
        f'<div class="table" tabindex="0" role="region" aria-label="{titre}">\n<table>\n<thead><tr>{tete}</tr></thead>\n'
        f"<tbody>\n{corps}\n</tbody>\n</table>\n</div>\n</main>\n</body>\n</html>\n"
    )


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#161616;margin:1.5rem}.table{overflow-x:auto}table{border-collapse:collapse}"
    "th,td{border-bottom:1px solid #cecece;padding:.4rem .6rem;text-align:left;vertical-align:top}thead th{background:#f6f6f6}"
)
