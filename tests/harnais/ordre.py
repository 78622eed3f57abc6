"""Marks set from the fixtures a test uses, and the order: pure tests, then those with a base, then the browser's.

With several processes (xdist), the tests of the running platform all go to one, so that it starts once.
"""

import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

DE_BASE = {"db", "base_reelle", "django_db_setup"}
DE_NAVIGATEUR = {"plateforme", "navigateur", "_chromium"}
ENSEMBLE = "ensemble"  # workerinput: where the processes write which tests stay together
DOSSIER = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DE_NAVIGATEUR:
            item.add_marker(pytest.mark.navigateur)
        elif fixtures & DE_BASE or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.base)
    yield
    items.sort(key=_rank)
    if lieu := getattr(config, "workerinput", {}).get(ENSEMBLE):
        nodeids = "\n".join(item.nodeid for item in items if "plateforme" in getattr(item, "fixturenames", ()))
        brouillon = Path(f"{lieu}.{config.workerinput['workerid']}")  # type: ignore[attr-defined]
        brouillon.write_text(nodeids, encoding="utf-8")
        brouillon.replace(lieu)


def _rank(item: pytest.Item) -> int:
    if item.get_closest_marker("navigateur"):
        return 2
    return 1 if item.get_closest_marker("base") else 0


class Ordonnanceur(LoadScopeScheduling):
    """Hands tests out one by one in their order, and the running platform's as one lot.

    xdist's own groups travel in the tests' names, which pytest 9.2 no longer lets it change (pytest-xdist issue 1386).
    """

    @cached_property
    def ensemble(self) -> frozenset[str]:
        lieu = Path(_lieu(self.config))
        return frozenset(lieu.read_text(encoding="utf-8").splitlines()) if lieu.exists() else frozenset()

    def _split_scope(self, nodeid: str) -> str:
        return ENSEMBLE if nodeid in self.ensemble else nodeid


class Repartition:
    """The hooks of the process that hands tests out; registered only when xdist is there."""

    @staticmethod
    def pytest_configure_node(node: Any) -> None:
        node.workerinput[ENSEMBLE] = _lieu(node.config)

    @staticmethod
    def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Ordonnanceur:
        config.option.loadscopereorder = False
        return Ordonnanceur(config, log)


def _lieu(config: pytest.Config) -> str:
    if DOSSIER not in config.stash:
        dossier = config.stash[DOSSIER] = tempfile.TemporaryDirectory(prefix="psl-ordre-")
        config.add_cleanup(dossier.cleanup)
    return str(Path(config.stash[DOSSIER].name) / ENSEMBLE)


def pytest_configure(config: pytest.Config) -> None:
    if config.pluginmanager.hasplugin("dsession") or config.getoption("numprocesses", default=None):
        config.pluginmanager.register(Repartition())
