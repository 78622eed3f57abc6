"""Rooms import downward only: the contracts of pyproject.toml, one by one in its words."""

from importlinter.cli import lint_imports

from tests.architecture.arbre import RACINE

INTERDITS = {"utils", "common", "core", "helpers", "services", "managers"}


def test_import_contracts_are_kept() -> None:
    assert lint_imports(config_filename=str(RACINE / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_no_catch_all_name() -> None:
    names = {path for path in (RACINE / "psl").rglob("*") if path.stem in INTERDITS}
    assert names == set()
