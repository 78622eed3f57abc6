"""Boxed expressions (DMN 1.5, 10.2): each box is evaluated in a scope of names; the FEEL inside is ours, read by its public face."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from psl.langage.feel import Function, parse, parse_tests
from psl.langage.feel.expression import parse_shaped
from psl.langage.feel.values import Shape
from psl.langage.tables import Entree, Ligne, Politique, Sortie, Table
from tests.conformite.attendus import Element, enfant, enfants, nom
from tests.conformite.modele import Modele

type Portee = dict[str, Any]
BOITES = (
    "literalExpression",
    "decisionTable",
    "context",
    "invocation",
    "relation",
    "list",
    "functionDefinition",
    "conditional",
    "filter",
    "for",
    "some",
    "every",
)


class NonPrisEnCharge(Exception):  # noqa: N818 - a word of the tests
    """A box that is not FEEL: an external function, or nothing at all."""


def text_of(element: Element | None) -> str:
    found = enfant(element, "text") if element is not None else None
    return (found.text or "") if found is not None else ""


def coerce(value: Any, shape: Shape | None) -> Any:
    """Put a value in the shape its variable says: null when it is not of it."""
    return value if shape is None or (shape.kind == "any" and type(shape) is Shape) else shape.coerce(value)


class Boite:
    """What evaluates the boxes of one model."""

    def __init__(self, model: Modele) -> None:
        self.model = model
        self.members = tuple(model.member_names())

    def feel(self, text: str, scope: Portee) -> Any:
        names = tuple(dict.fromkeys((*scope, *self.members)))
        if "instance of" in text or "function" in text:
            return parse_shaped(text, names, self.model.loose_shapes()).evaluate(scope)
        return parse(text, names).evaluate(scope)

    def inside(self, element: Element, scope: Portee) -> Any:
        """Evaluate the box that an element holds."""
        box = enfant(element, *BOITES)
        if box is None:
            raise NonPrisEnCharge("sans logique")
        return self.evaluate(box, scope)

    def evaluate(self, box: Element, scope: Portee) -> Any:
        value = _BOITES[nom(box)](self, box, scope)
        return coerce(value, self.model.shape(box.get("typeRef"))) if nom(box) != "functionDefinition" else value

    def literal(self, box: Element, scope: Portee) -> Any:
        if not (text := text_of(box)):
            raise NonPrisEnCharge("sans logique")
        return self.feel(text, scope)

    def list_(self, box: Element, scope: Portee) -> Any:
        return [self.evaluate(item, scope) for item in enfants(box, *BOITES)]

    def relation(self, box: Element, scope: Portee) -> Any:
        columns = [str(column.get("name")) for column in enfants(box, "column")]
        return [dict(zip(columns, self.list_(row, scope), strict=True)) for row in enfants(box, "row")]

    def context(self, box: Element, scope: Portee) -> Any:
        inner, made = dict(scope), {}
        for entry in enfants(box, "contextEntry"):
            variable = enfant(entry, "variable")
            value = self.inside(entry, inner)
            if variable is None:
                return value
            name = str(variable.get("name"))
            inner[name] = made[name] = coerce(value, self.model.shape(variable.get("typeRef")))
        return made

    def invocation(self, box: Element, scope: Portee) -> Any:
        function = self.evaluate(enfants(box, *BOITES)[0], scope)
        bound = {}
        for binding in enfants(box, "binding"):
            parameter = enfant(binding, "parameter")
            assert parameter is not None
            held = enfant(binding, *BOITES)
            bound[str(parameter.get("name"))] = None if held is None else self.evaluate(held, scope)
        if not isinstance(function, Function) or set(bound) != set(function.parameters):
            return None
        return function.call(*(bound[name] for name in function.parameters))

    def function(self, box: Element, scope: Portee) -> Any:
        if box.get("kind", "FEEL") != "FEEL":
            raise NonPrisEnCharge("fonction externe")
        parameters = [(str(one.get("name")), self.model.shape(one.get("typeRef"))) for one in enfants(box, "formalParameter")]
        return closure(parameters, lambda inner: self.inside(box, {**scope, **inner}))

    def conditional(self, box: Element, scope: Portee) -> Any:
        condition, then, otherwise = (enfant(box, part) for part in ("if", "then", "else"))
        assert condition is not None
        answer = self.inside(condition, scope)
        chosen = then if answer is True else otherwise
        return self.inside(chosen, scope) if chosen is not None and (answer is None or isinstance(answer, bool)) else None

    def filter(self, box: Element, scope: Portee) -> Any:
        source, match = enfant(box, "in"), enfant(box, "match")
        assert source is not None
        assert match is not None
        value = self.inside(source, scope)
        if value is None:
            return None
        kept = []
        for item in value if isinstance(value, list) else [value]:
            members = item if isinstance(item, dict) else {}
            answer = self.inside(match, {**scope, "item": item, **members})
            if answer is not None and not isinstance(answer, bool):
                return None
            kept.extend([item] if answer else [])
        return kept

    def loop(self, box: Element, scope: Portee) -> Any:
        source = enfant(box, "in")
        body = enfant(box, "return", "satisfies")
        assert source is not None
        assert body is not None
        name = str(box.get("iteratorVariable"))
        items = parse("for i in s return i").evaluate({"s": self.inside(source, scope)})
        if items is None:
            return None
        made: list[Any] = []
        for item in items:
            made.append(self.inside(body, {**scope, name: item, "partial": list(made)}))
        if nom(box) == "for":
            return made
        if not all(one is None or isinstance(one, bool) for one in made):
            return None
        return parse("some i in s satisfies i" if nom(box) == "some" else "every i in s satisfies i").evaluate({"s": made})

    def table(self, box: Element, scope: Portee) -> Any:
        names = tuple(dict.fromkeys((*scope, *self.members)))
        entrees = tuple(self.entree(clause, names) for clause in enfants(box, "input"))
        sorties = tuple(self.sortie(clause) for clause in enfants(box, "output"))
        lignes = tuple(
            Ligne(
                tuple(parse_tests(text_of(cell), names) for cell in enfants(rule, "inputEntry")),
                tuple(parse(text_of(cell), names) for cell in enfants(rule, "outputEntry")),
            )
            for rule in enfants(box, "rule")
        )
        defaults = [enfant(clause, "defaultOutputEntry") for clause in enfants(box, "output")]
        sinon = tuple(parse(text_of(one), names) for one in defaults) if all(one is not None for one in defaults) else ()
        politique = Politique(box.get("hitPolicy") or "UNIQUE")
        made = Table("", politique, entrees, sorties, lignes, box.get("aggregation"), sinon).evaluate(scope)
        shapes = [self.model.shape(clause.get("typeRef")) for clause in enfants(box, "output")]
        return coerce(made, shapes[0]) if len(shapes) == 1 and not isinstance(made, list) else made

    def entree(self, clause: Element, names: tuple[str, ...]) -> Entree:
        expression = enfant(clause, "inputExpression")
        allowed = text_of(enfant(clause, "inputValues"))
        assert expression is not None
        return Entree("", parse(text_of(expression), names), parse_tests(allowed, names) if allowed else None)

    def sortie(self, clause: Element) -> Sortie:
        values = text_of(enfant(clause, "outputValues"))
        return Sortie(str(clause.get("name")), tuple(parse(f"[{values}]").evaluate({})) if values else ())


def closure(parameters: Iterable[tuple[str, Shape | None]], body: Callable[[Portee], Any], result: Shape | None = None) -> Function:
    """Make a function value whose arguments take the shapes of its parameters."""
    known = tuple(parameters)

    def call(*values: Any) -> Any:
        inner = {name: coerce(value, shape) for (name, shape), value in zip(known, values, strict=True)}
        if any(inner[name] is None and value is not None for (name, _), value in zip(known, values, strict=True)):
            return None
        return coerce(body(inner), result)

    return Function(tuple(name for name, _ in known), call, (*(shape or Shape("any") for _, shape in known), result or Shape("any")))


_BOITES: Mapping[str, Callable[[Boite, Element, Portee], Any]] = {
    "literalExpression": Boite.literal,
    "decisionTable": Boite.table,
    "context": Boite.context,
    "invocation": Boite.invocation,
    "relation": Boite.relation,
    "list": Boite.list_,
    "functionDefinition": Boite.function,
    "conditional": Boite.conditional,
    "filter": Boite.filter,
    "for": Boite.loop,
    "some": Boite.loop,
    "every": Boite.loop,
}
