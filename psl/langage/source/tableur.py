"""A référentiel in a CSV file: UTF-8, commas, one line of titles. Bounded, and its faults said as those of a definition."""

import csv
import io
from pathlib import Path

from psl.langage.source.defauts import Defaut, DefinitionInvalide

TAILLE_MAX = 1_000_000
LIGNES_MAX = 5000

type Lignes = list[dict[str, str]]


def read(path: Path, colonnes: dict[str, str]) -> Lignes:
    """Read options: `colonnes` names the column of each of valeur, libelle, aide. Raises DefinitionInvalide."""
    try:
        with path.open("rb") as stream:
            octets = stream.read(TAILLE_MAX + 1)
        texte = octets.decode("utf-8-sig")
    except OSError:
        raise DefinitionInvalide([_fault(path, 1, "Ce fichier n'existe pas.", "Mettez-le dans le dossier referentiels/.")]) from None
    except UnicodeDecodeError:
        raise DefinitionInvalide([_fault(path, 1, "Ce fichier n'est pas en UTF-8.", "Enregistrez-le en UTF-8.")]) from None
    if len(octets) > TAILLE_MAX:
        raise DefinitionInvalide([_fault(path, 1, "Ce fichier dépasse 1 Mo.", "Retirez des lignes ou des colonnes.")])
    try:
        rows = list(csv.DictReader(io.StringIO(texte), strict=True))
    except csv.Error:
        raise DefinitionInvalide([_fault(path, 1, "Ce fichier n'est pas du CSV.", "Vérifiez les guillemets et les virgules.")]) from None
    return _options(path, rows, colonnes)


def _options(path: Path, rows: list[dict[str, str]], colonnes: dict[str, str]) -> Lignes:
    faults = []
    titres = list(rows[0]) if rows else []
    for colonne in colonnes.values():
        if colonne not in titres:
            faults.append(_fault(path, 1, f"Il n'y a pas de colonne « {colonne} ».", f"Les colonnes sont : {', '.join(map(str, titres))}."))
    if len(rows) > LIGNES_MAX:
        faults.append(_fault(path, LIGNES_MAX + 1, f"Ce fichier a plus de {LIGNES_MAX} lignes.", "Utilisez un référentiel par API."))
    if faults:
        raise DefinitionInvalide(faults)
    seen: set[str] = set()
    options: Lignes = []
    for numero, row in enumerate(rows, start=2):
        option = {cle: (row.get(colonne) or "").strip() for cle, colonne in colonnes.items()}
        if not option["valeur"] or not option["libelle"] or option["valeur"] in seen:
            faults.append(_fault(path, numero, "La valeur ou le libellé manque, ou la valeur est déjà prise.", "Corrigez cette ligne."))
        seen.add(option["valeur"])
        options.append({cle: texte for cle, texte in option.items() if texte})
    if faults:
        raise DefinitionInvalide(faults)
    return options


def _fault(path: Path, ligne: int, message: str, remede: str) -> Defaut:
    return Defaut(f"referentiels/{path.name}", ligne, message, remede)
