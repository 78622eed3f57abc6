"""Each direct dependency is told why it is here."""

import re

from tests.architecture.arbre import RACINE

PAGE = RACINE / "docs" / "decisions" / "dependances.md"


def test_each_dependency_has_its_line_and_no_other() -> None:
    wanted = {nom for fichier in ("base", "dev") for nom in _direct(fichier)}
    told = set(re.findall(r"^\| ([\w.-]+) \|", PAGE.read_text(encoding="utf-8"), re.M)) - {"package"}
    assert told == wanted


def _direct(fichier: str) -> set[str]:
    lines = (RACINE / "requirements" / f"{fichier}.in").read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=]", line)[0] for line in lines if line and line[0] not in "#-"}
