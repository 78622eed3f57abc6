"""Static types of expressions: what a partner's condition compares, found wrong before anyone fills a form.

Without an environment names are untyped and nothing is refused for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import cast

from psl.langage.feel import nodes
from psl.langage.feel.compile import compile_node
from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.values import PROPERTIES, MonthsDuration


@dataclass(frozen=True, slots=True)
class Type:
    """A static type: its kind, the texts it may take (None: any), its members when it is a context."""

    kind: str
    values: frozenset[str] | None = None
    members: Mapping[str, "Type"] = field(default_factory=dict)


ANY, NULL, BOOLEAN, NUMBER, TEXT = Type("any"), Type("null"), Type("boolean"), Type("number"), Type("text")
DATE, MONTHS, DAYS, LIST, RANGE = Type("date"), Type("months"), Type("days"), Type("list"), Type("range")

_WORDS = {
    "boolean": "oui ou non",
    "number": "un nombre",
    "text": "un texte",
    "date": "une date",
    "months": "une durée en mois",
    "days": "une durée en jours",
    "list": "une liste",
    "range": "un intervalle",
    "context": "une valeur composée",
}
_OF_VALUE: dict[type, Type] = {
    bool: BOOLEAN,
    int: NUMBER,
    Decimal: NUMBER,
    str: TEXT,
    date: DATE,
    MonthsDuration: MONTHS,
    timedelta: DAYS,
    type(None): NULL,
}
_PROPERTIES = {"date": PROPERTIES[date], "months": PROPERTIES[MonthsDuration], "days": PROPERTIES[timedelta]}
# What + and - give; a pair that is not here is a fault. Times and divisions are in _scaled.
_SUMS = {
    ("number", "number"): NUMBER,
    ("date", "months"): DATE,
    ("date", "days"): DATE,
    ("months", "months"): MONTHS,
    ("days", "days"): DAYS,
}


def check(tree: nodes.Node, environment: Mapping[str, Type]) -> tuple[Type, list[ErreurFEEL]]:
    """Infer the type of a tree and list its faults: unknown names and members, kinds that do not compare, texts no option has."""
    checker = _Checker(environment)
    found = checker.type_of(tree)
    return found, sorted(checker.faults, key=lambda fault: fault.position)


class _Checker:
    """The faults met so far, and the names known."""

    def __init__(self, environment: Mapping[str, Type]) -> None:
        self.environment = environment
        self.faults: list[ErreurFEEL] = []

    def fault(self, node: nodes.Node, message: str, remede: str) -> Type:
        self.faults.append(ErreurFEEL(node.start, message, remede, fin=node.end))
        return ANY

    def type_of(self, node: nodes.Node) -> Type:
        return _RULES[type(node)](self, node)

    def wants(self, node: nodes.Node, kind: str) -> None:
        found = self.type_of(node)
        if found.kind not in (kind, "any", "null"):
            self.fault(node, f"Il faut {_WORDS[kind]} ici, et c'est {_WORDS[found.kind]}", "Complétez la condition par une comparaison.")

    def literal(self, node: nodes.Literal) -> Type:
        return Type("text", frozenset({node.value})) if isinstance(node.value, str) else _OF_VALUE[type(node.value)]

    def name(self, node: nodes.Name) -> Type:
        if node.name in self.environment:
            return self.environment[node.name]
        return self.fault(node, f"« {node.name} » n'est pas connu ici", _near(node.name, self.environment))

    def path(self, node: nodes.Path) -> Type:
        base = self.type_of(node.base)
        if base.kind == "any":
            return ANY
        if node.member in _PROPERTIES.get(base.kind, ()):
            return NUMBER
        if node.member in base.members:
            return base.members[node.member]
        known = base.members or _PROPERTIES.get(base.kind, {})
        return self.fault(node, f"« {node.member} » n'existe pas dans {_WORDS.get(base.kind, 'cette valeur')}", _near(node.member, known))

    def negate(self, node: nodes.Negate) -> Type:
        found = self.type_of(node.operand)
        if found.kind in ("number", "months", "days", "any", "null"):
            return found
        return self.fault(node, f"Le signe moins ne s'applique pas à {_WORDS[found.kind]}", "Retirez-le.")

    def arithmetic(self, node: nodes.Arithmetic) -> Type:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if {"any", "null"} & {left.kind, right.kind}:
            return ANY
        result = _result(node.operator, left.kind, right.kind)
        if result is None:
            what = f"{_WORDS[left.kind]} et {_WORDS[right.kind]}"
            return self.fault(node, f"« {node.operator} » ne s'applique pas entre {what}", 'Pour une durée, écrivez duration("P2M").')
        return result

    def compare(self, node: nodes.Compare) -> Type:
        self.comparable(node, self.type_of(node.left), self.type_of(node.right))
        return BOOLEAN

    def comparable(self, node: nodes.Node, left: Type, right: Type) -> None:
        if {"any", "null"} & {left.kind, right.kind}:
            return
        if left.kind != right.kind:
            message = f"Comparer {_WORDS[left.kind]} et {_WORDS[right.kind]} ne donne jamais vrai"
            self.fault(node, message, "Comparez deux valeurs de même sorte.")
        elif left.values is not None and right.values is not None and not left.values & right.values:
            unknown, known = sorted(right.values), sorted(left.values)
            self.fault(node, f"La valeur « {', '.join(unknown)} » n'est pas une réponse possible", _near(unknown[0], known))

    def between(self, node: nodes.Between) -> Type:
        found = self.type_of(node.value)
        self.comparable(node.low, found, self.type_of(node.low))
        self.comparable(node.high, found, self.type_of(node.high))
        return BOOLEAN

    def inside(self, node: nodes.In) -> Type:
        found = self.type_of(node.value)
        for test in node.tests:
            self.test(found, test)
        return BOOLEAN

    def test(self, found: Type, test: nodes.Node) -> None:
        if isinstance(test, nodes.ListOf):
            for item in test.items:
                self.test(found, item)
        elif isinstance(test, nodes.RangeOf):
            self.comparable(test.low, found, self.type_of(test.low))
            self.comparable(test.high, found, self.type_of(test.high))
        elif isinstance(test, nodes.UnaryTest):
            self.comparable(test, found, self.type_of(test.operand))
        elif (kind := self.type_of(test)).kind not in ("list", "range"):
            self.comparable(test, found, kind)

    def range_of(self, node: nodes.RangeOf) -> Type:
        self.comparable(node, self.type_of(node.low), self.type_of(node.high))
        return RANGE

    def list_of(self, node: nodes.ListOf) -> Type:
        for item in node.items:
            self.type_of(item)
        return LIST

    def logical(self, node: nodes.And | nodes.Or) -> Type:
        for term in node.terms:
            self.wants(term, "boolean")
        return BOOLEAN

    def conditional(self, node: nodes.If) -> Type:
        self.wants(node.condition, "boolean")
        value, otherwise = self.type_of(node.value), self.type_of(node.otherwise)
        return value if value.kind == otherwise.kind else ANY

    def call(self, node: nodes.Call) -> Type:
        if node.function == "not":
            self.wants(node.arguments[0], "boolean")
            return BOOLEAN
        for argument in node.arguments:
            self.type_of(argument)
        return self.constructed(node)

    def constructed(self, node: nodes.Call) -> Type:
        if not all(isinstance(argument, nodes.Literal) for argument in node.arguments):
            return DATE if node.function == "date" else ANY
        value = compile_node(node)({})
        if value is not None:
            return _OF_VALUE[type(value)]
        if node.function == "date":
            return self.fault(node, "Cette date n'existe pas", 'Écrivez une date du calendrier, par exemple date("2026-01-31").')
        return self.fault(
            node, "Cette durée ne se lit pas", 'Écrivez par exemple duration("P2M") pour deux mois, duration("P10D") pour dix jours.'
        )


def _result(operator: str, left: str, right: str) -> Type | None:
    if operator in "*/":
        return _scaled(operator, left, right)
    if operator == "-" and left == right == "date":
        return DAYS
    if operator == "+":
        return TEXT if left == right == "text" else _SUMS.get((left, right)) or _SUMS.get((right, left))
    return _SUMS.get((left, right))


def _scaled(operator: str, left: str, right: str) -> Type | None:
    if left == right == "number":
        return NUMBER
    if right == "number" and left in ("months", "days"):
        return Type(left)
    if operator == "/":
        return NUMBER if left == right and left in ("months", "days") else None
    return Type(right) if left == "number" and right in ("months", "days") else None


def _near(word: str, known: Mapping[str, object] | list[str]) -> str:
    close = nearest(word, known)
    if close:
        return f"Vouliez-vous écrire « {close} » ?"
    return f"Écrivez l'un de : {', '.join(sorted(known)[:12])}." if known else "Vérifiez ce nom."


def nearest(word: str, known: Mapping[str, object] | list[str]) -> str | None:
    """Give the known word most like this one, or None when none is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return found[0] if found else None


_RULES: dict[type[nodes.Node], Callable[[_Checker, nodes.Node], Type]] = {
    kind: cast("Callable[[_Checker, nodes.Node], Type]", rule)
    for kind, rule in {
        nodes.Literal: _Checker.literal,
        nodes.Name: _Checker.name,
        nodes.Path: _Checker.path,
        nodes.Negate: _Checker.negate,
        nodes.Arithmetic: _Checker.arithmetic,
        nodes.Compare: _Checker.compare,
        nodes.Between: _Checker.between,
        nodes.In: _Checker.inside,
        nodes.RangeOf: _Checker.range_of,
        nodes.ListOf: _Checker.list_of,
        nodes.And: _Checker.logical,
        nodes.Or: _Checker.logical,
        nodes.If: _Checker.conditional,
        nodes.Call: _Checker.call,
    }.items()
}
