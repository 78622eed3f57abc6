"""Built-ins on contexts, and the few of every kind. Source: DMN 1.5, 10.3.4.6."""

from typing import cast

from psl.langage.feel.fonctions.forms import Builtin, builtin
from psl.langage.feel.values.budget import spend
from psl.langage.feel.values.comparison import equal
from psl.langage.feel.values.kinds import NUMBERS, Value


def _get(context: dict[str, Value], key: Value) -> Value:
    for name in key if isinstance(key, list) else [key]:
        if context.__class__ is not dict or name.__class__ is not str:
            return None
        context = cast("dict[str, Value]", context.get(name))
    return context


def _entries(context: dict[str, Value]) -> list[Value]:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(entries: list[Value]) -> dict[str, Value] | None:
    made: dict[str, Value] = {}
    for entry in entries:
        if entry.__class__ is not dict or "value" not in entry or entry.get("key").__class__ is not str or entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


def _put(context: dict[str, Value], key: Value, value: Value) -> dict[str, Value] | None:
    if key.__class__ is str:
        spend(len(context))
        return {**context, key: value}
    if key.__class__ is not list or not key or key[0].__class__ is not str:
        return None
    if len(key) == 1:
        return _put(context, key[0], value)
    below = context.get(key[0])
    inner = _put(below, key[1:], value) if below.__class__ is dict else None
    return None if inner is None else {**context, key[0]: inner}


def _merge(contexts: list[Value]) -> dict[str, Value] | None:
    merged: dict[str, Value] = {}
    for context in contexts:
        if context.__class__ is not dict:
            return None
        spend(len(context))
        merged.update(context)
    return merged


def _is(left: Value, right: Value) -> bool:
    kind, other = left.__class__, right.__class__
    if kind is not other and not (kind in NUMBERS and other in NUMBERS):
        return False
    return equal(left, right) is True and getattr(left, "tzinfo", None) == getattr(right, "tzinfo", None)


CONTEXTES: dict[str, Builtin] = {
    "not": builtin("boolean", ("negand: boolean", lambda value: not value)),
    "is": builtin("boolean", ("value1: any, value2: any", _is), ("* value1: any?, value2: any?", _is)),
    "get value": builtin("any", ("m: context, key: text|list", _get)),
    "get entries": builtin("list", ("m: context", _entries)),
    "context": builtin("context", ("entries: list", _context)),
    "context merge": builtin("context", ("contexts: list", _merge)),
    "context put": builtin(
        "context",
        ("context: context, key or keys: text|list, value: any", _put),
        ("* context: context, key: text, value: any", _put),
        ("* context: context, keys: list, value: any", _put),
    ),
}
