"""Values as they are written: literals, names, calls, lists, intervals, contexts, functions, types."""

from decimal import Decimal

from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.fonctions import BUILTINS, REFUSEES, nearest
from psl.langage.feel.lexer import Token
from psl.langage.feel.nodes import Call, ContextOf, Entry, FunctionOf, Invoke, ListOf, Literal, Name, Negate, Node, RangeOf, UnaryRange
from psl.langage.feel.parser.reader import Reader
from psl.langage.feel.values import Shape, to_date, to_datetime, to_duration, to_time
from psl.langage.feel.values.temporal import is_too_fine

COMPARATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_CONSTANTS = {"true": True, "false": False, "null": None}
_TEMPORAL = frozenset({"date", "time", "date and time", "duration"})
_TOO_FINE = "Les années vont de 1 à 9999, les secondes au millionième : écrivez une valeur de cet intervalle."
_SHAPES = {
    "Any": "any",
    "number": "number",
    "string": "text",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "datetime",
    "days and time duration": "days",
    "years and months duration": "months",
    "list": "list",
    "context": "context",
    "range": "range",
    "function": "function",
    "Null": "null",
}
_SHAPE_NAMES = sorted(((tuple(name.split()), kind) for name, kind in _SHAPES.items()), key=lambda pair: -len(pair[0]))


class Primaries(Reader):
    """What stands between operators."""

    def expression(self) -> Node:
        raise NotImplementedError

    def sum(self) -> Node:
        raise NotImplementedError

    def primary(self) -> Node:
        token = self.token
        if token.kind in ("number", "text"):
            self.advance()
            return Literal(token.start, token.end, _number(token) if token.kind == "number" else token.text)
        if token.text[:1].isalpha() or token.kind == "name":
            if name := self.named():
                return name
            if self.at(*_CONSTANTS):
                self.advance()
                return Literal(token.start, token.end, _CONSTANTS[token.text])
            if self.at("if", "for", "some", "every", "function"):
                return self.expression()
        return self.bracketed()

    def named(self) -> Node | None:
        """Read a name of the context, a call of a built-in, or nothing when a keyword stands here."""
        start = self.token.start
        name, count = self.known_name()
        builtin, length = self.builtin_name()
        if length > count and (self.token.kind == "name" or self.token.text == "not"):
            self.advance(length)
            return self.call(start, builtin)
        if count and (count > 1 or self.token.kind == "name"):
            return Name(start, self.advance(count).end, name)
        if self.token.kind != "name":
            return None
        if self.token.text == "?":
            raise ErreurFEEL(start, "« ? » n'a de sens que dans une table", "Répétez le nom de la valeur.")
        token = self.advance()
        if self.at("("):
            raise _unknown_function(token)
        return Name(start, token.end, token.text)

    def bracketed(self) -> Node:
        start = self.token.start
        if self.at("@"):
            return self.at_literal()
        if self.at("("):
            return self.parenthesis()
        if self.at("["):
            return self.list_or_interval()
        if self.at("{"):
            return self.context()
        if self.at("]"):
            self.advance()
            return self.interval(start, self.expression(), low_closed=False)
        raise self.unexpected("Écrivez une valeur, un nom ou une parenthèse ouvrante.")

    def at_literal(self) -> Node:
        start = self.advance().start
        if self.token.kind != "text":
            raise self.unexpected('Après @ vient un texte : @"2026-01-31", @"P2M".')
        token = self.advance()
        _refuse_too_fine(token.text, start, token.end)
        for read in (to_date, to_datetime, to_time, to_duration):
            if (value := read(token.text)) is not None:
                return Literal(start, token.end, value)
        raise ErreurFEEL(start, "Cette date ou cette durée ne se lit pas", 'Écrivez par exemple @"2026-01-31" ou @"P2M".', fin=token.end)

    def parenthesis(self) -> Node:
        start = self.expect("(").start
        with self.scope():
            if self.at(*COMPARATORS):
                operator = self.advance().text
                operand = self.sum()
                return UnaryRange(start, self.expect(")").end, operator, operand)
            node = self.expression()
        if self.at(".."):
            return self.interval(start, node, low_closed=False)
        self.expect(")")
        return node

    def list_or_interval(self) -> Node:
        start = self.expect("[").start
        items: list[Node] = []
        with self.scope():
            while not self.at("]"):
                items.append(self.expression())
                if self.at("..") and len(items) == 1:
                    break
                if not self.at("]"):
                    self.expect(",", "]")
        if self.at(".."):
            return self.interval(start, items[0], low_closed=True)
        return ListOf(start, self.advance().end, tuple(items))

    def interval(self, start: int, low: Node, *, low_closed: bool) -> Node:
        self.expect("..")
        outer, self.in_interval = self.in_interval, True
        high = self.expression()
        self.in_interval = outer
        end = self.expect("]", ")", "[")
        return RangeOf(start, end.end, low, high, low_closed, end.text == "]")

    def context(self) -> Node:
        start = self.expect("{").start
        entries: list[Entry] = []
        with self.scope():
            while not self.at("}"):
                token = self.token
                key = self.advance().text if token.kind == "text" else self.words_until(":")
                if key in {entry.key for entry in entries}:
                    raise ErreurFEEL(token.start, f"« {key} » est écrit deux fois", "Gardez une seule des deux entrées.", fin=token.end)
                self.expect(":")
                value = self.expression()
                entries.append(Entry(token.start, value.end, key, value))
                self.declare(key)
                if not self.at("}"):
                    self.expect(",", "}")
        return ContextOf(start, self.advance().end, tuple(entries))

    def function(self) -> Node:
        start = self.expect("function").start
        parameters: list[str] = []
        shapes: list[Shape | None] = []
        self.expect("(")
        with self.scope():
            while not self.at(")"):
                parameters.append(self.words_until(":", ",", ")"))
                shapes.append(self.shape() if self.at(":") and self.advance() else None)
                self.declare(parameters[-1])
                if not self.at(")"):
                    self.expect(",", ")")
            self.advance()
            if self.at("external"):
                raise ErreurFEEL(self.token.start, "Une fonction ne sort pas du FEEL", "Écrivez le calcul ici.", fin=self.token.end)
            body = self.expression()
        return FunctionOf(start, body.end, tuple(parameters), tuple(shapes), body)

    def shape(self) -> Shape:
        """Read a type: `number`, `list<date>`, `context<a: string>`, `function<number> -> string`."""
        self.deeper()
        for pieces, name in sorted(self.shapes.items(), key=lambda pair: -len(pair[0])):
            if self.follows(tuple(pieces.split())):
                self.advance(len(pieces.split()))
                self.depth -= 1
                return name
        kind = next((kind for pieces, kind in _SHAPE_NAMES if self.follows(pieces) and self.advance(len(pieces))), None)
        if kind is None:
            raise self.unexpected(f"Écrivez un type : {', '.join(_SHAPES)}.")
        shape = self.parametrised(kind) if kind in ("list", "range", "context", "function") and self.at("<") else Shape(kind)
        self.depth -= 1
        return shape

    def parametrised(self, kind: str) -> Shape:
        self.expect("<")
        items: list[Shape] = []
        members: dict[str, Shape] = {}
        while not self.at(">"):
            if kind == "context":
                key = self.words_until(":")
                self.advance()
                members[key] = self.shape()
            else:
                items.append(self.shape())
            if not self.at(">"):
                self.expect(",", ">")
        self.advance()
        if kind == "function":
            self.expect("-")
            self.expect(">")
            items.append(self.shape())
        return Shape(kind, tuple(items), members)

    def arguments(self) -> tuple[tuple[Node, ...], tuple[str, ...], int]:
        """Read the arguments of a call: their nodes, their names when they have one, where they end."""
        self.expect("(")
        nodes: list[Node] = []
        names: list[str] = []
        with self.scope():
            while not self.at(")"):
                if self.is_argument_name():
                    names.append(self.words_until(":"))
                    self.advance()
                nodes.append(self.expression())
                if len(names) not in (0, len(nodes)):
                    raise ErreurFEEL(nodes[-1].start, "Des valeurs sont nommées et d'autres non", "Nommez-les toutes, ou aucune.")
                if not self.at(")"):
                    self.expect(",")
                    if self.at(")"):
                        raise self.unexpected("Retirez la virgule, ou ajoutez une valeur.")
        return tuple(nodes), tuple(names), self.advance().end

    def is_argument_name(self) -> bool:
        ahead = self.index
        while self.tokens[ahead].kind == "name" or self.tokens[ahead].text in ("in", "of", "and"):
            ahead += 1
        return ahead > self.index and self.tokens[ahead].kind == "sign" and self.tokens[ahead].text == ":"

    def call(self, start: int, function: str) -> Node:
        if function in REFUSEES:
            raise ErreurFEEL(start, f"La fonction « {function} » n'est pas prise en charge", REFUSEES[function], fin=start + len(function))
        arguments, names, end = self.arguments()
        if function in _TEMPORAL and arguments:
            _refuse_beyond(function, arguments)
        return Call(start, end, function, arguments, names)

    def invocation(self, target: Node) -> Node:
        if isinstance(target, Literal | RangeOf | ListOf | ContextOf):
            raise ErreurFEEL(self.token.start, "Ce qui précède n'est pas une fonction", "Retirez ces parenthèses.")
        arguments, names, end = self.arguments()
        for argument in arguments:
            if isinstance(argument, Name) and argument.name in BUILTINS and not self.is_declared(argument.name):
                remede = f"Écrivez function(x) {argument.name}(x)."
                raise ErreurFEEL(argument.start, f"« {argument.name} » ne se donne pas comme une valeur", remede, fin=argument.end)
        return Invoke(target.start, end, target, arguments, names)


