"""The harness. Fixtures: `db` (pytest-django's: each test rolled back), `base_reelle`, `plateforme`, `navigateur`, `page`, `axe`."""

import pytest

from tests.harnais import reseau

pytest_plugins = ["tests.harnais.ordre", "tests.harnais.base", "tests.harnais.plateforme", "tests.harnais.navigateur"]


@pytest.fixture(scope="session", autouse=True)
def _reseau_ferme() -> None:
    reseau.close()
