"""From tokens to the syntax tree, by recursive descent. Depth and length are bounded; what is not supported is refused where it stands."""

from collections.abc import Callable
from decimal import Decimal

from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.lexer import Token, tokenize
from psl.langage.feel.nodes import (
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    If,
    In,
    ListOf,
    Literal,
    Name,
    Negate,
    Node,
    Or,
    Path,
    RangeOf,
    UnaryTest,
)

PROFONDEUR_MAX = 50
type _Operand = Callable[[], Node]
COMPARATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})
# Built-ins of this slice, with the number of arguments each takes.
FUNCTIONS = {"not": (1,), "date": (1, 3), "duration": (1,)}
_CONSTANTS = {"true": True, "false": False, "null": None}
_WORDS = {
    "et": "and",
    "ou": "or",
    "non": "not(…)",
    "si": "if",
    "sinon": "else",
    "alors": "then",
    "dans": "in",
    "vrai": "true",
    "faux": "false",
}


def parse_tree(source: str) -> Node:
    """Parse a whole text into its tree. Raises ErreurFEEL."""
    return _Parser(tokenize(source)).whole()


class _Parser:
    """The tokens, and where the reading stands."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.index = 0
        self.depth = 0
        self.in_interval = False

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def advance(self) -> Token:
        self.index += 1
        return self.tokens[self.index - 1]

    def at(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.text in signs

    def expect(self, *signs: str) -> Token:
        if not self.at(*signs):
            wanted = " ou ".join(f"« {sign} »" for sign in signs)
            raise self.unexpected(f"Écrivez {wanted} ici.")
        return self.advance()

    def unexpected(self, remede: str) -> ErreurFEEL:
        token = self.token
        if token.kind == "end":
            return ErreurFEEL(token.start, "L'expression s'arrête trop tôt", remede)
        if token.kind == "name" and token.text.lower() in _WORDS:
            remede = f"Écrivez {_WORDS[token.text.lower()]}."
        if token.text == "=" and self.index and self.tokens[self.index - 1].text == "=":
            remede = "L'égalité s'écrit avec un seul signe =."
        return ErreurFEEL(token.start, f"« {token.text} » n'est pas attendu ici", remede, fin=token.end)

    def whole(self) -> Node:
        node = self.expression()
        if self.token.kind != "end":
            raise self.unexpected("Reliez les deux parties par and, or ou un opérateur, ou retirez ce qui suit.")
        return node

    def expression(self) -> Node:
        self.depth += 1
        if self.depth > PROFONDEUR_MAX:
            raise ErreurFEEL(self.token.start, "Trop de parenthèses ou de if imbriqués", "Coupez l'expression en plusieurs conditions.")
        node = self.conditional() if self.at("if") else self.disjunction()
        self.depth -= 1
        return node

    def conditional(self) -> Node:
        start = self.expect("if").start
        condition = self.expression()
        self.expect("then")
        value = self.expression()
        self.expect("else")
        otherwise = self.expression()
        return If(start, otherwise.end, condition, value, otherwise)

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
            left = self.compared(left)
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

    def compared(self, left: Node) -> Node:
        operator = self.advance().text
        right = self.sum()
        return Compare(left.start, right.end, operator, left, right)

    def inside(self, value: Node) -> Node:
        if not self.at("("):
            test = self.test()
            return In(value.start, test.end, value, (test,))
        start = self.advance().start
        tests = [self.test()]
        if self.at("..") and not isinstance(tests[0], UnaryTest):
            interval = self.interval(start, tests[0], low_closed=False)
            return In(value.start, interval.end, value, (interval,))
        while self.at(","):
            self.advance()
            tests.append(self.test())
        return In(value.start, self.expect(")").end, value, tuple(tests))

    def test(self) -> Node:
        if not self.at(*COMPARATORS):
            return self.sum()
        operator = self.advance()
        operand = self.sum()
        return UnaryTest(operator.start, operand.end, operator.text, operand)

    def sum(self) -> Node:
        return self.chain(("+", "-"), self.product)

    def product(self) -> Node:
        return self.chain(("*", "/"), self.unary)

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
        if not self.at("-"):
            return self.postfix()
        start = self.advance().start
        if self.at("-"):
            raise self.unexpected("Écrivez un seul signe moins, ou des parenthèses.")
        operand = self.postfix()
        return Negate(start, operand.end, operand)

    def postfix(self) -> Node:
        node, length = self.primary(), 0
        while self.at("."):
            length += 1
            self.advance()
            if self.token.kind != "name" or length > PROFONDEUR_MAX:
                raise self.unexpected("Après le point, écrivez le nom d'un membre, par exemple commune.code.")
            token = self.advance()
            node = Path(node.start, token.end, node, token.text)
        if self.at("[") and not self.in_interval:
            raise ErreurFEEL(self.token.start, "Les filtres [ ] ne sont pas pris en charge", "Écrivez la condition avec in.")
        return node

    def primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.advance()
            number = int(token.text) if token.text.isdecimal() else Decimal(token.text)
            return Literal(token.start, token.end, number)
        if token.kind == "text":
            self.advance()
            return Literal(token.start, token.end, token.text)
        if token.kind == "name":
            self.advance()
            return self.call(token) if self.at("(") else Name(token.start, token.end, token.text)
        if self.at(*_CONSTANTS):
            self.advance()
            return Literal(token.start, token.end, _CONSTANTS[token.text])
        return self.bracketed()

    def bracketed(self) -> Node:
        if self.at("not"):
            return self.call(self.advance())
        if self.at("("):
            start = self.advance().start
            node = self.expression()
            if self.at(".."):
                return self.interval(start, node, low_closed=False)
            self.expect(")")
            return node
        if self.at("["):
            return self.list_or_interval()
        if self.at("]"):
            return self.interval(self.advance().start, self.expression(), low_closed=False)
        raise self.unexpected("Écrivez une valeur, un nom ou une parenthèse ouvrante.")

    def list_or_interval(self) -> Node:
        start = self.expect("[").start
        items: list[Node] = []
        while not self.at("]"):
            items.append(self.expression())
            if self.at("..") and len(items) == 1:
                return self.interval(start, items[0], low_closed=True)
            if not self.at("]"):
                self.expect(",", "]")
        return ListOf(start, self.advance().end, tuple(items))

    def interval(self, start: int, low: Node, *, low_closed: bool) -> Node:
        self.expect("..")
        outer, self.in_interval = self.in_interval, True
        high = self.expression()
        self.in_interval = outer
        end = self.expect("]", ")", "[")
        return RangeOf(start, end.end, low, high, low_closed, end.text == "]")

    def call(self, function: Token) -> Node:
        if function.text not in FUNCTIONS:
            known = ", ".join(sorted(FUNCTIONS))
            message = f"La fonction « {function.text} » n'est pas prise en charge"
            raise ErreurFEEL(function.start, message, f"Les fonctions sont : {known}.", fin=function.end)
        self.expect("(")
        arguments = [self.expression()]
        while self.at(","):
            self.advance()
            arguments.append(self.expression())
        end = self.expect(")").end
        if len(arguments) not in FUNCTIONS[function.text]:
            wanted = " ou ".join(map(str, FUNCTIONS[function.text]))
            message = f"« {function.text} » attend {wanted} valeur(s) entre ses parenthèses"
            raise ErreurFEEL(function.start, message, "Retirez ou ajoutez ce qu'il faut.", fin=end)
        return Call(function.start, end, function.text, tuple(arguments))
