"""FEEL trees turned into z3: the same answers as the evaluator, checked against it on random definitions (tests/preuves_langage)."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

import z3

from psl.langage.feel import Expression, nodes
from psl.langage.feel.compile import constant
from psl.langage.feel.values import Range
from psl.langage.preuves.solveur import symboles as s
from psl.langage.preuves.solveur.symboles import FAUX, OPAQUE, RIEN, VRAI, Sym

_ORDERS: dict[str, Callable[[Any, Any], Any]] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


class Traducteur:
    """Turns trees into values, in an environment of names. `opaques` are the texts it could not reason on."""

    def __init__(self, env: Mapping[str, Sym]) -> None:
        self.env = env
        self.opaques: set[str] = set()
        self.texte = ""
        self.fresh = 0
        self.cache: dict[str, Sym] = {}

    def expression(self, expression: Expression, env: Mapping[str, Sym] | None = None) -> Sym:
        """Turn a whole expression into a value; twice the same, the same free choices."""
        if env is None and expression.text in self.cache:
            return self.cache[expression.text]
        before = self.env, self.texte
        self.env, self.texte = self.env if env is None else env, expression.text
        found = self.value(expression.tree)
        self.env, self.texte = before
        if env is None:
            self.cache[expression.text] = found
        return found

    def true(self, expression: Expression, env: Mapping[str, Sym] | None = None) -> Any:
        """Give what makes a condition hold."""
        found = self.expression(expression, env)
        if found.kind == "opaque":
            found = self.opaque()
            if env is None:
                self.cache[expression.text] = found
        return s.test(found)[0]

    def opaque(self, node: nodes.Node | None = None) -> Sym:
        """Give a condition that is true, false or null as one likes."""
        self.fresh += 1
        if node is not None:
            self.opaques.add(self.texte[node.start : node.end])
        t, f = z3.Bool(f"?{self.fresh}v"), z3.Bool(f"?{self.fresh}f")
        return s.boolean(z3.And(t, z3.Not(f)), z3.And(f, z3.Not(t)))

    def value(self, node: nodes.Node) -> Sym:
        rule = _RULES.get(type(node))
        if rule is None:
            return self.unknown(node)
        return rule(self, node)

    def unknown(self, node: nodes.Node) -> Sym:
        self.opaques.add(self.texte[node.start : node.end])
        return OPAQUE

    def test(self, node: nodes.Node) -> tuple[Any, Any]:
        """Give what makes a tree true and what makes it false."""
        found = self.value(node)
        return s.test(self.opaque(node) if found.kind == "opaque" else found)

    def name(self, node: nodes.Name) -> Sym:
        return self.env.get(node.name, RIEN)

    def path(self, node: nodes.Path) -> Sym:
        base = self.value(node.base)
        if base.kind == "context":
            member = base.data.get(node.member, RIEN)
            return s.only(base.d, member) if member.kind not in ("null", "opaque") else member
        if base.kind == "date" and base.data.ordinal is None and node.member in ("year", "month", "day"):
            part = {"year": base.data.y, "month": base.data.m + 1, "day": base.data.d + 1}[node.member]
            return s.number(part, 1, base.d)
        if base.kind == "days" and node.member == "days":
            return s.number(base.data, 1, base.d)
        if base.kind == "months" and node.member == "years":
            months = base.data
            return s.number(
                z3.If(months >= 0, months / 12, -(-months / 12)) if not isinstance(months, int) else int(months / 12), 1, base.d
            )
        return RIEN if base.kind == "null" else self.unknown(node)

    def negate(self, node: nodes.Negate) -> Sym:
        return s.scaled(self.value(node.operand), s.const(-1), divides=False)

    def arithmetic(self, node: nodes.Arithmetic) -> Sym:
        left, right = self.value(node.left), self.value(node.right)
        if node.operator in "+-":
            found = s.plus(left, right, 1 if node.operator == "+" else -1)
        elif node.operator in "*/":
            found = s.scaled(left, right, divides=node.operator == "/")
        else:
            found = OPAQUE
        return self.unknown(node) if found.kind == "opaque" else found

    def compare(self, node: nodes.Compare) -> Sym:
        return self.related(node.operator, self.value(node.left), self.value(node.right), node)

    def related(self, sign: str, left: Sym, right: Sym, node: nodes.Node) -> Sym:
        """Compare two values as the standard says: « = null » always answers, an order needs both."""
        if "opaque" in (left.kind, right.kind):
            return self.opaque(node)
        both = z3.And(left.d, right.d)
        if sign in ("=", "!="):
            same = self.same(left, right, node)
            if same is None:
                return self.opaque(node)
            none = z3.And(z3.Not(left.d), z3.Not(right.d))
            equal = z3.Or(none, z3.And(both, same))
            unlike = z3.Or(z3.Xor(left.d, right.d), z3.And(both, z3.Not(same)))
            if left.kind != right.kind and "null" not in (left.kind, right.kind):
                equal, unlike = none, z3.Xor(left.d, right.d)
            return s.boolean(equal, unlike) if sign == "=" else s.boolean(unlike, equal)
        pair = s.signs(left, right)
        if pair is None:
            comparable = left.kind == right.kind == "text"
            return self.opaque(node) if comparable else s.boolean(FAUX, FAUX)
        holds = _ORDERS[sign](*pair)
        holds = z3.BoolVal(holds) if isinstance(holds, bool) else holds
        return s.boolean(z3.And(both, holds), z3.And(both, z3.Not(holds)))

    def same(self, left: Sym, right: Sym, node: nodes.Node) -> Any:
        """Give what makes two defined values equal; None when it is not known."""
        if "null" in (left.kind, right.kind) or left.kind != right.kind:
            return FAUX
        if left.kind == "boolean":
            return left.data[0] == right.data[0]
        if left.kind == "text":
            for one, other in ((left, right), (right, left)):
                if isinstance(one, Constante):
                    return other.data.is_(one.literal)
            return None
        pair = s.signs(left, right)
        if pair is None:
            return None
        found = pair[0] == pair[1]
        return z3.BoolVal(found) if isinstance(found, bool) else found

    def between(self, node: nodes.Between) -> Sym:
        value = self.value(node.value)
        low = self.related(">=", value, self.value(node.low), node)
        return self.both(low, self.related("<=", value, self.value(node.high), node))

    def both(self, one: Sym, other: Sym) -> Sym:
        (a, b), (c, d) = s.test(one), s.test(other)
        return s.boolean(z3.And(a, c), z3.Or(b, d))

    def inside(self, node: nodes.In) -> Sym:
        value = self.value(node.value)
        found = [s.test(self.passes(value, test)) for test in node.tests]
        return s.boolean(z3.Or([t for t, _ in found]), z3.And([f for _, f in found]))

    def passes(self, value: Sym, test: nodes.Node) -> Sym:
        if isinstance(test, nodes.UnaryTest):
            return self.related(test.operator, value, self.value(test.operand), test)
        if isinstance(test, nodes.RangeOf):
            return self.within(value, self.value(test.low), self.value(test.high), test, closed=(test.low_closed, test.high_closed))
        if isinstance(test, nodes.ListOf):
            t = z3.Or([s.test(self.passes(value, item))[0] for item in test.items])
            return s.boolean(t, z3.Not(t))
        if any(isinstance(below, nodes.Name) and below.name == "?" for below in test.walk()):
            before, self.env = self.env, {**self.env, "?": value}
            t = self.test(test)[0]
            self.env = before
            return s.boolean(t, z3.Not(t))
        if isinstance(known := constant(test), Range | list):
            return self.opaque(test)
        found = self.value(test) if not isinstance(known, str) else text(known)
        return self.opaque(test) if found.kind in ("texts", "rows", "opaque") else self.related("=", value, found, test)

    def within(self, value: Sym, low: Sym, high: Sym, node: nodes.Node, *, closed: tuple[bool, bool]) -> Sym:
        above = self.related(">=" if closed[0] else ">", value, low, node)
        return self.both(above, self.related("<=" if closed[1] else "<", value, high, node))

    def conjunction(self, node: nodes.And) -> Sym:
        found = [self.test(term) for term in node.terms]
        return s.boolean(z3.And([t for t, _ in found]), z3.Or([f for _, f in found]))

    def disjunction(self, node: nodes.Or) -> Sym:
        found = [self.test(term) for term in node.terms]
        return s.boolean(z3.Or([t for t, _ in found]), z3.And([f for _, f in found]))

    def conditional(self, node: nodes.If) -> Sym:
        return s.merge(self.test(node.condition)[0], self.value(node.value), self.value(node.otherwise))

    def quantified(self, node: nodes.Quantified) -> Sym:
        source = self.value(node.iterators[0].source) if len(node.iterators) == 1 and node.iterators[0].last is None else OPAQUE
        if source.kind != "rows":
            return self.opaque(node)
        found = []
        for present, row in source.data:
            before, self.env = self.env, {**self.env, node.iterators[0].name: row}
            t, f = self.test(node.body)
            self.env = before
            found.append((present, t, f))
        some = z3.Or([z3.And(present, t) for present, t, _ in found])
        other = z3.Or([z3.And(present, f) for present, _, f in found])
        clear_true = z3.And([z3.Implies(present, t) for present, t, _ in found])
        clear_false = z3.And([z3.Implies(present, f) for present, _, f in found])
        if node.is_every:
            return s.boolean(z3.And(source.d, clear_true), z3.And(source.d, other))
        return s.boolean(z3.And(source.d, some), z3.And(source.d, clear_false))

    def call(self, node: nodes.Call) -> Sym:
        found = self._known_call(node) if _names(node) else self._constant(node)
        if (
            found is None
            and node.function == "years and months duration"
            and any(self.value(item).kind == "null" for item in node.arguments)
        ):
            return RIEN
        return self.unknown(node) if found is None else found

    def _constant(self, node: nodes.Call) -> Sym | None:
        known = constant(node)
        if isinstance(known, str):
            return text(known)
        found = s.const(known)
        return None if found.kind == "opaque" else found

    def _known_call(self, node: nodes.Call) -> Sym | None:
        """Give what a built-in says of unknown values; None when it is not reasoned on."""
        arguments = [self.value(argument) for argument in node.arguments]
        match node.function, arguments:
            case "not", [found]:
                t, f = s.test(self.opaque(node) if found.kind == "opaque" else found)
                return s.boolean(f, t)
            case "count", [Sym(kind="rows") as rows]:
                return s.number(z3.Sum([z3.If(present, 1, 0) for present, _ in rows.data]), 1, rows.d)
            case "count", [Sym(kind="texts") as ticked]:
                return s.number(z3.Sum([z3.If(ticked.data.is_(valeur), 1, 0) for valeur in sorted(ticked.data.known)]), 1, ticked.d)
            case "list contains", [Sym(kind="texts") as ticked, Constante() as wanted]:
                t = ticked.data.is_(wanted.literal)
                return s.boolean(z3.And(ticked.d, t), z3.And(ticked.d, z3.Not(t)))
            case "years and months duration", [Sym(kind="date") as start, Sym(kind="date") as end]:
                return self._age(node, start, end)
        return None

    def _age(self, node: nodes.Node, start: Sym, end: Sym) -> Sym:
        if start.data.ordinal is not None or end.data.ordinal is not None:
            return self.unknown(node)
        (y, m, d, _), (y2, m2, d2, _) = start.data, end.data
        whole = (y2 - y) * 12 + m2 - m
        forth, back = whole - z3.If(d2 < d, 1, 0), whole + z3.If(d < d2, 1, 0)
        later = end.data.code() >= start.data.code()
        return Sym("months", z3.And(start.d, end.d), z3.If(later, forth, back))


class Constante(Sym):
    """A text written in a condition."""

    @property
    def literal(self) -> str:
        known: str = next(iter(self.data.known))
        return known


def text(value: str) -> Sym:
    """Give a text written in a condition."""
    return Constante("text", VRAI, s.const(value).data)


def _names(node: nodes.Node) -> bool:
    return any(isinstance(below, nodes.Name) for below in node.walk())


def _literal(self: Traducteur, node: nodes.Literal) -> Sym:
    return text(node.value) if isinstance(node.value, str) else s.const(node.value)


_RULES: dict[type[nodes.Node], Callable[[Traducteur, Any], Sym]] = {
    nodes.Literal: _literal,
    nodes.Name: Traducteur.name,
    nodes.Path: Traducteur.path,
    nodes.Negate: Traducteur.negate,
    nodes.Arithmetic: Traducteur.arithmetic,
    nodes.Compare: Traducteur.compare,
    nodes.Between: Traducteur.between,
    nodes.In: Traducteur.inside,
    nodes.And: Traducteur.conjunction,
    nodes.Or: Traducteur.disjunction,
    nodes.If: Traducteur.conditional,
    nodes.Quantified: Traducteur.quantified,
    nodes.Call: Traducteur.call,
}
