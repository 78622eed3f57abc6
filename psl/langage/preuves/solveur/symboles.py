"""FEEL values as z3 sees them. A value is paired with « it is defined », a condition is (true, false): null is neither.

A number is a whole over a constant denominator, a day is y, m, d (or an ordinal once days were added), a text the literals it may be.
What is not understood is opaque: a condition on it is a free choice, so that « never » stays sound.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import z3

from psl.langage.feel.values import MonthsDuration, Value

VRAI, FAUX = z3.BoolVal(True), z3.BoolVal(False)
JOUR = timedelta(days=1)
DERNIER = date.max.toordinal()


class Jour(NamedTuple):
    """A day: year, month from 0, day from 0; or its ordinal alone."""

    y: Any
    m: Any
    d: Any
    ordinal: Any = None

    def code(self) -> Any:
        return self.y * 372 + self.m * 31 + self.d

    def rank(self) -> Any:
        """Give the ordinal: days since the first of January of the year 1, which is 1."""
        if self.ordinal is not None:
            return self.ordinal
        if all(isinstance(part, int) for part in (self.y, self.m, self.d)):
            return date(self.y, self.m + 1, self.d + 1).toordinal()
        past = self.y - 1
        before = z3.IntVal(334)
        for month, total in reversed(list(enumerate((0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304)))):
            before = z3.If(self.m == month, total, before)
        leap = z3.If(z3.And(_leap(self.y), self.m > 1), 1, 0)
        return 365 * past + past / 4 - past / 100 + past / 400 + before + leap + self.d + 1


def _leap(year: Any) -> Any:
    return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))


def last_day(year: Any, month: Any) -> Any:
    """Give the last day, from 0, of a month."""
    short = z3.Or(month == 3, month == 5, month == 8, month == 10)
    return z3.If(month == 1, z3.If(_leap(year), 28, 27), z3.If(short, 29, 30))


@dataclass(frozen=True)
class Sym:
    """A value: its kind, whether it is defined, and what it is."""

    kind: str
    d: Any
    data: Any = None


@dataclass
class Textes:
    """A text: for each literal, whether it is that one. `make` gives those not asked for yet."""

    make: Callable[[str], Any]
    known: dict[str, Any] = field(default_factory=dict)

    def is_(self, literal: str) -> Any:
        if literal not in self.known:
            self.known[literal] = self.make(literal)
        return self.known[literal]


RIEN = Sym("null", FAUX)
OPAQUE = Sym("opaque", FAUX)


def boolean(t: Any, f: Any) -> Sym:
    """Give a condition by what makes it true and what makes it false."""
    return Sym("boolean", z3.Or(t, f), (t, f))


def number(e: Any, den: int = 1, d: Any = VRAI) -> Sym:
    """Give a number: a whole over a constant."""
    return Sym("number", d, (e, den))


def const(value: Value) -> Sym:
    """Give a value known beforehand."""
    found = OPAQUE
    if value is None:
        found = RIEN
    elif isinstance(value, bool):
        found = boolean(z3.BoolVal(value), z3.BoolVal(not value))
    elif isinstance(value, int | Decimal):
        part = Fraction(value)
        found = number(part.numerator, part.denominator)
    elif isinstance(value, str):
        found = Sym("text", VRAI, Textes(lambda literal: z3.BoolVal(literal == value), {value: VRAI}))
    elif value.__class__ is date and isinstance(value, date):
        found = Sym("date", VRAI, Jour(value.year, value.month - 1, value.day - 1))
    elif isinstance(value, MonthsDuration):
        found = Sym("months", VRAI, value.months)
    elif isinstance(value, timedelta) and value % JOUR == timedelta(0):
        found = Sym("days", VRAI, value // JOUR)
    return found


def test(sym: Sym) -> tuple[Any, Any]:
    """Give what makes a value true and what makes it false; anything but a condition is neither."""
    return sym.data if sym.kind == "boolean" else (FAUX, FAUX)


def merge(condition: Any, one: Sym, other: Sym) -> Sym:
    """Give one value or the other."""
    if one.kind == "null" and other.kind == "null":
        return RIEN
    if "opaque" in (one.kind, other.kind):
        return OPAQUE
    if one.kind == "null" or other.kind == "null":
        known, guard = (other, z3.Not(condition)) if one.kind == "null" else (one, condition)
        return only(guard, known)
    if one.kind != other.kind or one.kind not in _MERGES:
        return OPAQUE
    data = _MERGES[one.kind](condition, one.data, other.data)
    if data is None:
        return OPAQUE
    return boolean(*data) if one.kind == "boolean" else Sym(one.kind, z3.If(condition, one.d, other.d), data)


def only(guard: Any, sym: Sym) -> Sym:
    """Give a value that is null unless a guard holds."""
    if sym.kind == "boolean":
        return boolean(z3.And(guard, sym.data[0]), z3.And(guard, sym.data[1]))
    if sym.kind == "text":
        return Sym("text", z3.And(guard, sym.d), Textes(lambda literal: z3.And(guard, sym.data.is_(literal))))
    return Sym(sym.kind, z3.And(guard, sym.d), sym.data)


def _merge_numbers(condition: Any, one: Any, other: Any) -> Any:
    (a, p), (b, q) = one, other
    return (z3.If(condition, a * q, b * p), p * q) if p != q else (z3.If(condition, z3.IntVal(a) if isinstance(a, int) else a, b), p)


def _merge_days(condition: Any, one: Jour, other: Jour) -> Jour:
    if one.ordinal is None and other.ordinal is None:
        return Jour(*(z3.If(condition, _int(a), _int(b)) for a, b in zip(one[:3], other[:3], strict=True)))
    return Jour(None, None, None, z3.If(condition, _int(one.rank()), _int(other.rank())))


def _int(value: Any) -> Any:
    return z3.IntVal(value) if isinstance(value, int) else value


_MERGES: dict[str, Callable[[Any, Any, Any], Any]] = {
    "boolean": lambda c, a, b: (z3.If(c, a[0], b[0]), z3.If(c, a[1], b[1])),
    "number": _merge_numbers,
    "date": _merge_days,
    "text": lambda c, a, b: Textes(lambda literal: z3.If(c, a.is_(literal), b.is_(literal))),
    "months": lambda c, a, b: a if isinstance(a, int) and a == b else z3.If(c, _int(a), _int(b)),
    "days": lambda c, a, b: z3.If(c, _int(a), _int(b)),
}


def plus(one: Sym, other: Sym, sign: int) -> Sym:
    """Add or subtract."""
    both = z3.And(one.d, other.d)
    pair = (one.kind, other.kind)
    if pair == ("number", "number"):
        (a, p), (b, q) = one.data, other.data
        return number(a * q + sign * b * p, p * q, both) if p != q else number(a + sign * b, p, both)
    if pair == ("date", "date") and sign < 0:
        return Sym("days", both, one.data.rank() - other.data.rank())
    if one.kind == other.kind and one.kind in ("months", "days"):
        return Sym(one.kind, both, one.data + sign * other.data)
    if pair in (("months", "date"), ("days", "date")) and sign > 0:
        one, other = other, one
    if one.kind == "date" and other.kind == "months" and isinstance(other.data, int):
        return _add_months(one.data, sign * other.data, both)
    if one.kind == "date" and other.kind == "days":
        ordinal = one.data.rank() + sign * other.data
        return Sym("date", z3.And(both, ordinal >= 1, ordinal <= DERNIER), Jour(None, None, None, ordinal))
    return RIEN if "null" in pair else OPAQUE


def _add_months(jour: Jour, months: int, both: Any) -> Sym:
    if jour.ordinal is not None:
        return OPAQUE
    month = _int(jour.m) + months
    year = jour.y + (months // 12 if months % 12 == 0 else month / 12)
    month = _int(jour.m) if months % 12 == 0 else month % 12
    last = last_day(_int(year), month)
    day = z3.If(_int(jour.d) > last, last, _int(jour.d))
    return Sym("date", z3.And(both, year >= 1, year <= 9999), Jour(year, month, day))


def scaled(sym: Sym, factor: Sym, *, divides: bool) -> Sym:
    """Multiply or divide a number by a constant one; anything else is opaque."""
    if sym.kind != "number" or factor.kind != "number":
        return RIEN if "null" in (sym.kind, factor.kind) else OPAQUE
    (a, p), (b, q) = sym.data, factor.data
    if not isinstance(b, int):
        return scaled(factor, sym, divides=False) if isinstance(a, int) and not divides else OPAQUE
    part = Fraction(b, q)
    if divides and (part == 0 or not _is_exact(part)):
        return RIEN if part == 0 else OPAQUE
    part = 1 / part if divides else part
    return number(a * part.numerator, p * part.denominator, z3.And(sym.d, factor.d))


def _is_exact(part: Fraction) -> bool:
    """Tell whether dividing by it ends: FEEL rounds the other quotients to 34 digits."""
    rest = abs(part.numerator)
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def signs(one: Sym, other: Sym) -> tuple[Any, Any] | None:
    """Give two whole numbers in the same order as two values of a kind; None when they are not of an ordered kind."""
    if one.kind != other.kind:
        return None
    if one.kind == "number":
        (a, p), (b, q) = one.data, other.data
        return (a, b) if p == q else (a * q, b * p)
    if one.kind == "date":
        plain = one.data.ordinal is None and other.data.ordinal is None
        return (one.data.code(), other.data.code()) if plain else (one.data.rank(), other.data.rank())
    return (one.data, other.data) if one.kind in ("months", "days") else None
