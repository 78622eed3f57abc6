"""A decision table and its evaluation. What no row, or too many, answer is null, or the table's own « sinon »."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from psl.langage.feel import Expression, Value
from psl.langage.feel.fonctions import BUILTINS
from psl.langage.feel.values import equal


class Politique(StrEnum):
    """Which rows count when several hold (DMN 1.5, 8.2.8). The first four are those a definition may say."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    PRIORITY = "PRIORITY"
    OUTPUT_ORDER = "OUTPUT ORDER"


AGREGATIONS = {"SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"}


@dataclass(frozen=True, slots=True)
class Entree:
    """A column that is tested: its expression, and the test that its values must all pass when it has one."""

    titre: str
    valeur: Expression
    permises: Expression | None = None


@dataclass(frozen=True, slots=True)
class Sortie:
    """A column that is given: its name, and its values from the most to the least important when they are said."""

    nom: str
    valeurs: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row: one test for each entrée, one expression for each sortie, the line of the file where it stands."""

    tests: tuple[Expression, ...]
    valeurs: tuple[Expression, ...]
    ligne: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table."""

    nom: str
    politique: Politique
    entrees: tuple[Entree, ...]
    sorties: tuple[Sortie, ...]
    lignes: tuple[Ligne, ...]
    agregation: str | None = None
    sinon: tuple[Expression, ...] = ()
    titre: str = ""

    names: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        columns = [expression for entree in self.entrees for expression in (entree.valeur, entree.permises) if expression]
        cells = [cell for ligne in self.lignes for cell in (*ligne.tests, *ligne.valeurs)]
        found: frozenset[str] = frozenset().union(*(cell.names for cell in (*columns, *cells, *self.sinon)))
        object.__setattr__(self, "names", found - {"?"})

    def holding(self, scope: dict[str, Value]) -> list[Ligne] | None:
        """Give the rows that hold, in their order; None when an entrée has a value it may not take. `scope` has every name."""
        held = list(self.lignes)
        for rank, entree in enumerate(self.entrees):
            value = entree.valeur.run(scope)
            tested = {**scope, "?": value}
            if entree.permises is not None and entree.permises.run(tested) is not True:
                return None
            held = [ligne for ligne in held if ligne.tests[rank].run(tested) is True]
        return held

    def evaluate(self, context: Mapping[str, Value]) -> Value:
        """Give what the table says of a context; a name it lacks is null. Never raises."""
        return self.run({name: context.get(name) for name in self.names})

    def run(self, scope: dict[str, Value]) -> Value:
        """Give what the rows that hold say, as the politique tells: a value, a context of the sorties, or a list of those."""
        held = self.holding(scope)
        if held is None:
            return None
        if not held:
            return self.default(scope)
        return _POLITIQUES[self.politique](self, held, scope)

    def default(self, scope: dict[str, Value]) -> Value:
        """Give what is said when no row holds."""
        if self.sinon:
            return self.shaped(self.sinon, scope)
        return {"COUNT": 0}.get(self.agregation or "", None if self.politique != Politique.COLLECT or self.agregation else [])

    def shaped(self, cells: tuple[Expression, ...], scope: dict[str, Value]) -> Value:
        """Evaluate a row's sorties: the value alone when there is one, else a context."""
        values = [cell.run(scope) for cell in cells]
        return values[0] if len(values) == 1 else dict(zip((sortie.nom for sortie in self.sorties), values, strict=True))

    def rank(self, ligne: Ligne, scope: dict[str, Value]) -> tuple[int, ...]:
        """Give where a row stands among the values of the sorties, the most important first."""
        pairs = zip(self.sorties, ligne.valeurs, strict=True)
        return tuple(_place(sortie.valeurs, cell.run(scope)) for sortie, cell in pairs)


def _place(values: tuple[Value, ...], value: Value) -> int:
    return next((rank for rank, known in enumerate(values) if equal(known, value) is True), len(values))


def _unique(table: Table, held: list[Ligne], scope: dict[str, Value]) -> Value:
    return table.shaped(held[0].valeurs, scope) if len(held) == 1 else None


def _first(table: Table, held: list[Ligne], scope: dict[str, Value]) -> Value:
    return table.shaped(held[0].valeurs, scope)


def _any(table: Table, held: list[Ligne], scope: dict[str, Value]) -> Value:
    first, *others = _all(table, held, scope)
    return first if all(equal(first, other) is True for other in others) else None


def _all(table: Table, held: list[Ligne], scope: dict[str, Value]) -> list[Value]:
    return [table.shaped(ligne.valeurs, scope) for ligne in held]


def _collect(table: Table, held: list[Ligne], scope: dict[str, Value]) -> Value:
    values = _all(table, held, scope)
    if table.agregation is None:
        return values
    compute = BUILTINS[AGREGATIONS[table.agregation]].bind(1, ())
    return compute([values]) if compute else None


def _output_order(table: Table, held: list[Ligne], scope: dict[str, Value]) -> list[Value]:
    return _all(table, sorted(held, key=lambda ligne: table.rank(ligne, scope)), scope)


_POLITIQUES: dict[Politique, Callable[[Table, list[Ligne], dict[str, Value]], Value]] = {
    Politique.UNIQUE: _unique,
    Politique.FIRST: _first,
    Politique.ANY: _any,
    Politique.COLLECT: _collect,
    Politique.RULE_ORDER: _all,
    Politique.OUTPUT_ORDER: _output_order,
    Politique.PRIORITY: lambda table, held, scope: _output_order(table, held, scope)[0],
}
