"""How a built-in is called: its parameters, their kinds, what it gives; and its arguments put in order and in kind."""

from collections.abc import Callable
from dataclasses import dataclass

from psl.langage.feel.values.budget import spend
from psl.langage.feel.values.kinds import Value, kind_of

type Compute = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, the kinds it takes (empty: all, null too), whether it may be left out or null."""

    name: str
    kinds: frozenset[str]
    is_optional: bool

    def take(self, value: Value) -> tuple[bool, Value]:
        """Give whether a value fits, and the value in kind: a list of one is its item, one value is a list of one."""
        if not self.kinds:
            return True, value
        if value is None:
            return self.is_optional, None
        if kind_of(value) in self.kinds:
            return True, value
        if value.__class__ is list and len(value) == 1 and kind_of(value[0]) in self.kinds:
            return True, value[0]
        return "list" in self.kinds, [value]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a built-in."""

    parameters: tuple[Parameter, ...]
    compute: Compute
    is_variadic: bool = False
    is_named: bool = False

    def takes(self, count: int) -> bool:
        """Tell whether so many values without names may be given."""
        if self.is_variadic:
            return count > 0
        if self.is_named:
            return False
        return sum(not parameter.is_optional for parameter in self.parameters) <= count <= len(self.parameters)

    def order(self, names: tuple[str, ...]) -> tuple[int | None, ...] | None:
        """Give where each parameter finds its value among named arguments; None when they are not this form's."""
        known = [parameter.name for parameter in self.parameters]
        if len(set(names)) < len(names) or not set(names) <= set(known):
            return None
        if any(parameter.name not in names and not parameter.is_optional for parameter in self.parameters):
            return None
        return tuple(names.index(name) if name in names else None for name in known)

    def apply(self, values: list[Value]) -> Value:
        """Compute on values in the order of the parameters; one that is not of its kind makes null."""
        split = len(self.parameters) - 1
        if self.is_variadic and (split or len(values) > 1):
            values = [*values[:split], values[split:]]
        taken = []
        for parameter, value in zip(self.parameters, values, strict=False):
            fits, kept = parameter.take(value)
            if not fits:
                return None
            if kept.__class__ is list or kept.__class__ is str:
                spend(1 + (len(kept) >> 3))
            taken.append(kept)
        return self.compute(*taken)


@dataclass(frozen=True, slots=True)
class Builtin:
    """A function of the language: the ways to call it and the kind it gives (« any » when it depends)."""

    forms: tuple[Form, ...]
    gives: str

    def bind(self, count: int, names: tuple[str, ...]) -> Callable[[list[Value]], Value] | None:
        """Give what computes on so many values, or on values of these names; None when there is no such call."""
        for form in self.forms:
            if not names and form.takes(count):
                return form.apply
            if names and (order := form.order(names)) is not None:
                return _reordered(form, order)
        return None

    def usage(self) -> str:
        """Say how it is called: `(list, position, newItem)`."""
        forms = [form for form in self.forms if not form.is_named] or self.forms
        return " ou ".join(f"({', '.join(parameter.name for parameter in form.parameters)})" for form in forms)


def _reordered(form: Form, order: tuple[int | None, ...]) -> Callable[[list[Value]], Value]:
    return lambda values: form.apply([None if index is None else values[index] for index in order])


def builtin(gives: str, *forms: tuple[str, Compute], variadic: bool = False) -> Builtin:
    """Declare a built-in: each form is `"name: kind|kind, other: any, last: kind?"` and what computes it.

    `* ` begins a form whose values are always named.
    """
    made = (Form(_parameters(text.removeprefix("* ")), compute, variadic, text.startswith("* ")) for text, compute in forms)
    return Builtin(tuple(made), gives)


def _parameters(text: str) -> tuple[Parameter, ...]:
    found = []
    for piece in filter(None, text.split(", ")):
        name, _, kinds = piece.partition(": ")
        is_optional = kinds.endswith("?")
        accepted = kinds.removesuffix("?").split("|")
        found.append(Parameter(name, frozenset() if "any" in accepted else frozenset(accepted), is_optional))
    return tuple(found)
