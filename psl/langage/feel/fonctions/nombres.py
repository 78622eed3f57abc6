"""Built-ins on numbers. Source: DMN 1.5, table 75 and 10.3.4.5."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from psl.langage.feel.fonctions.forms import Builtin, builtin
from psl.langage.feel.values.arithmetic import ARITHMETIC, DECIMAL, number, shortened
from psl.langage.feel.values.kinds import MonthsDuration, Value

_SCALE = range(-6111, 6177)


def _rounded(mode: str) -> Callable[[Value, Value], Value]:
    def compute(n: Value, scale: Value = 0) -> Value:
        digits = int(scale or 0)
        if digits not in _SCALE:
            return None
        if digits <= 0 and n.__class__ is int and digits == 0:
            return n
        value = Decimal(n)
        if value.is_zero() or -int(value.as_tuple().exponent) <= digits:
            return n
        kept = value.quantize(Decimal(1).scaleb(-digits), rounding=mode, context=DECIMAL)
        return None if not kept.is_finite() else shortened(kept)

    return compute


def _abs(n: Value) -> Value:
    if isinstance(n, MonthsDuration):
        return MonthsDuration(abs(n.months))
    return abs(n)


def _modulo(dividend: Value, divisor: Value) -> Value:
    if not divisor:
        return None
    if dividend.__class__ is int is divisor.__class__:
        return dividend % divisor
    quotient = DECIMAL.divide(Decimal(dividend), Decimal(divisor))
    if not quotient.is_finite() or abs(quotient) > 10**33:
        return None
    return number(DECIMAL.subtract(Decimal(dividend), DECIMAL.multiply(Decimal(divisor), quotient.to_integral_value(ROUND_FLOOR))))


def _positive(compute: Callable[[Decimal], Decimal], *, zero: bool) -> Callable[[Value], Value]:
    return lambda n: shortened(compute(Decimal(n))) if n > 0 or (zero and n == 0) else None


def _is_multiple(rest: int) -> Callable[[Value], bool | None]:
    def test(n: Value) -> bool | None:
        left = ARITHMETIC["-"](n, ARITHMETIC["*"](2, _rounded(ROUND_FLOOR)(ARITHMETIC["/"](n, 2), 0)))
        return None if left is None else bool(left == rest)

    return test


def _from_text(text: str, grouping: Value = None, separator: Value = None) -> Value:
    if grouping not in (None, "", " ", ",", ".") or separator not in (None, "", ",", ".") or (grouping and grouping == separator):
        return None
    if grouping:
        text = text.replace(grouping, "")
    if separator == ",":
        text = text.replace(".", "?").replace(",", ".")
    return read_number(text)


def read_number(text: str) -> int | Decimal | None:
    """Read a number as FEEL writes it, with its sign; None when it is not one."""
    digits = text.strip().removeprefix("-")
    if not digits.isascii() or not (
        digits.replace(".", "", 1).replace("e", "").replace("E", "").replace("+", "").replace("-", "").isdigit()
    ):
        return None
    value = DECIMAL.create_decimal(text.strip())
    return (int(text) if digits.isdecimal() and abs(value) < 10**34 else value) if value.is_finite() else None


NOMBRES: dict[str, Builtin] = {
    "number": builtin(
        "number",
        ("from: text", _from_text),
        ("from: text, grouping separator: text?, decimal separator: text?", _from_text),
    ),
    "decimal": builtin("number", ("n: number, scale: number", _rounded(ROUND_HALF_EVEN))),
    "floor": builtin("number", ("n: number", _rounded(ROUND_FLOOR)), ("n: number, scale: number", _rounded(ROUND_FLOOR))),
    "ceiling": builtin("number", ("n: number", _rounded(ROUND_CEILING)), ("n: number, scale: number", _rounded(ROUND_CEILING))),
    "round up": builtin("number", ("n: number, scale: number", _rounded(ROUND_UP))),
    "round down": builtin("number", ("n: number, scale: number", _rounded(ROUND_DOWN))),
    "round half up": builtin("number", ("n: number, scale: number", _rounded(ROUND_HALF_UP))),
    "round half down": builtin("number", ("n: number, scale: number", _rounded(ROUND_HALF_DOWN))),
    "abs": builtin("any", ("n: number|days|months", _abs)),
    "modulo": builtin("number", ("dividend: number, divisor: number", _modulo)),
    "sqrt": builtin("number", ("number: number", _positive(DECIMAL.sqrt, zero=True))),
    "log": builtin("number", ("number: number", _positive(DECIMAL.ln, zero=False))),
    "exp": builtin("number", ("number: number", lambda n: shortened(DECIMAL.exp(Decimal(n))))),
    "odd": builtin("boolean", ("number: number", _is_multiple(1))),
    "even": builtin("boolean", ("number: number", _is_multiple(0))),
}
