"""Static types of expressions: what a partner's condition compares, found wrong before anyone fills a form.

Without an environment names are untyped and nothing is refused for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from psl.langage.feel import nodes
from psl.langage.feel.compile import compile_node
from psl.langage.feel.errors import ErreurFEEL, nearest
from psl.langage.feel.fonctions import BUILTINS, motifs
from psl.langage.feel.values import PROPERTIES, MonthsDuration, Range


@dataclass(frozen=True, slots=True)
class Type:
    """A static type: its kind, the texts it may take (None: any), its members when it is a context, its items when it is a list."""

    kind: str
    values: frozenset[str] | None = None
    members: Mapping[str, "Type"] = field(default_factory=dict)
    item: "Type | None" = field(default=None, compare=False)


ANY, NULL, BOOLEAN, NUMBER, TEXT = Type("any"), Type("null"), Type("boolean"), Type("number"), Type("text")
DATE, MONTHS, DAYS, LIST, RANGE = Type("date"), Type("months"), Type("days"), Type("list"), Type("range")
TIME, DATETIME, CONTEXT, FUNCTION = Type("time"), Type("datetime"), Type("context"), Type("function")

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
    "time": "une heure",
    "datetime": "une date avec heure",
    "function": "une fonction",
    "any": "une valeur",
    "null": "rien",
}
_OF_VALUE: dict[type, Type] = {
    bool: BOOLEAN,
    int: NUMBER,
    Decimal: NUMBER,
    str: TEXT,
    date: DATE,
    time: TIME,
    datetime: DATETIME,
    Range: RANGE,
    MonthsDuration: MONTHS,
    timedelta: DAYS,
    type(None): NULL,
}
_PROPERTIES = {kind.kind: PROPERTIES[value] for value, kind in _OF_VALUE.items() if value in PROPERTIES}
_NOT_NUMBERS = {"time offset": DAYS, "timezone": TEXT, "start included": BOOLEAN, "end included": BOOLEAN, "start": ANY, "end": ANY}
# What + and - give; a pair that is not here is a fault. Times and divisions are in _scaled.
_SUMS = {
    ("number", "number"): NUMBER,
    ("date", "months"): DATE,
    ("date", "days"): DATE,
    ("months", "months"): MONTHS,
    ("days", "days"): DAYS,
    ("datetime", "months"): DATETIME,
    ("datetime", "days"): DATETIME,
    ("time", "days"): TIME,
}
_MOMENTS = frozenset({("date", "date"), ("datetime", "datetime"), ("date", "datetime"), ("datetime", "date"), ("time", "time")})


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
        if base.kind in ("any", "null"):
            return ANY
        if base.kind == "list":
            return LIST if base.item is None else Type("list", item=base.item.members.get(node.member, ANY))
        if node.member in _PROPERTIES.get(base.kind, ()):
            return _NOT_NUMBERS.get(node.member, NUMBER)
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
        items = [self.type_of(item) for item in node.items]
        kinds = {item.kind for item in items}
        return Type(
            "list", item=items[0] if len(kinds) == 1 and items[0].values is None else Type(kinds.pop()) if len(kinds) == 1 else None
        )

    def logical(self, node: nodes.And | nodes.Or) -> Type:
        for term in node.terms:
            self.wants(term, "boolean")
        return BOOLEAN

    def conditional(self, node: nodes.If) -> Type:
        self.wants(node.condition, "boolean")
        value, otherwise = self.type_of(node.value), self.type_of(node.otherwise)
        return value if value.kind == otherwise.kind else ANY

    def unary_range(self, node: nodes.UnaryRange) -> Type:
        self.type_of(node.operand)
        return RANGE

    def instance(self, node: nodes.InstanceOf) -> Type:
        self.type_of(node.value)
        return BOOLEAN

    def within(self, body: nodes.Node, names: Mapping[str, Type]) -> Type:
        """Infer a type where more names are known."""
        outer, self.environment = self.environment, _Known({**self.environment, **names}, is_open=_is_open(self.environment))
        found = self.type_of(body)
        self.environment = outer
        return found

    def filter(self, node: nodes.Filter) -> Type:
        base = self.type_of(node.base)
        item = (base.item or ANY) if base.kind == "list" else base
        outer, is_open = self.environment, item.kind in ("any", "null")
        self.environment = _Known({**outer, "item": item, **item.members}, is_open=is_open or _is_open(outer))
        criterion = self.type_of(node.criterion)
        self.environment = outer
        if criterion.kind not in ("boolean", "number", "any", "null"):
            self.fault(
                node.criterion, f"Il faut une condition ou un rang ici, et c'est {_WORDS[criterion.kind]}", "Écrivez une comparaison."
            )
        return item if criterion.kind == "number" else Type("list", item=item) if criterion.kind == "boolean" else ANY

    def iterators(self, iterators: tuple[nodes.Iterator, ...]) -> dict[str, Type]:
        names: dict[str, Type] = {}
        for iterator in iterators:
            source = self.within(iterator.source, names)
            if iterator.last is not None:
                self.within(iterator.last, names)
            names[iterator.name] = source if iterator.last is not None else (source.item or ANY) if source.kind == "list" else ANY
        return names

    def loop(self, node: nodes.For) -> Type:
        names = self.iterators(node.iterators)
        return Type("list", item=self.within(node.body, {**names, "partial": LIST}))

    def quantified(self, node: nodes.Quantified) -> Type:
        found = self.within(node.body, self.iterators(node.iterators))
        if found.kind not in ("boolean", "any", "null"):
            self.fault(node.body, f"Il faut oui ou non ici, et c'est {_WORDS[found.kind]}", "Complétez la condition par une comparaison.")
        return BOOLEAN

    def context(self, node: nodes.ContextOf) -> Type:
        members: dict[str, Type] = {}
        for entry in node.entries:
            members[entry.key] = self.within(entry.value, members)
        return Type("context", members=members)

    def function(self, node: nodes.FunctionOf) -> Type:
        given = {name: Type(shape.kind) if shape else ANY for name, shape in zip(node.parameters, node.shapes, strict=True)}
        self.within(node.body, given)
        return FUNCTION

    def invoke(self, node: nodes.Invoke) -> Type:
        for child in (node.target, *node.arguments):
            self.type_of(child)
        return ANY

    def call(self, node: nodes.Call) -> Type:
        if node.function == "not" and len(node.arguments) == 1:
            self.wants(node.arguments[0], "boolean")
            return BOOLEAN
        given = [self.type_of(argument) for argument in node.arguments]
        builtin = BUILTINS[node.function]
        form = next((form for form in builtin.forms if (form.order(node.names) if node.names else form.takes(len(given)))), None)
        if form is None:
            usage = builtin.usage()
            return self.fault(node, f"« {node.function} » ne prend pas ces valeurs", f"Écrivez {node.function}{usage}.")
        if not node.names and not form.is_variadic:
            for argument, found, parameter in zip(node.arguments, given, form.parameters, strict=False):
                self.argument(argument, found, parameter.kinds)
        return self.constructed(node) if node.function in _CONSTRUCTORS else self.pattern(node, _OF_KIND.get(builtin.gives, ANY))

    def argument(self, node: nodes.Node, found: Type, kinds: frozenset[str]) -> None:
        if kinds and "list" not in kinds and found.kind not in (kinds | {"any", "null", "list"}):
            wanted = " ou ".join(sorted(_WORDS[kind] for kind in kinds))
            self.fault(node, f"Il faut {wanted} ici, et c'est {_WORDS[found.kind]}", "Donnez une valeur de cette sorte.")

    def pattern(self, node: nodes.Call, gives: Type) -> Type:
        if node.function in ("matches", "replace", "split") and not node.names and isinstance(node.arguments[1], nodes.Literal):
            try:
                motifs.read(str(node.arguments[1].value))
            except motifs.ErreurMotif as erreur:
                self.fault(node.arguments[1], str(erreur), "Corrigez ce motif.")
        return gives

    def constructed(self, node: nodes.Call) -> Type:
        if not all(isinstance(argument, nodes.Literal) for argument in node.arguments):
            return _OF_KIND.get(BUILTINS[node.function].gives, ANY)
        value = compile_node(node)({})
        if value is not None:
            return _OF_VALUE[type(value)]
        return self.fault(node, *_CONSTRUCTORS[node.function])


class _Known(dict[str, Type]):
    """The names known; when it is open, others may be members of what is filtered and are of any type."""

    def __init__(self, names: Mapping[str, Type], *, is_open: bool) -> None:
        super().__init__(names)
        self.is_open = is_open

    def __contains__(self, name: object) -> bool:
        return self.is_open or super().__contains__(name)

    def __missing__(self, name: str) -> Type:
        return ANY


def _is_open(names: Mapping[str, Type]) -> bool:
    return isinstance(names, _Known) and names.is_open


_OF_KIND = {known.kind: known for known in (BOOLEAN, NUMBER, TEXT, DATE, TIME, DATETIME, MONTHS, DAYS, LIST, RANGE, CONTEXT)}
_CONSTRUCTORS = {
    "date": ("Cette date n'existe pas", 'Écrivez une date du calendrier, par exemple date("2026-01-31").'),
    "time": ("Cette heure n'existe pas", 'Écrivez une heure, par exemple time("10:30:00").'),
    "date and time": ("Cette date avec heure n'existe pas", 'Écrivez par exemple date and time("2026-01-31T10:30:00").'),
    "duration": (
        "Cette durée ne se lit pas",
        'Écrivez par exemple duration("P2M") pour deux mois, duration("P10D") pour dix jours.',
    ),
}


def _result(operator: str, left: str, right: str) -> Type | None:
    if operator in "*/":
        return _scaled(operator, left, right)
    if operator == "**":
        return NUMBER if left == right == "number" else None
    if operator == "-" and (left, right) in _MOMENTS:
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
        nodes.UnaryRange: _Checker.unary_range,
        nodes.InstanceOf: _Checker.instance,
        nodes.Filter: _Checker.filter,
        nodes.For: _Checker.loop,
        nodes.Quantified: _Checker.quantified,
        nodes.ContextOf: _Checker.context,
        nodes.FunctionOf: _Checker.function,
        nodes.Invoke: _Checker.invoke,
    }.items()
}
