"""Every page is valid HTML, for the Nu checker (RGAA 8.1, 8.2)."""

import os
import re
from pathlib import Path

import pytest

from tests.rgaa import vnu
from tests.rgaa.carnet import Carnet, tell

# On a telephone the agents' table is shown line by line, and browsers then forget that it is a table: its roles say so again.
ROLES = re.compile("“(table|row|rowgroup|rowheader|columnheader|cell)” role is unnecessary|“role” attribute must not be used on a “t[drh]”")


@pytest.fixture(scope="session")
def nu() -> list[str]:
    """Give the command of the checker."""
    command = vnu.find_or_install()
    if command is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{vnu.ABSENT} : sous CI, c'est un échec.")
        pytest.skip(vnu.ABSENT)
    return command


def test_every_page_is_valid(carnet: Carnet, nu: list[str], tmp_path: Path) -> None:
    for page in carnet.pages:
        (tmp_path / f"{page.nom}.html").write_text(page.html, encoding="utf-8")
    fautes = [faute for faute in vnu.check(nu, tmp_path) if not (faute.startswith("agent.bannette-") and ROLES.search(faute))]
    assert tell(fautes, "html") == 0


def test_the_checker_does_see_what_is_wrong(nu: list[str], tmp_path: Path) -> None:
    page = '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title></head><body>{}</body></html>'
    (tmp_path / "bonne.html").write_text(page.format("<p>Bien</p>"), encoding="utf-8")
    (tmp_path / "mauvaise.html").write_text(page.format('<p id="a">Un<div id="a">Deux</div></p>'), encoding="utf-8")
    assert {faute.split(" l. ")[0] for faute in vnu.check(nu, tmp_path)} == {"mauvaise"}
