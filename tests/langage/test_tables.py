"""Decision tables: what each politique gives, what a definition may write, what their types say."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage import tables
from psl.langage.feel.types import BOOLEAN, LIST, NUMBER, TEXT, Type
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import read_bytes

TARIF = """
cle: tarif
titre: Le prix de la carte
politique: {politique}
entrees: [age, commune.code]
sorties: montant
lignes:
  - quand: ['< 18', '-']
    alors: '0'
  - quand: ['[18..65]', '"17300", "17000"']
    alors: '10'
  - quand: ['>= 60', 'not("17300")']
    alors: age - 50
"""
CHEZ = {"code": "17300"}
AILLEURS = {"code": "75056"}
VOISIN = {"code": "17000"}


def table(texte: str) -> tables.Table:
    donnees = read_bytes(texte.encode(), "demarche.yaml")
    releve = Releve(donnees)
    tables.TABLE.check(donnees.donnees, (), releve)
    assert releve.defauts == []
    return tables.parse(donnees.donnees)


@pytest.mark.parametrize(
    ("politique", "age", "commune", "valeur"),
    [
        ("UNIQUE", 12, AILLEURS, 0),
        ("UNIQUE", 40, CHEZ, 10),
        ("UNIQUE", 40, AILLEURS, None),
        ("UNIQUE", 70, AILLEURS, 20),
        ("UNIQUE", 62, VOISIN, None),
        ("FIRST", 62, VOISIN, 10),
        ("ANY", 62, VOISIN, None),
        ("ANY", 60, VOISIN, 10),
        ("COLLECT", 62, VOISIN, [10, 12]),
        ("COLLECT", 40, AILLEURS, []),
        ("COLLECT\nagregation: SUM", 62, VOISIN, 22),
        ("COLLECT\nagregation: MIN", 62, VOISIN, 10),
        ("COLLECT\nagregation: MAX", 62, VOISIN, 12),
        ("COLLECT\nagregation: COUNT", 62, VOISIN, 2),
        ("COLLECT\nagregation: COUNT", 40, AILLEURS, 0),
        ("COLLECT\nagregation: SUM", 40, AILLEURS, None),
        ("UNIQUE", None, CHEZ, None),
    ],
)
def test_a_politique_says_which_rows_count(politique: str, age: int | None, commune: Any, valeur: Any) -> None:
    assert table(TARIF.format(politique=politique)).evaluate({"age": age, "commune": commune}) == valeur


def test_what_no_row_answers_is_the_default() -> None:
    avec = table(TARIF.format(politique="UNIQUE") + "sinon: '99'\n")
    assert (avec.evaluate({"age": 40, "commune": AILLEURS}), avec.evaluate({"age": 1})) == (99, 0)
    assert avec.names == {"age", "commune"}


def test_several_sorties_make_a_context() -> None:
    texte = """
cle: aide
entrees: [revenu]
sorties: [montant, delai]
lignes:
  - {quand: '< 1000', alors: ['200', 'duration("P1M")']}
  - {quand: '-', alors: ['0', 'null']}
"""
    with_two = table(texte.replace("entrees", "politique: FIRST\nentrees"))
    assert with_two.evaluate({"revenu": 2000}) == {"montant": 0, "delai": None}
    found, faults = tables.check_table(with_two, {"revenu": NUMBER})
    assert (found.kind, found.members["montant"], found.members["delai"].kind, faults) == ("context", NUMBER, "months", [])


@pytest.mark.parametrize(
    ("avant", "apres", "ligne", "message", "remede"),
    [
        ("politique: UNIQUE", "politique: PRIORITY", 4, "« PRIORITY » ne convient pas pour « politique ».", None),
        ("'< 18'", "'< '", 8, "Dans « <  », caractère 3 : L'expression s'arrête trop tôt.", None),
        (
            "    alors: '10'",
            "    alors: ['10', '11']",
            11,
            None,
            "Donnez-en 1, une pour chacune des sorties de la table ; « - » accepte tout.",
        ),
        ("['< 18', '-']", "'< 18'", 8, None, "Donnez-en 2, une pour chacune des entrées de la table ; « - » accepte tout."),
        ("politique: UNIQUE", "agregation: SUM", 4, "Une agrégation ne va qu'avec la politique COLLECT et une seule sortie.", None),
        ("cle: tarif\n", "", 2, "Il manque « cle » dans « le fichier ».", None),
        ("['< 18', '-']", "18", 8, "« lignes › 1 › quand » doit être un texte, ou une liste de textes.", None),
        ("['< 18', '-']", "[18, '-']", 8, None, "Écrivez-le entre apostrophes."),
    ],
)
def test_a_fault_is_told_at_its_line(avant: str, apres: str, ligne: int, message: str | None, remede: str | None) -> None:
    donnees = read_bytes(TARIF.format(politique="UNIQUE").replace(avant, apres).encode(), "demarche.yaml")
    releve = Releve(donnees)
    tables.TABLE.check(donnees.donnees, (), releve)
    [defaut] = releve.defauts
    assert (defaut.ligne, defaut.message, defaut.remede) == (ligne, message or defaut.message, remede or defaut.remede)


def test_types_go_from_the_entrees_to_the_cells() -> None:
    codes = Type("context", members={"code": TEXT})
    assert tables.check_table(table(TARIF.format(politique="UNIQUE")), {"age": NUMBER, "commune": codes}) == (NUMBER, [])
    assert tables.check_table(table(TARIF.format(politique="COLLECT")), {"age": NUMBER, "commune": codes}) == (LIST, [])
    _, faults = tables.check_table(table(TARIF.format(politique="UNIQUE")), {"age": BOOLEAN, "commune": codes})
    assert [(fault.place, fault.ligne, fault.colonne, fault.texte) for fault in faults][:2] == [
        ("lignes", 0, 0, "< 18"),
        ("lignes", 1, 0, "[18..65]"),
    ]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=6, unique=True).map(sorted), st.integers(-2, 22))
def test_a_table_of_intervals_answers_as_a_search(bornes: list[int], valeur: int) -> None:
    lignes = [{"quand": f"[{bas}..{haut}[", "alors": str(bas)} for bas, haut in pairwise(bornes)] or [{"quand": "-", "alors": "0"}]
    donnees = {"cle": "t", "entrees": "x", "sorties": "y", "lignes": lignes}
    wanted = next((bas for bas, haut in pairwise(bornes) if bas <= valeur < haut), None if len(bornes) > 1 else 0)
    assert tables.parse(donnees).evaluate({"x": valeur}) == wanted
