"""Built-ins on lists. Source: DMN 1.5, table 77. Positions count from 1, or from the end when negative."""

import functools
import itertools
import operator
from collections.abc import Callable
from decimal import Decimal

from psl.langage.feel.fonctions.forms import Builtin, builtin
from psl.langage.feel.values.arithmetic import ARITHMETIC, DECIMAL, shortened
from psl.langage.feel.values.budget import LISTE_MAX, BudgetEpuise, spend
from psl.langage.feel.values.comparison import COMPARISONS, equal
from psl.langage.feel.values.kinds import NUMBERS, Function, Value


def sized(items: list[Value]) -> list[Value]:
    """Give a list back when it is not too long. Raises BudgetEpuise."""
    spend(1 + (len(items) >> 3))
    if len(items) > LISTE_MAX:
        raise BudgetEpuise
    return items


def _same(left: Value, right: Value) -> bool:
    spend(1)
    return equal(left, right) is True


def _extreme(sign: str) -> Callable[[list[Value]], Value]:
    def compute(items: list[Value]) -> Value:
        best = None
        for item in items:
            wins = COMPARISONS[sign](item, item if best is None else best)
            if wins is None:
                return None
            if best is None or wins:
                best = item
        return best

    return compute


def _numbers(items: list[Value]) -> bool:
    return bool(items) and all(item.__class__ in NUMBERS for item in items)


def _sum(items: list[Value]) -> Value:
    if not items:
        return None
    return (
        items[0]
        if len(items) == 1 and items[0].__class__ in NUMBERS
        else functools.reduce(ARITHMETIC["+"], items)
        if _sums(items)
        else None
    )


def _sums(items: list[Value]) -> bool:
    return _numbers(items) or (
        all(item.__class__ is items[0].__class__ for item in items)
        and items[0].__class__.__name__
        in (
            "timedelta",
            "MonthsDuration",
        )
    )


def _mean(items: list[Value]) -> Value:
    return shortened(DECIMAL.divide(Decimal(_sum(items)), len(items))) if _numbers(items) else None


def _product(items: list[Value]) -> Value:
    return functools.reduce(ARITHMETIC["*"], items) if _numbers(items) else None


def _median(items: list[Value]) -> Value:
    if not _numbers(items):
        return None
    ranked, middle = sorted(items), len(items) // 2
    return ranked[middle] if len(items) % 2 else _mean(ranked[middle - 1 : middle + 1])


def _stddev(items: list[Value]) -> Value:
    if len(items) < 2 or not _numbers(items):
        return None
    mean = DECIMAL.divide(Decimal(_sum(items)), len(items))
    squares = (DECIMAL.power(DECIMAL.subtract(Decimal(item), mean), 2) for item in items)
    return shortened(DECIMAL.sqrt(DECIMAL.divide(functools.reduce(DECIMAL.add, squares), len(items) - 1)))


def _mode(items: list[Value]) -> Value:
    if not items:
        return []
    if not _numbers(items):
        return None
    counts = {item: len(list(group)) for item, group in itertools.groupby(sorted(items))}
    most = max(counts.values())
    return [item for item, count in counts.items() if count == most]


def _logical(stops: bool) -> Callable[[list[Value]], bool | None]:
    def compute(items: list[Value]) -> bool | None:
        if any(item is stops for item in items):
            return stops
        return (not stops) if all(item is (not stops) for item in items) else None

    return compute


def _index(items: list[Value], position: Value) -> int | None:
    rank = int(position)
    if rank == 0 or abs(rank) > len(items):
        return None
    return rank - 1 if rank > 0 else len(items) + rank


def _sublist(items: list[Value], start: Value, length: Value = None) -> list[Value] | None:
    first = _index(items, start)
    if first is None or (length is not None and (int(length) < 1 or first + int(length) > len(items))):
        return None
    return items[first:] if length is None else items[first : first + int(length)]


def _insert(items: list[Value], position: Value, new: Value) -> list[Value] | None:
    first = _index(items, position)
    return None if first is None else sized([*items[:first], new, *items[first:]])


