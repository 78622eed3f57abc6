"""FEEL, the OMG's expression language (DMN 1.5, chapter 10): parsed with positions, typed, compiled to closures whose cost is bounded.

It never calls Python's eval, never reads a clock: `aujourd'hui` is a name the caller supplies.
"""

from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.expression import Expression, parse, parse_tests
from psl.langage.feel.values import Function, MonthsDuration, Range, Value

__all__ = ["ErreurFEEL", "Expression", "Function", "MonthsDuration", "Range", "Value", "parse", "parse_tests"]
