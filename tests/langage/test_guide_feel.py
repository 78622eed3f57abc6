import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from psl.langage import tables
from psl.langage.feel import parse
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import read_bytes

GUIDE = (Path(__file__).parents[2] / "docs" / "guide-feel.md").read_text("utf-8")
EXEMPLES = re.findall(r"^\| `(.+)` \| `(.+)` \|$", GUIDE, re.MULTILINE)
REPONSES: dict[str, Any] = {
    "age": 17,
    "situation": "MARIE",
    "naissance": date(2009, 3, 15),
    "aujourd'hui": date(2026, 11, 23),
    "enfants": [{"nom": "Ada", "age": 12}, {"nom": "Bob", "age": 19}, {"nom": "Cléo", "age": 7}],
}


@pytest.mark.parametrize(("texte", "valeur"), EXEMPLES)
def test_each_example_gives_what_the_guide_says(texte: str, valeur: str) -> None:
    assert repr(parse(texte).evaluate(REPONSES)) in {repr(parse(valeur).evaluate({})), f"Decimal('{valeur}')"}


def test_the_guide_has_examples() -> None:
    assert len(EXEMPLES) == 28


def test_the_table_of_the_guide_decides() -> None:
    donnees = read_bytes(re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)[0].encode(), "guide")
    [section] = donnees.donnees["tables"]
    releve = Releve(donnees)
    tables.TABLE.check(section, ("tables", 0), releve)
    assert releve.defauts == []
    table = tables.parse(section)
    assert [table.evaluate({"age": age, "situation": "PACSE"}) for age in (17, 20, 40)] == [0, 5, 10]
