"""What opens a scope: filters, for, some and every, contexts, functions and their calls. Each is given only the names it reads."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from psl.langage.feel import nodes
from psl.langage.feel.compile import Closure, Context, compile_node, declare
from psl.langage.feel.nodes import free_names
from psl.langage.feel.values import NUMBERS, Function, Range, Shape, Value
from psl.langage.feel.values.budget import LISTE_MAX, BudgetEpuise, enter, leave, spend
from psl.langage.feel.values.shapes import ANYTHING

type _Source = Callable[[Context], list[Value] | None]


def _kept(names: Iterable[str]) -> Callable[[Context], Context]:
    wanted = tuple(names)
    return lambda context: {name: context.get(name) for name in wanted}


def _filter(node: nodes.Filter) -> Closure:
    base, criterion, names = compile_node(node.base), compile_node(node.criterion), free_names(node.criterion)
    keep = _kept(names)

    def scoped(item: Value, around: Context) -> Context:
        scope = {**around, "item": item}
        if item.__class__ is dict:
            scope.update((name, item[name]) for name in names if name in item)
        return scope

    def select(context: Context) -> Value:
        value, around = base(context), keep(context)
        items = value if value.__class__ is list else [] if value is None else [value]
        answers = []
        for item in items:
            spend(2)
            answer = criterion(scoped(item, around))
            if _is_number(answer):
                return _at(items, answer)
            answers.append(answer)
        return [item for item, answer in zip(items, answers, strict=True) if answer is True]

    return _ranked(base, node.criterion) or select


def _ranked(base: Closure, criterion: nodes.Node) -> Closure | None:
    """Compile `base[2]` and `base[-1]`."""
    literal = criterion.operand if isinstance(criterion, nodes.Negate) else criterion
    if not isinstance(literal, nodes.Literal) or not _is_number(literal.value):
        return None
    rank = -literal.value if literal is not criterion else literal.value

    def item(context: Context) -> Value:
        value = base(context)
        return _at(value if value.__class__ is list else [value], rank)

    return item


def _is_number(value: Value) -> bool:
    return value.__class__ in NUMBERS


def _at(items: list[Value], rank: Value) -> Value:
    index = int(rank)
    if index != rank or index == 0 or abs(index) > len(items):
        return None
    return items[index - 1] if index > 0 else items[index]


def _source(iterator: nodes.Iterator) -> _Source:
    source = compile_node(iterator.source)
    if iterator.last is not None:
        last = compile_node(iterator.last)
        return lambda context: _counted(source(context), last(context))

    def items(context: Context) -> list[Value] | None:
        value = source(context)
        if value.__class__ is Range:
            return _of_range(value)
        return value if value is None or value.__class__ is list else [value]

    return items


def _of_range(interval: Range) -> list[Value] | None:
    counted = _counted(interval.low, interval.high) if not interval.sign else None
    if counted is None or (len(counted) > 1 and interval.low > interval.high):
        return None
    return counted[not interval.low_closed : len(counted) - (not interval.high_closed)]


def _counted(first: Value, last: Value) -> list[Value] | None:
    """Give the whole numbers, or the days, from one to the other, backwards when the last is before."""
    if first.__class__ is date is last.__class__:
        span = _counted(0, (last - first).days) or []
        return [first + timedelta(days=day) for day in span]
    if not _is_number(first) or not _is_number(last) or first != int(first) or last != int(last):
        return None
    step = 1 if first <= last else -1
    count = abs(int(last) - int(first)) + 1
    spend(count)
    if count > LISTE_MAX:
        raise BudgetEpuise
    return list(range(int(first), int(last) + step, step))


def _each(iterators: tuple[nodes.Iterator, ...]) -> Callable[[Context, Callable[[Context], bool]], bool | None]:
    """Give what calls a visit in each scope the iterators make, until it says to stop; None when a source is none."""
    sources = tuple((iterator.name, _source(iterator)) for iterator in iterators)

    def walk(scope: Context, visit: Callable[[Context], bool], rank: int = 0) -> bool | None:
        if rank == len(sources):
            spend(1)
            return visit(scope)
        name, source = sources[rank]
        items = source(scope)
        if items is None:
            return None
        for item in items:
            scope[name] = item
            if (going := walk(scope, visit, rank + 1)) is not True:
                return going
        return True

    return walk


def _for(node: nodes.For) -> Closure:
    body, walk, keep = compile_node(node.body), _each(node.iterators), _kept(free_names(node))
    is_partial = "partial" in free_names(node.body)

    def run(context: Context) -> list[Value] | None:
        results: list[Value] = []

        def visit(scope: Context) -> bool:
            if is_partial:
                spend(1 + (len(results) >> 3))
                scope["partial"] = list(results)
            results.append(body(scope))
            if len(results) > LISTE_MAX:
                raise BudgetEpuise
            return True

        return results if walk(keep(context), visit) else None

    return run


def _quantified(node: nodes.Quantified) -> Closure:
    body, walk, keep, stops = compile_node(node.body), _each(node.iterators), _kept(free_names(node)), not node.is_every

    def run(context: Context) -> bool | None:
        is_known = True

        def visit(scope: Context) -> bool:
            nonlocal is_known
            answer = body(scope)
            is_known = is_known and answer.__class__ is bool
            return answer is not stops

        going = walk(keep(context), visit)
        if going is None:
            return None
        return stops if not going else (not stops) if is_known else None

    return run


def _context(node: nodes.ContextOf) -> Closure:
    entries, keep = tuple((entry.key, compile_node(entry.value)) for entry in node.entries), _kept(free_names(node))

    def make(context: Context) -> dict[str, Value]:
        scope, made = keep(context), {}
        for key, value in entries:
            scope[key] = made[key] = value(scope)
        return made

    return make


def _function(node: nodes.FunctionOf) -> Closure:
    body, keep, parameters = compile_node(node.body), _kept(free_names(node)), node.parameters
    shapes = tuple(shape or ANYTHING for shape in node.shapes)
    return lambda context: Function(parameters, _body(body, keep(context), parameters, shapes), (*shapes, ANYTHING))


def _body(body: Closure, around: Context, parameters: tuple[str, ...], shapes: tuple[Shape, ...]) -> Callable[..., Value]:
    def call(*values: Value) -> Value:
        scope = dict(around)
        for name, shape, value in zip(parameters, shapes, values, strict=True):
            scope[name] = value if shape.kind == "any" else shape.coerce(value)
            if value is not None and scope[name] is None:
                return None
        enter()
        try:
            return body(scope)
        finally:
            leave()

    return call


def _invoke(node: nodes.Invoke) -> Closure:
    target, arguments = compile_node(node.target), tuple(compile_node(argument) for argument in node.arguments)
    names = node.names

    def call(context: Context) -> Value:
        function = target(context)
        if function.__class__ is not Function or len(function.parameters) != len(arguments):
            return None
        values = [argument(context) for argument in arguments]
        if names:
            if set(names) != set(function.parameters):
                return None
            values = [values[names.index(name)] for name in function.parameters]
        return function.call(*values)

    return call


_COMPILERS: dict[type[nodes.Node], Callable[[Any], Closure]] = {
    nodes.Filter: _filter,
    nodes.For: _for,
    nodes.Quantified: _quantified,
    nodes.ContextOf: _context,
    nodes.FunctionOf: _function,
    nodes.Invoke: _invoke,
}
SCOPES = tuple(_COMPILERS)
for _kind, _compiler in _COMPILERS.items():
    declare(_kind, _compiler)
