"""A decision table and its evaluation. What no row, or too many, answer is null, or the table's own « sinon »."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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

    @property
    def names(self) -> frozenset[str]:
        """The names it reads in the context."""
        entrees = [expression for entree in self.entrees for expression in (entree.valeur, entree.permises) if expression]
        cells = [cell for ligne in self.lignes for cell in (*ligne.tests, *ligne.valeurs)]
        return frozenset().union(*(cell.names for cell in (*entrees, *cells, *self.sinon))) - {"?"}

    def holding(self, context: Mapping[str, Value]) -> list[Ligne] | None:
        """Give the rows that hold, in their order; None when an entrée has a value it may not take."""
        values = [entree.valeur.evaluate(context) for entree in self.entrees]
        for entree, value in zip(self.entrees, values, strict=True):
            if entree.permises is not None and entree.permises.evaluate({**context, "?": value}) is not True:
                return None
        scopes = [{**context, "?": value} for value in values]
        return [
            ligne for ligne in self.lignes if all(test.evaluate(scope) is True for test, scope in zip(ligne.tests, scopes, strict=True))
        ]

    def evaluate(self, context: Mapping[str, Value]) -> Value:
        """Give what the rows that hold say, as the politique tells: a value, a context of the sorties, or a list of those."""
        held = self.holding(context)
        if held is None:
            return None
        if not held:
            return self.default(context)
        return _POLITIQUES[self.politique](self, held, context)

    def default(self, context: Mapping[str, Value]) -> Value:
        """Give what is said when no row holds."""
        if self.sinon:
            return self.shaped(self.sinon, context)
        return {"COUNT": 0}.get(self.agregation or "", None if self.politique != Politique.COLLECT or self.agregation else [])

    def shaped(self, cells: tuple[Expression, ...], context: Mapping[str, Value]) -> Value:
        """Evaluate a row's sorties: the value alone when there is one, else a context."""
        values = [cell.evaluate(context) for cell in cells]
        return values[0] if len(values) == 1 else dict(zip((sortie.nom for sortie in self.sorties), values, strict=True))

    def rank(self, ligne: Ligne, context: Mapping[str, Value]) -> tuple[int, ...]:
        """Give where a row stands among the values of the sorties, the most important first."""
        pairs = zip(self.sorties, ligne.valeurs, strict=True)
        return tuple(_place(sortie.valeurs, cell.evaluate(context)) for sortie, cell in pairs)


def _place(values: tuple[Value, ...], value: Value) -> int:
    return next((rank for rank, known in enumerate(values) if equal(known, value) is True), len(values))


def _unique(table: Table, held: list[Ligne], context: Mapping[str, Value]) -> Value:
    return table.shaped(held[0].valeurs, context) if len(held) == 1 else None


def _first(table: Table, held: list[Ligne], context: Mapping[str, Value]) -> Value:
    return table.shaped(held[0].valeurs, context)


def _any(table: Table, held: list[Ligne], context: Mapping[str, Value]) -> Value:
    first, *others = _all(table, held, context)
    return first if all(equal(first, other) is True for other in others) else None


def _all(table: Table, held: list[Ligne], context: Mapping[str, Value]) -> list[Value]:
    return [table.shaped(ligne.valeurs, context) for ligne in held]


def _collect(table: Table, held: list[Ligne], context: Mapping[str, Value]) -> Value:
    values = _all(table, held, context)
    if table.agregation is None:
        return values
    compute = BUILTINS[AGREGATIONS[table.agregation]].bind(1, ())
    return compute([values]) if compute else None


def _output_order(table: Table, held: list[Ligne], context: Mapping[str, Value]) -> list[Value]:
    return _all(table, sorted(held, key=lambda ligne: table.rank(ligne, context)), context)


_POLITIQUES: dict[Politique, Callable[[Table, list[Ligne], Mapping[str, Value]], Value]] = {
    Politique.UNIQUE: _unique,
    Politique.FIRST: _first,
    Politique.ANY: _any,
    Politique.COLLECT: _collect,
    Politique.RULE_ORDER: _all,
    Politique.OUTPUT_ORDER: _output_order,
    Politique.PRIORITY: lambda table, held, context: _output_order(table, held, context)[0],
}
