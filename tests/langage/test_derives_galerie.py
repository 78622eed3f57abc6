"""What is derived holds for every component: the gallery is a démarche, so its schema, form, dictionary and diagrams are made too."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pdfua
import pikepdf
import pytest

from psl.langage.derives import depart, dictionnaire, donnees
from psl.langage.derives.diagramme import draw, to_bpmn, to_svg, to_text
from psl.portails.public.composants import exemples
from psl.teledossiers.rendus import papier
from tests.langage.test_derives_lus import check_bpmn

SORTES: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "null": type(None),
}  # fmt: skip
CHAMPS = {cle: champ for cle, champ in exemples.demarche().champs.items() if champ.composant.has_value}


def accepts(schema: Any, valeur: Any) -> bool:
    """Judge a value by the words of JSON Schema that ours use."""
    sortes = schema.get("type", [])
    sortes = [sortes] if isinstance(sortes, str) else sortes
    right = not sortes or any(isinstance(valeur, SORTES[sorte]) and (sorte == "boolean" or valeur is not True) for sorte in sortes)
    listed = valeur in schema.get("enum", [valeur]) and valeur == schema.get("const", valeur)
    known = schema.get("properties", {})
    inside = [accepts(known[nom], membre) for nom, membre in valeur.items() if nom in known] if isinstance(valeur, dict) else []
    inside += [accepts(schema.get("items", {}), item) for item in valeur] if isinstance(valeur, list) else []
    inside += [re.search(schema.get("pattern", ""), valeur) is not None] if isinstance(valeur, str) else []
    return right and listed and all(inside)


@pytest.mark.parametrize("cle", CHAMPS)
def test_the_schema_of_a_component_accepts_its_example_and_nothing_else(cle: str) -> None:
    schema = donnees.answer(CHAMPS[cle])
    reponses = exemples.every()[CHAMPS[cle].page].reponses
    assert [valeur for nom, valeur in reponses.items() if nom == cle and not accepts(schema, valeur)] == []
    assert (accepts(schema, None), bool(schema)) == (False, True)


def test_the_paper_form_asks_every_component_accessibly(tmp_path: Path) -> None:
    path = tmp_path / "formulaire.pdf"
    path.write_bytes(papier.render(exemples.demarche(), at=datetime(2026, 1, 1, tzinfo=UTC)))
    with pikepdf.open(path) as document:
        assert document.check_pdf_syntax() == []
    assert [(finding.rule_id, finding.message) for finding in pdfua.validate(str(path)).findings] == []


def test_the_dictionary_and_the_start_page_know_them_all() -> None:
    demarche = exemples.demarche()
    simples = [ligne["cle"] for ligne in csv.DictReader(io.StringIO(dictionnaire.to_csv(demarche))) if "[]" not in ligne["cle"]]
    assert sorted(simples) == sorted([*CHAMPS, *(piece.code for piece in demarche.pieces)])
    assert (depart.minutes(demarche) > 1, [piece.libelle for piece in demarche.pieces]) == (True, ["Votre justificatif de domicile"])
    assert any("justificatif de domicile" in ligne for ligne in depart.to_prepare(demarche))


def test_the_diagrams_hold_together() -> None:
    dessin = draw(exemples.demarche())
    assert ElementTree.fromstring(to_svg(dessin)).get("role") == "img"
    assert [page.titre for page in exemples.demarche().pages if page.titre not in to_text(dessin)] == []
    check_bpmn(to_bpmn(dessin))
