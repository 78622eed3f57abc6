"""Sizes: the hard limits. An exception stands here with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.arbre import RACINE, Module, modules, sources

MODULE, FONCTION, VUE, CLASSE, GABARIT, MODULE_D_ESSAIS, MODULES_D_UNE_PIECE = 400, 50, 20, 250, 120, 400, 12

# Rooms whose folders hold one file per thing: a list, not a story.
UN_FICHIER_PAR_CHOSE = {"psl/langage/composants", "psl/commandes", "psl/connecteurs", "psl/simulateurs"}

# Rooms with one more: the language has its seven packages, each a stage of reading a démarche, and six modules above them.
PLUS_LARGES = {"psl/langage": 13}


def test_modules() -> None:
    assert _longer((module.path for module in sources()), MODULE) == []


def test_test_modules() -> None:
    assert _longer((module.path for module in modules("tests")), MODULE_D_ESSAIS) == []


def test_templates() -> None:
    assert _longer((RACINE / "psl").rglob("templates/**/*.*"), GABARIT) == []


def test_functions() -> None:
    assert [nom for module in sources() for nom, lines in _functions(module) if lines > FONCTION] == []


def test_views() -> None:
    views = [
        module for module in modules("psl/portails") if module.path.stem.startswith(("views", "vues")) or module.path.parent.stem == "views"
    ]
    assert [nom for module in views for nom, lines in _functions(module) if lines > VUE] == []


def test_classes() -> None:
    nodes = [(module, node) for module in sources() for node in ast.walk(module.arbre) if isinstance(node, ast.ClassDef)]
    assert [f"{module.nom} {node.name}" for module, node in nodes if _lines(node) > CLASSE] == []


def test_modules_of_a_room() -> None:
    """A sub-package counts as one, and holds as many at most."""
    folders = {path.parent for path in (RACINE / "psl").rglob("*/__init__.py") if "migrations" not in path.parts}
    listed = {RACINE / nom for nom in UN_FICHIER_PAR_CHOSE}
    crowded = {str(folder.relative_to(RACINE)): len(_inside(folder)) for folder in folders if not {folder, *folder.parents} & listed}
    assert {nom: count for nom, count in crowded.items() if count > PLUS_LARGES.get(nom, MODULES_D_UNE_PIECE)} == {}


def _inside(folder: Path) -> list[Path]:
    files = [path for path in folder.glob("*.py") if path.stem != "__init__"]
    packages = [path.parent for path in folder.glob("*/__init__.py") if path.parent.name != "migrations"]
    return files + packages


def _longer(paths: Iterator[Path], limit: int) -> list[str]:
    return [str(path.relative_to(RACINE)) for path in paths if path.is_file() and path.read_text(encoding="utf-8").count("\n") > limit]


def _functions(module: Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module.arbre):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{module.nom} {node.name}", _lines(node)


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """Count the lines of what it does: decorators and docstring left out."""
    is_documented = ast.get_docstring(node) is not None
    doc = node.body[0]
    return (node.end_lineno or 0) - node.lineno + 1 - ((doc.end_lineno or 0) - doc.lineno + 1 if is_documented else 0)
