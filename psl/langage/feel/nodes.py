"""The syntax tree: immutable, typed, each node with the characters it covers. The compiler, the types and the proofs read it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from psl.langage.feel.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """What all nodes have: the half-open span [start, end) of their text."""

    start: int
    end: int

    def children(self) -> Iterator["Node"]:
        """Yield the nodes directly below, in the order of the text."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from value

    def walk(self) -> Iterator["Node"]:
        """Yield this node, then all below it."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, true, false or null."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A value of the context."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A member of a context, or a property of a date or a duration: `commune.code`, `jour.year`."""

    base: Node
    member: str


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """Unary minus."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """One of + - * /."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """One of = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`value between low and high`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class UnaryTest(Node):
    """A comparison whose left side is the value on the left of `in`: `< 5`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in (test, test…)`: true when one of the tests is."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """An interval: `[1..5]`, `]1..5[`, `(1..5]`."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """A list: `["A", "B"]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    """A conjunction, flattened."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """A disjunction, flattened."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then value else otherwise`; a condition that is not true takes the second way."""

    condition: Node
    value: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a built-in: `not`, `date`, `duration`."""

    function: str
    arguments: tuple[Node, ...]
