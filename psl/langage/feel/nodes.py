"""The syntax tree: immutable, typed, each node with the characters it covers. The compiler, the types and the proofs read it."""

from collections.abc import Iterator as Iterate
from dataclasses import dataclass, fields

from psl.langage.feel.values import Shape, Value


@dataclass(frozen=True, slots=True)
class Node:
    """What all nodes have: the half-open span [start, end) of their text."""

    start: int
    end: int

    def children(self) -> Iterate["Node"]:
        """Yield the nodes directly below, in the order of the text."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from (item for item in value if isinstance(item, Node))

    def walk(self) -> Iterate["Node"]:
        """Yield this node, then all below it."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, true, false, null, or what `@"…"` reads."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A value of the context, or of what surrounds: an iterator, a parameter, an entry. `?` is the value under test."""

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
    """One of + - * / **."""

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
    """A call of a built-in: `not`, `date`, `count`… `names` holds the names of its arguments when they bear one."""

    function: str
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnaryRange(Node):
    """An interval with one end, alone: `(< 10)`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`base[criterion]`: the items for which it is true, or the one at that rank from 1, or from the end when negative."""

    base: Node
    criterion: Node


@dataclass(frozen=True, slots=True)
class Iterator(Node):
    """`name in source` of a for, some or every; with `end`, the numbers or days from one to the other."""

    name: str
    source: Node
    last: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for x in xs, y in ys return body`: the list of the bodies; `partial` is the list so far."""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some x in xs satisfies body`, or `every`."""

    is_every: bool
    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """An entry of a context."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`{a: 1, b: a + 1}`: each entry sees those before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """`function(a: number, b) body`. `shapes` holds None where the parameter says none."""

    parameters: tuple[str, ...]
    shapes: tuple[Shape | None, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Invoke(Node):
    """A call of what is not a built-in: a function of the context, of an entry, of a parameter."""

    target: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    shape: Shape


def free_names(node: Node) -> frozenset[str]:
    """Give the names a tree reads around it: those that no iterator, entry or parameter of its own gives. A filter's may be members too."""
    match node:
        case Name(name=name):
            return frozenset({name})
        case For(iterators=iterators, body=body) | Quantified(iterators=iterators, body=body):
            return _free_in_loop(iterators, free_names(body) - {"partial"} if isinstance(node, For) else free_names(body))
        case Filter(base=base, criterion=criterion):
            return free_names(base) | (free_names(criterion) - {"item"})
        case ContextOf(entries=entries):
            return _free_in_entries(entries)
        case FunctionOf(parameters=parameters, body=body):
            return free_names(body) - set(parameters)
    return frozenset().union(*(free_names(child) for child in node.children()))


def _free_in_loop(iterators: tuple[Iterator, ...], free: frozenset[str]) -> frozenset[str]:
    for iterator in reversed(iterators):
        last = free_names(iterator.last) if iterator.last else frozenset()
        free = (free - {iterator.name}) | free_names(iterator.source) | last
    return free


def _free_in_entries(entries: tuple[Entry, ...]) -> frozenset[str]:
    free: frozenset[str] = frozenset()
    for entry in reversed(entries):
        free = (free - {entry.key}) | free_names(entry.value)
    return free


def given_names(node: Node) -> frozenset[str]:
    """Give the names that a node gives to what is inside it."""
    match node:
        case For(iterators=iterators):
            return frozenset({"partial", *(iterator.name for iterator in iterators)})
        case Quantified(iterators=iterators):
            return frozenset(iterator.name for iterator in iterators)
        case Filter():
            return frozenset({"item"})
        case ContextOf(entries=entries):
            return frozenset(entry.key for entry in entries)
        case FunctionOf(parameters=parameters):
            return frozenset(parameters)
    return frozenset()
