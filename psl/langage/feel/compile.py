"""From the syntax tree to closures: one Python function of the context per expression, with short ways for the commonest forms."""

from collections.abc import Callable
from typing import Any, cast

from psl.langage.feel import nodes, shortcuts
from psl.langage.feel.fonctions import BUILTINS
from psl.langage.feel.values import ARITHMETIC, COMPARISONS, Range, Value, between, member, negate, passes
from psl.langage.feel.values.budget import bounded

type Context = dict[str, Value]
type Closure = Callable[[Context], Value]


def compile_node(node: nodes.Node) -> Closure:
    """Give the function that evaluates a tree in a context that holds every name of it; what is undefined is None."""
    return _COMPILERS[type(node)](node)


def declare(kind: type[nodes.Node], compiler: Callable[[Any], Closure]) -> None:
    """Tell how a kind of node is compiled: scopes are in a module of their own, which comes back here for what is inside."""
    _COMPILERS[kind] = compiler


def _literal(node: nodes.Literal) -> Closure:
    value = node.value
    return lambda context: value


def _name(node: nodes.Name) -> Closure:
    name = node.name
    return lambda context: context[name]


def _path(node: nodes.Path) -> Closure:
    name = node.member
    if isinstance(node.base, nodes.Name):
        root = node.base.name

        def of_name(context: Context) -> Value:
            value = context[root]
            return value.get(name) if value.__class__ is dict else member(value, name)

        return of_name
    base = compile_node(node.base)
    return lambda context: member(base(context), name)


def _negate(node: nodes.Negate) -> Closure:
    operand = compile_node(node.operand)
    return lambda context: negate(operand(context))


def _arithmetic(node: nodes.Arithmetic) -> Closure:
    compute, left, right = ARITHMETIC[node.operator], compile_node(node.left), compile_node(node.right)
    return lambda context: compute(left(context), right(context))


def _compare(node: nodes.Compare) -> Closure:
    if short := shortcuts.compare(node.operator, node.left, constant(node.right)):
        return short
    compare, left, right = COMPARISONS[node.operator], compile_node(node.left), compile_node(node.right)
    return lambda context: compare(left(context), right(context))


_VARYING = (nodes.Name, nodes.Filter, nodes.For, nodes.Quantified, nodes.FunctionOf, nodes.ContextOf, nodes.Invoke)


class _NotConstant:
    """What `constant` answers for a tree that depends on the context."""


def constant(node: nodes.Node) -> Value:
    """Give the value of a tree that names nothing; else an object of no FEEL kind."""
    if any(isinstance(below, _VARYING) for below in node.walk()):
        return _NotConstant()
    return compile_node(node)({})


def _between(node: nodes.Between) -> Closure:
    if short := shortcuts.between(node.value, constant(node.low), constant(node.high)):
        return short
    value, low, high = compile_node(node.value), compile_node(node.low), compile_node(node.high)
    return lambda context: between(value(context), low(context), high(context))


def _inside_one(value: nodes.Node, test: nodes.Node) -> Closure | None:
    """Compile `name in < constant`, `name in [constant..constant[`: most cells of tables."""
    if isinstance(test, nodes.UnaryTest):
        return shortcuts.compare(test.operator, value, constant(test.operand))
    if isinstance(test, nodes.RangeOf):
        low, high = constant(test.low), constant(test.high)
        if test.low_closed and test.high_closed:
            return shortcuts.between(value, low, high)
        return shortcuts.within(value, low, high, low_closed=test.low_closed, high_closed=test.high_closed)
    return None


def _in(node: nodes.In) -> Closure:
    if len(node.tests) == 1 and (short := _inside_one(node.value, node.tests[0])):
        return short
    texts = [constant(test) for test in node.tests if not isinstance(test, nodes.UnaryTest)]
    if len(texts) == len(node.tests) and (short := shortcuts.inside(node.value, texts)):
        return short
    value = compile_node(node.value)
    tests = tuple(_test(test) for test in node.tests)

    def inside(context: Context) -> bool | None:
        candidate, result = value(context), False
        for test in tests:
            answer = test(context, candidate)
            if answer is True:
                return True
            if answer is None:
                result = None  # type: ignore[assignment]
        return result

    return inside


