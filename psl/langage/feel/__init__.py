"""FEEL, the OMG's expression language (DMN 1.5, chapter 10): a first slice, parsed with positions and compiled to closures.

It never calls Python's eval, never reads a clock: `aujourd'hui` is a name the caller supplies.
"""

from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.expression import Expression, parse
from psl.langage.feel.values import MonthsDuration, Range, Value

__all__ = ["ErreurFEEL", "Expression", "MonthsDuration", "Range", "Value", "parse"]
