"""FEEL's values as Python's, and what each operator does with them.

Every function here is total: what the standard leaves undefined is None (FEEL's null).
"""

from psl.langage.feel.values.arithmetic import ARITHMETIC, negate
from psl.langage.feel.values.comparison import COMPARISONS, between, different, equal, passes, within
from psl.langage.feel.values.kinds import NUMBERS, ORDERED, Function, MonthsDuration, Range, Value, kind_of
from psl.langage.feel.values.members import PROPERTIES, member
from psl.langage.feel.values.shapes import Shape
from psl.langage.feel.values.temporal import add_months, to_date, to_datetime, to_duration, to_time

__all__ = [
    "ARITHMETIC",
    "COMPARISONS",
    "NUMBERS",
    "ORDERED",
    "PROPERTIES",
    "Function",
    "MonthsDuration",
    "Range",
    "Shape",
    "Value",
    "add_months",
    "between",
    "different",
    "equal",
    "kind_of",
    "member",
    "negate",
    "passes",
    "to_date",
    "to_datetime",
    "to_duration",
    "to_time",
    "within",
]
