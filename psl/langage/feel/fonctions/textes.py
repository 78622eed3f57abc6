"""Built-ins on texts. Source: DMN 1.5, table 76. The regular expressions are XPath's, a part of them: see motifs."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from psl.langage.feel.fonctions import motifs
from psl.langage.feel.fonctions.forms import Builtin, builtin
from psl.langage.feel.values.budget import TEXTE_MAX, BudgetEpuise, spend
from psl.langage.feel.values.kinds import Function, MonthsDuration, Range, Value
from psl.langage.feel.values.temporal import write_datetime, write_duration, write_time


def _substring(text: str, start: Value, length: Value = None) -> str | None:
    first = int(start)
    if first == 0 or abs(first) > len(text) or (length is not None and int(length) < 1):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    return text[begin:] if length is None else text[begin : begin + int(length)]


def _before(text: str, match: str) -> str:
    head, found, _ = text.partition(match) if match else ("", "", "")
    return head if found else ""


def _after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


def _replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    return _of_pattern(pattern, flags, lambda motif: motif.replace(text, replacement))


def _matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    return _of_pattern(pattern, flags, lambda motif: motif.is_in(text))


def _split(text: str, pattern: str) -> list[str] | None:
    return _of_pattern(pattern, None, lambda motif: motif.split(text))


def _of_pattern[R](pattern: str, flags: str | None, use: Callable[[motifs.Motif], R]) -> R | None:
    try:
        return use(motifs.read(pattern, flags or ""))
    except motifs.ErreurMotif:
        return None


def _join(items: list[Value], delimiter: str | None = None) -> str | None:
    texts = [item for item in items if item is not None]
    if any(item.__class__ is not str for item in texts):
        return None
    spend(len(texts))
    size = sum(map(len, texts)) + len(delimiter or "") * len(texts)
    return (delimiter or "").join(texts) if size <= TEXTE_MAX else None


def write(value: Value) -> str:
    """Write a value as `string()` does; texts inside a list or a context are in quotes. Raises BudgetEpuise."""
    if value.__class__ is str:
        return value
    text = _WRITERS.get(value.__class__, lambda _: "")(value)
    spend(1 + len(text) // 64)
    if len(text) > TEXTE_MAX:
        raise BudgetEpuise
    return text


def _inside(value: Value) -> str:
    if value is None:
        return "null"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if value.__class__ is str else write(value)


def _number(value: Decimal) -> str:
    return f"{value:f}" if -200 < value.adjusted() < 200 else f"{value}"


def _interval(value: Range) -> str:
    if value.sign:
        return f"{value.sign} {_inside(value.low if value.low is not None else value.high)}"
    return f"{'[' if value.low_closed else '('}{_inside(value.low)} .. {_inside(value.high)}{']' if value.high_closed else ')'}"


_WRITERS: dict[type, Callable[[Value], str]] = {
    bool: lambda value: "true" if value else "false",
    int: str,
    Decimal: _number,
    date: date.isoformat,
    time: write_time,
    datetime: write_datetime,
    timedelta: write_duration,
    MonthsDuration: write_duration,
    list: lambda value: f"[{', '.join(map(_inside, value))}]",
    dict: lambda value: "{" + ", ".join(f"{_key(key)}: {_inside(item)}" for key, item in value.items()) + "}",
    Range: _interval,
    Function: lambda value: f"function({', '.join(value.parameters)})",
}


def _key(key: str) -> str:
    return key if key.replace(" ", "_").replace("'", "_").isidentifier() else _inside(key)


TEXTES: dict[str, Builtin] = {
    "string": builtin("text", ("from: any", lambda value: None if value is None else write(value))),
    "substring": builtin("text", ("string: text, start position: number, length: number?", _substring)),
    "string length": builtin("number", ("string: text", len)),
    "upper case": builtin("text", ("string: text", str.upper)),
    "lower case": builtin("text", ("string: text", str.lower)),
    "substring before": builtin("text", ("string: text, match: text", _before)),
    "substring after": builtin("text", ("string: text, match: text", _after)),
    "contains": builtin("boolean", ("string: text, match: text", lambda text, match: match in text)),
    "starts with": builtin("boolean", ("string: text, match: text", str.startswith)),
    "ends with": builtin("boolean", ("string: text, match: text", str.endswith)),
    "matches": builtin("boolean", ("input: text, pattern: text, flags: text?", _matches)),
    "replace": builtin("text", ("input: text, pattern: text, replacement: text, flags: text?", _replace)),
    "split": builtin("list", ("string: text, delimiter: text", _split)),
    "string join": builtin("text", ("list: list, delimiter: text?", _join)),
}
