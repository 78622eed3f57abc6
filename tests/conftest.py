"""The harness. Fixtures: `db` (pytest-django's: each test rolled back), `base_reelle`, `plateforme`, `navigateur`, `page`, `axe`."""

import os

import hypothesis
import pytest
from django.conf import settings

from psl.portails.theme import assets, traductions
from tests.harnais import reseau

pytest_plugins = [
    "tests.harnais.ordre",
    "tests.harnais.base",
    "tests.harnais.plateforme",
    "tests.harnais.navigateur",
    "tests.harnais.clamav",
]

# An example is not slow because the machine is: what must be soon says so itself. Under CI the same examples come each time.
hypothesis.settings.register_profile("psl", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("psl")


@pytest.fixture(scope="session", autouse=True)
def _reseau_ferme() -> None:
    reseau.close()


@pytest.fixture(scope="session", autouse=True)
def _pages_habillees() -> None:
    """Build what pages load and compile the translations, as `make run` does; nothing when nothing changed."""
    assets.build(settings.ASSETS, settings.THEME)
    traductions.compile_catalogues()