def _remove(items: list[Value], position: Value) -> list[Value] | None:
    first = _index(items, position)
    return None if first is None else [*items[:first], *items[first + 1 :]]


def _replace(items: list[Value], where: Value, new: Value) -> list[Value] | None:
    if isinstance(where, Function):
        return _replace_matching(items, where, new) if len(where.parameters) == 2 else None
    first = _index(items, where)
    return None if first is None else [*items[:first], new, *items[first + 1 :]]


def _replace_matching(items: list[Value], match: Function, new: Value) -> list[Value] | None:
    answers = [match.call(item, new) for item in items]
    if any(answer.__class__ is not bool for answer in answers):
        return None
    return [new if answer else item for item, answer in zip(items, answers, strict=True)]


def _concatenate(lists: list[Value]) -> list[Value]:
    return sized(list(itertools.chain.from_iterable(item if item.__class__ is list else [item] for item in lists)))


def _distinct(items: list[Value]) -> list[Value]:
    kept: list[Value] = []
    for item in items:
        if not any(_same(item, known) for known in kept):
            kept.append(item)
    return kept


def _duplicates(items: list[Value]) -> list[Value]:
    return _distinct([item for item in items if sum(_same(item, other) for other in items) > 1])


def _flatten(items: list[Value]) -> list[Value]:
    flat: list[Value] = []
    for item in items:
        spend(1)
        flat.extend(_flatten(item) if item.__class__ is list else [item])
    return sized(flat)


def _sort(items: list[Value], precedes: Function | None = None) -> list[Value] | None:
    if precedes is None:
        precedes = Function(("x", "y"), COMPARISONS["<"])
    if len(precedes.parameters) != 2:
        return None

    def order(left: Value, right: Value) -> int:
        return -1 if precedes.call(left, right) is True else 1 if precedes.call(right, left) is True else 0

    return sorted(items, key=functools.cmp_to_key(order))


LISTES: dict[str, Builtin] = {
    "list contains": builtin("boolean", ("list: list, element: any", lambda items, element: any(_same(item, element) for item in items))),
    "count": builtin("number", ("list: list", len)),
    "min": builtin("any", ("list: list", _extreme("<")), variadic=True),
    "max": builtin("any", ("list: list", _extreme(">")), variadic=True),
    "sum": builtin("any", ("list: list", _sum), variadic=True),
    "mean": builtin("number", ("list: list", _mean), variadic=True),
    "product": builtin("number", ("list: list", _product), variadic=True),
    "median": builtin("number", ("list: list", _median), variadic=True),
    "stddev": builtin("number", ("list: list", _stddev), variadic=True),
    "mode": builtin("list", ("list: list", _mode), variadic=True),
    "all": builtin("boolean", ("list: list", _logical(stops=False)), variadic=True),
    "any": builtin("boolean", ("list: list", _logical(stops=True)), variadic=True),
    "sublist": builtin("list", ("list: list, start position: number, length: number?", _sublist)),
    "append": builtin("list", ("list: list, item: any", lambda items, new: sized([*items, *new])), variadic=True),
    "concatenate": builtin("list", ("list: any", _concatenate), variadic=True),
    "union": builtin("list", ("list: any", lambda lists: _distinct(_concatenate(lists))), variadic=True),
    "insert before": builtin("list", ("list: list, position: number, newItem: any", _insert)),
    "remove": builtin("list", ("list: list, position: number", _remove)),
    "list replace": builtin(
        "list",
        ("list: list, position: number|function, newItem: any", _replace),
        ("list: list, match: function, newItem: any", _replace),
    ),
    "reverse": builtin("list", ("list: list", operator.itemgetter(slice(None, None, -1)))),
    "index of": builtin(
        "list", ("list: list, match: any", lambda items, match: [rank for rank, item in enumerate(items, 1) if _same(item, match)])
    ),
    "distinct values": builtin("list", ("list: list", _distinct)),
    "duplicate values": builtin("list", ("list: list", _duplicates)),
    "flatten": builtin("list", ("list: list", _flatten)),
    "sort": builtin("list", ("list: list, precedes: function?", _sort)),
}
