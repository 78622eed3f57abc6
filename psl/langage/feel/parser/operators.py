"""Operators by precedence, then for, some, every and if. Depth and length are bounded; what is not supported is refused where it stands."""

from collections.abc import Callable, Iterable, Mapping

from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.nodes import (
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    Filter,
    For,
    If,
    In,
    InstanceOf,
    Iterator,
    Literal,
    Name,
    Negate,
    Node,
    Or,
    Path,
    Quantified,
    UnaryTest,
)
from psl.langage.feel.parser.primaries import COMPARATORS, Primaries
from psl.langage.feel.parser.reader import PROFONDEUR_MAX
from psl.langage.feel.values import Shape

type _Operand = Callable[[], Node]


def parse_tree(source: str, names: Iterable[str] = (), shapes: Mapping[str, Shape] | None = None) -> Node:
    """Parse a whole text into its tree. Raises ErreurFEEL."""
    return _guarded(Parser(source, names, shapes or {}).whole)


def parse_tests_tree(source: str, names: Iterable[str] = (), shapes: Mapping[str, Shape] | None = None) -> Node:
    """Parse the cell of a decision table into a tree whose value is true when `?` passes. Raises ErreurFEEL."""
    return _guarded(Parser(source, ("?", *names), shapes or {}).cell)


def _guarded(read: _Operand) -> Node:
    try:
        return read()
    except RecursionError:
        raise ErreurFEEL(0, "Trop de parenthèses ou de if imbriqués", "Coupez l'expression en plusieurs conditions.") from None


