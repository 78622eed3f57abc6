import json
import re
from pathlib import Path

import pytest

from psl.langage import charger, essais, feel
from psl.langage.definition.schema import json_schema
from psl.langage.preuves import verify
from psl.langage.source.yaml_strict import read_bytes

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = (DOCS / "guide-demarche.md").read_text("utf-8")
BLOCS = re.findall(r"^```(yaml[a-z ]*)\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)


def test_the_whole_example_passes_its_checks_and_its_essai(tmp_path: Path) -> None:
    exemples = {sorte.removeprefix("yaml").strip(): texte for sorte, texte in BLOCS if sorte != "yaml"}
    dossier = tmp_path / "carte-jardin"
    (dossier / "essais").mkdir(parents=True)
    (dossier / "demarche.yaml").write_text(exemples["demarche"], "utf-8")
    (dossier / "essais" / "grande-parcelle.yaml").write_text(exemples["essai"], "utf-8")
    definition = charger.read_definition(dossier)
    assert verify(definition) == []
    assert [resultat.ecarts for resultat in essais.run_all(definition.compile(), dossier)] == [()]


@pytest.mark.parametrize("texte", [texte for sorte, texte in BLOCS if sorte == "yaml"])
def test_each_fragment_is_strict_yaml(texte: str) -> None:
    assert read_bytes(texte.encode(), "guide").donnees


def test_each_condition_of_the_guide_is_understood() -> None:
    tableau = GUIDE.partition("## 6.")[2].partition("À savoir")[0]
    conditions = [ecrit for ligne in re.findall(r"^\| (`.*?`) \|", tableau, re.MULTILINE) for ecrit in re.findall("`(.*?)`", ligne)]
    assert [feel.parse(condition).text for condition in conditions] == conditions
    assert len(conditions) > 20


def test_the_published_schema_is_up_to_date() -> None:
    assert json.loads((DOCS / "demarche.schema.json").read_text("utf-8")) == json.loads(json.dumps(json_schema()))
