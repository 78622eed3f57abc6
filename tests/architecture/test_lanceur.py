"""The launcher begins on any Python from 3.9, with its standard library only."""

import ast
import sys

from tests.architecture.arbre import RACINE, Module, modules

LANCEUR = [*modules("bin"), Module(RACINE / "bin" / "lancer")]


def test_it_reads_on_python_3_9() -> None:
    for module in LANCEUR:
        ast.parse(module.texte, filename=module.nom, feature_version=(3, 9))


def test_it_imports_the_standard_library_only() -> None:
    imported = {name for module in LANCEUR for node in ast.walk(module.arbre) for name in _imported(node)}
    assert imported - set(sys.stdlib_module_names) - {"lanceur"} == set()


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return set()
