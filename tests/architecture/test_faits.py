"""The story is whole: every kind of fait recorded anywhere has its row, every row is recorded, every handler exists."""

import ast
from importlib import import_module

from psl.enchainements import ENCHAINEMENTS
from psl.periodiques import PERIODIQUES, PURGES
from tests.architecture.arbre import Module, calls, modules


def test_every_kind_recorded_has_its_row() -> None:
    assert recorded() - set(ENCHAINEMENTS) == set()


def test_every_row_is_recorded() -> None:
    assert set(ENCHAINEMENTS) - recorded() == set()


def test_kinds_are_literal_where_they_are_recorded() -> None:
    """A kind built from pieces could not be found by this search: give record() a word, or a choice between words."""
    hidden = [f"{module.nom}:{call.lineno}" for module in _recording() for call in _records(module) if not _words(call.args[0], module)]
    assert hidden == []


def test_every_handler_exists() -> None:
    handlers = {handler for suites in ENCHAINEMENTS.values() for handler in suites}
    assert [path for path in sorted(handlers) if not callable(_named(path))] == []


def test_every_periodic_operation_exists() -> None:
    assert [path for path in sorted({*PERIODIQUES, *PURGES}) if not callable(_named(path))] == []


def recorded() -> set[str]:
    return {word for module in _recording() for call in _records(module) for word in _words(call.args[0], module)}


def _recording() -> list[Module]:
    return [module for module in modules("psl") if module.nom != "psl/journal/operations.py"]


def _records(module: Module) -> list[ast.Call]:
    return [call for call, name in calls(module) if name.rsplit(".", 1)[-1] == "record" and call.args]


def _words(node: ast.expr, module: Module) -> set[str]:
    """Return the words an expression may be: a literal, a choice, a name given such values in its module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _words(node.body, module) | _words(node.orelse, module)
    if isinstance(node, ast.Name):
        return set().union(*(_words(value, module) for value in _values(node.id, module)))
    return set()


def _values(name: str, module: Module) -> list[ast.expr]:
    assigned = [node for node in ast.walk(module.arbre) if isinstance(node, ast.Assign)]
    return [node.value for node in assigned if any(isinstance(target, ast.Name) and target.id == name for target in node.targets)]


def _named(path: str) -> object:
    module, name = path.rsplit(".", 1)
    return getattr(import_module(module), name, None)
