"""The types of a table: its cells against its entrées, and what it gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psl.langage.feel import ErreurFEEL
from psl.langage.feel.types import ANY, LIST, NUMBER, Type, check
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import Chemin
from psl.langage.tables.lecture import parse
from psl.langage.tables.table import Politique, Table


@dataclass(frozen=True, slots=True)
class FauteDeCase:
    """A fault in a cell: the place of it in the section ("entrees", "lignes", "sinon"), the ranks of its row and column, the fault."""

    place: str
    ligne: int
    colonne: int
    texte: str
    erreur: ErreurFEEL


def check_table(table: Table, environment: Mapping[str, Type]) -> tuple[Type, list[FauteDeCase]]:
    """Infer what a table gives and list the faults of its cells."""
    faults: list[FauteDeCase] = []
    entrees = []
    for colonne, entree in enumerate(table.entrees):
        found, faulty = check(entree.valeur.tree, environment)
        entrees.append(found)
        faults.extend(FauteDeCase("entrees", 0, colonne, entree.valeur.text, erreur) for erreur in faulty)
    for rang, ligne in enumerate(table.lignes):
        for colonne, (test, found) in enumerate(zip(ligne.tests, entrees, strict=True)):
            faulty = check(test.tree, {**environment, "?": found})[1]
            faults.extend(FauteDeCase("lignes", rang, colonne, test.text, erreur) for erreur in faulty)
    return _given(table, environment, faults), faults


def _given(table: Table, environment: Mapping[str, Type], faults: list[FauteDeCase]) -> Type:
    columns: list[Type] = []
    for colonne in range(len(table.sorties)):
        kinds: dict[str, Type] = {}
        for found in _outputs(table, environment, faults, colonne):
            kinds.setdefault(found.kind, found if found.values is None else Type(found.kind))
        kinds.pop("null", None)
        columns.append(next(iter(kinds.values())) if len(kinds) == 1 else ANY)
    if table.politique is Politique.COLLECT:
        return NUMBER if table.agregation == "COUNT" else columns[0] if table.agregation else LIST
    if len(columns) == 1:
        return columns[0]
    return Type("context", members=dict(zip((sortie.nom for sortie in table.sorties), columns, strict=True)))


def _outputs(table: Table, environment: Mapping[str, Type], faults: list[FauteDeCase], colonne: int) -> Iterator[Type]:
    cells = [("lignes", rang, ligne.valeurs[colonne]) for rang, ligne in enumerate(table.lignes)]
    cells += [("sinon", 0, table.sinon[colonne])] if table.sinon else []
    for place, rang, cell in cells:
        found, faulty = check(cell.tree, environment)
        faults.extend(FauteDeCase(place, rang, len(table.entrees) + colonne, cell.text, erreur) for erreur in faulty)
        yield found


def check_sections(sections: Sequence[Mapping[str, Any]], environment: Mapping[str, Type], releve: Releve) -> None:
    """Note the faults of the `tables` of a definition, each at the line of its cell."""
    for rang, section in enumerate(sections):
        table = parse(section)
        for fault in check_table(table, environment)[1]:
            chemin: Chemin = ("tables", rang, fault.place)
            if fault.place == "lignes":
                chemin = (*chemin, fault.ligne, "quand" if fault.colonne < len(table.entrees) else "alors")
            message = f"Dans « {fault.texte} », caractère {fault.erreur.position + 1} : {fault.erreur.message}."
            releve.add(chemin, message, fault.erreur.remede)
