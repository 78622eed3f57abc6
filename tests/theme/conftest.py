"""Assets built once for the tests of the theme, in a folder of their own, and fields as a definition gives them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from psl.portails.theme import assets, squelettes


@pytest.fixture(scope="session")
def construits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("assets")
    assets.build(folder, "etat")
    return folder


@pytest.fixture(autouse=True)
def _assets(construits: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "ASSETS", construits)
    squelettes.forget()
    with translation.override("fr"):
        yield
    squelettes.forget()