class Parser(Primaries):
    """What reads a whole text."""

    def whole(self) -> Node:
        node = self.expression()
        if self.token.kind != "end":
            raise self.unexpected("Reliez les deux parties par and, or ou un opérateur, ou retirez ce qui suit.")
        return node

    def cell(self) -> Node:
        subject = Name(0, 0, "?")
        if self.at("-") and self.tokens[self.index + 1].kind == "end":
            return Literal(0, self.advance().end, value=True)
        if self.at("not") and (negated := self.negated(subject)):
            return negated
        tests = self.tests()
        if self.token.kind != "end":
            raise self.unexpected("Séparez les valeurs par des virgules.")
        return In(0, tests[-1].end, subject, tests)

    def negated(self, subject: Node) -> Node | None:
        """Read a cell that is `not(…)` from end to end; else stay where it begins."""
        start = self.index
        self.advance()
        self.expect("(")
        tests = self.tests()
        if self.at(")") and self.tokens[self.index + 1].kind == "end":
            end = self.advance().end
            return Call(0, end, "not", (In(0, end, subject, tests),))
        self.index = start
        return None

    def tests(self) -> tuple[Node, ...]:
        tests = [self.test()]
        while self.at(","):
            self.advance()
            tests.append(self.test())
        return tuple(tests)

    def expression(self) -> Node:
        self.deeper()
        node = self.structured() if self.at("if", "for", "some", "every", "function") else self.disjunction()
        self.depth -= 1
        return node

    def structured(self) -> Node:
        if self.known_name()[1] > 1:
            return self.disjunction()
        return {"if": self.conditional, "for": self.loop, "function": self.function}.get(self.token.text, self.quantified)()

    def conditional(self) -> Node:
        start = self.expect("if").start
        condition = self.expression()
        self.expect("then")
        value = self.expression()
        self.expect("else")
        otherwise = self.expression()
        return If(start, otherwise.end, condition, value, otherwise)

    def loop(self) -> Node:
        start = self.expect("for").start
        with self.scope():
            iterators = self.iterators()
            self.expect("return")
            self.declare("partial")
            body = self.expression()
        return For(start, body.end, iterators, body)

    def quantified(self) -> Node:
        word = self.expect("some", "every")
        with self.scope():
            iterators = self.iterators()
            self.expect("satisfies")
            body = self.expression()
        return Quantified(word.start, body.end, word.text == "every", iterators, body)

    def iterators(self) -> tuple[Iterator, ...]:
        found = [self.iterator()]
        while self.at(","):
            self.advance()
            found.append(self.iterator())
        return tuple(found)

    def iterator(self) -> Iterator:
        start = self.token.start
        name = self.words_until("in")
        self.advance()
        source = self.expression()
        last = self.sum() if self.at("..") and self.advance() else None
        self.declare(name)
        return Iterator(start, (last or source).end, name, source, last)

    def disjunction(self) -> Node:
        terms = [self.conjunction()]
        while self.at("or"):
            self.advance()
            terms.append(self.conjunction())
        return terms[0] if len(terms) == 1 else Or(terms[0].start, terms[-1].end, tuple(terms))

    def conjunction(self) -> Node:
        terms = [self.comparison()]
        while self.at("and"):
            self.advance()
            terms.append(self.comparison())
        return terms[0] if len(terms) == 1 else And(terms[0].start, terms[-1].end, tuple(terms))

    def comparison(self) -> Node:
        left = self.sum()
        if self.at(*COMPARATORS):
            operator = self.advance().text
            right = self.sum()
            left = Compare(left.start, right.end, operator, left, right)
        elif self.at("between"):
            self.advance()
            low = self.sum()
            self.expect("and")
            high = self.sum()
            left = Between(left.start, high.end, left, low, high)
        elif self.at("in"):
            self.advance()
            left = self.inside(left)
        if self.at(*COMPARATORS, "between", "in"):
            raise ErreurFEEL(self.token.start, "Deux comparaisons se suivent", "Mettez la première entre parenthèses.", fin=self.token.end)
        return left

    def inside(self, value: Node) -> Node:
        if not self.at("("):
            test = self.test()
            return In(value.start, test.end, value, (test,))
        start = self.advance().start
        with self.scope():
            tests = self.tests()
        if self.at("..") and len(tests) == 1 and not isinstance(tests[0], UnaryTest):
            interval = self.interval(start, tests[0], low_closed=False)
            return In(value.start, interval.end, value, (interval,))
        return In(value.start, self.expect(")").end, value, tests)

    def test(self) -> Node:
        if not self.at(*COMPARATORS):
            return self.expression()
        operator = self.advance()
        operand = self.sum()
        return UnaryTest(operator.start, operand.end, operator.text, operand)

    def sum(self) -> Node:
        return self.chain(("+", "-"), self.product)

    def product(self) -> Node:
        return self.chain(("*", "/"), self.power)

    def power(self) -> Node:
        return self.chain(("**",), self.unary)

    def chain(self, operators: tuple[str, ...], operand: _Operand) -> Node:
        left, length = operand(), 0
        while self.at(*operators):
            length += 1
            if length > PROFONDEUR_MAX:
                raise ErreurFEEL(self.token.start, "Ce calcul est trop long", "Coupez-le en plusieurs valeurs.")
            operator = self.advance().text
            right = operand()
            left = Arithmetic(left.start, right.end, operator, left, right)
        return left

    def unary(self) -> Node:
        signs: list[int] = []
        while self.at("-"):
            if len(signs) == 2:
                raise self.unexpected("Écrivez un seul signe moins, ou des parenthèses.")
            signs.append(self.advance().start)
        node = self.postfix()
        for start in reversed(signs):
            node = Negate(start, node.end, node)
        return node

    def postfix(self) -> Node:
        node, length = self.primary(), 0
        while self.at(".", "(", "instance") or (self.at("[") and not self.in_interval):
            length += 1
            if length > PROFONDEUR_MAX:
                raise self.unexpected("Coupez l'expression en plusieurs conditions.")
            node = self.suffixed(node)
        return node

    def suffixed(self, node: Node) -> Node:
        if self.at("("):
            return self.invocation(node)
        if self.at("["):
            return self.filter(node)
        if self.at("instance"):
            self.advance()
            self.expect("of")
            shape = self.shape()
            return InstanceOf(node.start, self.tokens[self.index - 1].end, node, shape)
        self.advance()
        name, count = self.member_name()
        if not count:
            raise self.unexpected("Après le point, écrivez le nom d'un membre, par exemple commune.code.")
        return Path(node.start, self.advance(count).end, node, name)

    def filter(self, base: Node) -> Node:
        self.expect("[")
        with self.scope() as known:
            known.update({pieces: name for pieces, name in self.members.items() if all(piece.isidentifier() for piece in pieces)})
            self.declare("item")
            criterion = self.expression()
        return Filter(base.start, self.expect("]").end, base, criterion)
