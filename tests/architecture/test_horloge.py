"""The clock is read in socle/clock.py only; operations are told what time it is."""

import ast

from tests.architecture.arbre import Module, calls, modules

LECTURES = {
    "datetime.now",
    "datetime.datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.date.today",
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "time.time",
    "time.time_ns",
    "Now",
}
PERMIS = {"psl/socle/clock.py", "psl/socle/uuid7.py"}  # the second dates identifiers, not the domain
# Who may ask socle/clock what time it is: doors (a view, a command, a worker, a simulator), and the clock's own room.
PORTES = ("psl/socle/", "psl/portails/", "psl/commandes/", "psl/simulateurs/", "psl/connecteurs/", "psl/journal/ouvrier.py")


def test_the_clock_is_read_in_one_place() -> None:
    elsewhere = [f"{module.nom}:{call.lineno} {name}" for module in modules("psl") for call, name in calls(module) if name in LECTURES]
    assert [place for place in elsewhere if place.split(":")[0] not in PERMIS] == []


def test_only_doors_ask_what_time_it_is() -> None:
    asking = [module.nom for module in modules("psl") for _, name in calls(module) if name in {"clock.now", "clock.today"}]
    assert [nom for nom in asking if not nom.startswith(PORTES)] == []


def test_operations_take_now_by_keyword() -> None:
    wrong = [
        f"{module.nom} {fonction.name}" for module in _operations() for fonction in module.arbre.body if _takes_now_by_position(fonction)
    ]
    assert wrong == []


def _operations() -> list[Module]:
    return [
        module for module in modules("psl") if module.path.stem in {"operations", "handlers"} or module.path.parent.name == "operations"
    ]


def _takes_now_by_position(node: ast.stmt) -> bool:
    """Recognise an operation, not a question asked beside it (whose docstring begins by Return)."""
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or (ast.get_docstring(node) or "").startswith("Return"):
        return False
    return "now" in {arg.arg for arg in node.args.args}
