"""Shapes: what `instance of` asks, and what a typed parameter accepts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from psl.langage.feel.values.budget import spend
from psl.langage.feel.values.kinds import Value, kind_of


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind, and what is inside: the items of a list or range, the members of a context, the parameters then the result of a function."""

    kind: str
    items: tuple["Shape", ...] = ()
    members: Mapping[str, "Shape"] = field(default_factory=dict)

    def accepts(self, value: Value) -> bool:
        """Tell whether a value that is not null is of this shape."""
        spend(1)
        if self.kind == "any":
            return value is not None
        return kind_of(value) == self.kind and _INSIDE.get(self.kind, _nothing)(self, value)

    def coerce(self, value: Value) -> Value:
        """Give the value when it has the shape, alone out of its list or put in one when that is what lacks; else None."""
        # What a function gives is known only when it is called.
        if value is None or self.accepts(value) or self.kind == "function" == kind_of(value):
            return value
        if value.__class__ is list and len(value) == 1 and self.accepts(value[0]):
            return value[0]
        return [value] if self.kind == "list" and self.accepts([value]) else None

    def holds(self, other: "Shape") -> bool:
        """Tell whether every value of another shape is of this one."""
        if self.kind == "any":
            return True
        if self.kind != other.kind or (self.items and len(self.items) != len(other.items)):
            return False
        return _function_holds(self, other) if self.kind == "function" else _parts_hold(self, other)


ANYTHING = Shape("any")


def _parts_hold(wanted: Shape, given: Shape) -> bool:
    items = all(mine.holds(theirs) for mine, theirs in zip(wanted.items, given.items, strict=False))
    return items and all(name in given.members and shape.holds(given.members[name]) for name, shape in wanted.members.items())


def _function_holds(wanted: Shape, given: Shape) -> bool:
    *asked, result = wanted.items
    *taken, gives = given.items
    return result.holds(gives) and all(theirs.holds(mine) for mine, theirs in zip(asked, taken, strict=True))


def _nothing(_shape: Shape, _value: Value) -> bool:
    return True


def _every_item(shape: Shape, value: Value) -> bool:
    return not shape.items or all(item is None or shape.items[0].accepts(item) for item in value)


def _every_member(shape: Shape, value: Value) -> bool:
    return all(name in value and (value[name] is None or wanted.accepts(value[name])) for name, wanted in shape.members.items())


def _both_ends(shape: Shape, value: Value) -> bool:
    return not shape.items or all(end is None or shape.items[0].accepts(end) for end in (value.low, value.high))


def _signature(shape: Shape, value: Value) -> bool:
    if not shape.items:
        return True
    known = value.shapes or (ANYTHING,) * (len(value.parameters) + 1)
    return len(known) == len(shape.items) and shape.holds(Shape("function", tuple(known)))


_INSIDE = {"list": _every_item, "context": _every_member, "range": _both_ends, "function": _signature}