def _number(token: Token) -> int | Decimal:
    return int(token.text) if token.text.isdecimal() else Decimal(token.text)


def _unknown_function(token: Token) -> ErreurFEEL:
    close = nearest(token.text, BUILTINS)
    remede = f"Écrivez plutôt « {close} »." if close else f"Les fonctions sont : {', '.join(sorted(set(BUILTINS) - set(REFUSEES)))}."
    return ErreurFEEL(token.start, f"La fonction « {token.text} » n'est pas prise en charge", remede, fin=token.end)


def _refuse_too_fine(text: object, start: int, end: int) -> None:
    if isinstance(text, str) and is_too_fine(text):
        raise ErreurFEEL(start, "Cette valeur dépasse ce qui est pris en charge", _TOO_FINE, fin=end)


def _refuse_beyond(function: str, arguments: tuple[Node, ...]) -> None:
    first = arguments[0]
    if isinstance(first, Literal):
        _refuse_too_fine(first.value, first.start, first.end)
    year = first.operand if isinstance(first, Negate) else first
    if function == "date" and len(arguments) == 3 and isinstance(year, Literal) and isinstance(year.value, int):
        is_before = isinstance(first, Negate) or year.value == 0
        if (is_before or year.value > 9999) and year.value <= 999_999_999:
            raise ErreurFEEL(first.start, "Cette valeur dépasse ce qui est pris en charge", _TOO_FINE, fin=first.end)