def _test(node: nodes.Node) -> Callable[[Context, Value], bool | None]:
    if isinstance(node, nodes.UnaryTest):
        compare, operand = COMPARISONS[node.operator], compile_node(node.operand)
        return lambda context, value: compare(value, operand(context))
    test = compile_node(node)
    if any(isinstance(below, nodes.Name) and below.name == "?" for below in node.walk()):
        return lambda context, value: test({**context, "?": value}) is True
    return lambda context, value: passes(value, test(context))


def _range(node: nodes.RangeOf) -> Closure:
    low, high, low_closed, high_closed = compile_node(node.low), compile_node(node.high), node.low_closed, node.high_closed
    return lambda context: Range(low(context), high(context), low_closed, high_closed)


def _list(node: nodes.ListOf) -> Closure:
    items = tuple(compile_node(item) for item in node.items)
    return lambda context: [item(context) for item in items]


def _and(node: nodes.And) -> Closure:
    closures = tuple(compile_node(term) for term in node.terms)

    def conjunction(context: Context) -> bool | None:
        result: bool | None = True
        for closure in closures:
            answer = closure(context)
            if answer is not True:
                if answer is False:
                    return False
                result = None
        return result

    return conjunction


def _or(node: nodes.Or) -> Closure:
    closures = tuple(compile_node(term) for term in node.terms)

    def disjunction(context: Context) -> bool | None:
        result: bool | None = False
        for closure in closures:
            answer = closure(context)
            if answer is not False:
                if answer is True:
                    return True
                result = None
        return result

    return disjunction


def _if(node: nodes.If) -> Closure:
    condition, value, otherwise = compile_node(node.condition), compile_node(node.value), compile_node(node.otherwise)
    return lambda context: value(context) if condition(context) is True else otherwise(context)


def _unary_range(node: nodes.UnaryRange) -> Closure:
    operand, sign = compile_node(node.operand), node.operator
    low_closed, high_closed = sign in (">=", "="), sign in ("<=", "=")

    def interval(context: Context) -> Range:
        end = operand(context)
        return Range(None if sign[0] == "<" else end, None if sign[0] == ">" else end, low_closed, high_closed, sign)

    return interval


def _instance(node: nodes.InstanceOf) -> Closure:
    value, shape = compile_node(node.value), node.shape

    def test(context: Context) -> bool:
        found = value(context)
        return shape.accepts(found) if found is not None else shape.kind == "null"

    return test


def _negation(operand: Closure, compute: Callable[[list[Value]], Value]) -> Closure:
    """Negate a truth at once; anything else (null, a list of one) goes the built-in's way."""

    def negation(context: Context) -> Value:
        value = operand(context)
        return False if value is True else True if value is False else compute([value])

    return negation


def _call(node: nodes.Call) -> Closure:
    if node.function == "not" and (short := shortcuts.negation(node.arguments[0] if node.arguments else node)):
        return short
    compute = BUILTINS[node.function].bind(len(node.arguments), node.names)
    if compute is None:
        return lambda context: None
    arguments = [compile_node(argument) for argument in node.arguments]
    if node.function == "not" and len(arguments) == 1:
        return _negation(arguments[0], compute)
    if all(isinstance(argument, nodes.Literal) for argument in node.arguments):
        value = bounded(compute)([argument({}) for argument in arguments])
        return lambda context: value
    return lambda context: compute([argument(context) for argument in arguments])


_COMPILERS: dict[type[nodes.Node], Callable[[nodes.Node], Closure]] = {
    kind: cast("Callable[[nodes.Node], Closure]", function)
    for kind, function in {
        nodes.Literal: _literal,
        nodes.Name: _name,
        nodes.Path: _path,
        nodes.Negate: _negate,
        nodes.Arithmetic: _arithmetic,
        nodes.Compare: _compare,
        nodes.Between: _between,
        nodes.In: _in,
        nodes.RangeOf: _range,
        nodes.ListOf: _list,
        nodes.And: _and,
        nodes.Or: _or,
        nodes.If: _if,
        nodes.UnaryRange: _unary_range,
        nodes.InstanceOf: _instance,
        nodes.Call: _call,
    }.items()
}
