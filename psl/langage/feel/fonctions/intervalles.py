"""Built-ins that compare points and intervals. Source: DMN 1.5, table 78. A point is an interval that holds it alone."""

import re
from collections.abc import Callable

from psl.langage.feel.fonctions.forms import Builtin, builtin
from psl.langage.feel.fonctions.nombres import read_number
from psl.langage.feel.values.comparison import COMPARISONS, both, equal
from psl.langage.feel.values.kinds import Range, Value
from psl.langage.feel.values.temporal import to_date, to_datetime, to_duration, to_time

type _Test = Callable[[Range, Range], bool | None]
_ANY_POINT = "number|text|date|time|datetime|days|months"


def _range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(value, value, low_closed=True, high_closed=True)


def _either(left: bool | None, right: bool | None) -> bool | None:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _lower(left: Value, right: Value) -> bool | None:
    return COMPARISONS["<"](left, right)


def _touch(left: Value, right: Value, *, when: bool) -> bool | None:
    return both(equal(left, right), when)


def _before(a: Range, b: Range) -> bool | None:
    return _either(_lower(a.high, b.low), _touch(a.high, b.low, when=not (a.high_closed and b.low_closed)))


def _meets(a: Range, b: Range) -> bool | None:
    return _touch(a.high, b.low, when=a.high_closed and b.low_closed)


def _overlaps(a: Range, b: Range) -> bool | None:
    apart = _either(_before(a, b), _before(b, a))
    return None if apart is None else not apart


def _starts_lower(a: Range, b: Range) -> bool | None:
    return _either(_lower(a.low, b.low), _touch(a.low, b.low, when=a.low_closed and not b.low_closed))


def _ends_lower(a: Range, b: Range) -> bool | None:
    return _either(_lower(a.high, b.high), _touch(a.high, b.high, when=not a.high_closed and b.high_closed))


def _overlaps_before(a: Range, b: Range) -> bool | None:
    return both(both(_starts_lower(a, b), _overlaps(a, b)), _either(_ends_lower(a, b), _same_end(a, b)))


def _same_start(a: Range, b: Range) -> bool | None:
    return _touch(a.low, b.low, when=a.low_closed == b.low_closed)


def _same_end(a: Range, b: Range) -> bool | None:
    return _touch(a.high, b.high, when=a.high_closed == b.high_closed)


def _finishes(a: Range, b: Range) -> bool | None:
    return both(_same_end(a, b), _either(_starts_lower(b, a), _same_start(a, b)))


def _starts(a: Range, b: Range) -> bool | None:
    return both(_same_start(a, b), _either(_ends_lower(a, b), _same_end(a, b)))


def _during(a: Range, b: Range) -> bool | None:
    return both(_either(_starts_lower(b, a), _same_start(a, b)), _either(_ends_lower(a, b), _same_end(a, b)))


def _coincides(a: Range, b: Range) -> bool | None:
    return both(_same_start(a, b), _same_end(a, b))


def _swapped(test: _Test) -> _Test:
    return lambda a, b: test(b, a)


def _builtin(test: _Test, *shapes: str) -> Builtin:
    """Declare a test: each shape says what its two sides are, p for a point and r for an interval."""
    forms = []
    for names in (_names(shape) for shape in shapes):
        forms.append((names, lambda left, right: test(_range(left), _range(right))))
    return builtin("boolean", (f"left: {_ANY_POINT}|range, right: {_ANY_POINT}|range", forms[0][1]), *forms)


def _names(shape: str) -> str:
    left, right = ("point" if side == "p" else "range" for side in shape)
    if left == right:
        left, right = f"{left}1", f"{right}2"
    return f"{left}: {_kinds(left)}, {right}: {_kinds(right)}"


def _kinds(name: str) -> str:
    return _ANY_POINT if name.startswith("point") else "range"


INTERVALLES: dict[str, Builtin] = {
    "before": _builtin(_before, "pp", "pr", "rp", "rr"),
    "after": _builtin(_swapped(_before), "pp", "pr", "rp", "rr"),
    "meets": _builtin(_meets, "rr"),
    "met by": _builtin(_swapped(_meets), "rr"),
    "overlaps": _builtin(_overlaps, "rr"),
    "overlaps before": _builtin(_overlaps_before, "rr"),
    "overlaps after": _builtin(_swapped(_overlaps_before), "rr"),
    "finishes": _builtin(_finishes, "pr", "rr"),
    "finished by": _builtin(_swapped(_finishes), "rp", "rr"),
    "includes": _builtin(_swapped(_during), "rp", "rr"),
    "during": _builtin(_during, "pr", "rr"),
    "starts": _builtin(_starts, "pr", "rr"),
    "started by": _builtin(_swapped(_starts), "rp", "rr"),
    "coincides": _builtin(_coincides, "pp", "rr"),
}

_END = re.compile(r'(?:(-?[0-9]+(?:\.[0-9]+)?)|"((?:[^"\\]|\\.)*)"|(@|date|time|date and time|duration)\s*\(?\s*"([^"]*)"\s*\)?)')
_READERS = {"@": (to_date, to_datetime, to_time, to_duration), "date": (to_date,), "time": (to_time,), "date and time": (to_datetime,)}


def _end(text: str) -> Value:
    match = _END.fullmatch(text.strip())
    if not match:
        return None
    if match[1] is not None:
        return read_number(match[1])
    if match[2] is not None:
        return match[2]
    readers = _READERS.get(match[3], (to_duration,))
    return next((value for read in readers if (value := read(match[4])) is not None), None)


def _read(text: str) -> Range | None:
    inside = text.strip()
    low, dots, high = inside[1:-1].partition("..")
    if not dots or inside[0] not in "[(]" or inside[-1] not in "])[":
        return None
    first, last = _end(low), _end(high)
    if COMPARISONS["<="](first, last) is not True:
        return None
    return Range(first, last, inside[0] == "[", inside[-1] == "]")


INTERVALLES["range"] = builtin("range", ("from: text", _read))
