"""A DMN model: its decisions, its knowledge models, its services and its types, found by id or by name."""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from psl.langage.feel import Expression, parse_tests
from psl.langage.feel.values import Shape
from tests.conformite.attendus import Element, enfant, enfants, nom

_KINDS = {
    "Any": "any",
    "number": "number",
    "string": "text",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "date and time": "datetime",
    "dayTimeDuration": "days",
    "days and time duration": "days",
    "yearMonthDuration": "months",
    "years and months duration": "months",
    "context": "context",
    "list": "list",
}


# Whose names may stand after a point, or in a context.
_NAMED = ("itemComponent", "decision", "inputData", "businessKnowledgeModel", "decisionService")


@dataclass(frozen=True, slots=True)
class Restreinte(Shape):
    """A type whose values must also pass a test."""

    test: Expression | None = None

    def accepts(self, value: object) -> bool:
        if not Shape.accepts(self, value) or self.test is None:
            return False
        return all(self.test.evaluate({"?": item}) is True for item in (value if isinstance(value, list) else [value]))


class Modele:
    """A model and those it imports, by their name."""

    def __init__(self, path: Path) -> None:
        self.racine = etree.parse(path).getroot()
        self.espace = self.racine.get("namespace") or ""
        self.is_strict = True
        self.imports: dict[str, Modele] = {}
        for element in enfants(self.racine, "import"):
            if found := _imported(path, element):
                self.imports[str(element.get("name"))] = found
        self.types = {str(item.get("name")): item for item in enfants(self.racine, "itemDefinition")}
        self.elements = {str(element.get("id")): element for element in self.racine if isinstance(element.tag, str) and element.get("id")}

    def named(self, name: str) -> Element:
        """Give the decision or the service of this name."""
        kinds = ("decision", "decisionService", "businessKnowledgeModel")
        return next(element for kind in kinds for element in enfants(self.racine, kind) if element.get("name") == name)

    def referred(self, element: Element) -> tuple["Modele", str, Element]:
        """Follow a requirement to the model and the element it names, with the prefix of its import."""
        espace, _, key = str(element.get("href")).rpartition("#")
        for prefix, model in self.imports.items():
            if espace and espace == model.espace:
                return model, prefix, model.elements[key]
        return self, "", self.elements[key]

    def shape(self, name: str | None) -> Shape | None:
        """Give the shape of a type by its name; None when it says nothing."""
        if name is None:
            return None
        prefix, _, rest = name.partition(".")
        if name not in self.types and prefix in self.imports:
            return self.imports[prefix].shape(rest)
        local = name.rpartition(":")[2]
        if local in self.types:
            return self.defined(self.types[local])
        return Shape(_KINDS[local]) if local in _KINDS else None

    def defined(self, item: Element) -> Shape:
        """Give the shape that an item definition says."""
        reference = enfant(item, "typeRef")
        members = {str(component.get("name")): self.defined(component) for component in enfants(item, "itemComponent")}
        shape = (self.shape(reference.text) if reference is not None else None) or Shape("context" if members else "any", members=members)
        function = enfant(item, "functionItem")
        if function is not None:
            asked = [self.shape(parameter.get("typeRef")) or Shape("any") for parameter in enfants(function, "parameters")]
            shape = Shape("function", (*asked, self.shape(function.get("outputTypeRef")) or Shape("any")))
        allowed = enfant(item, "allowedValues") if self.is_strict else None
        if allowed is not None and (text := enfant(allowed, "text")) is not None and text.text:
            shape = Restreinte(shape.kind, shape.items, shape.members, parse_tests(text.text))
        return Shape("list", (shape,)) if item.get("isCollection") == "true" else shape

    def loose_shapes(self) -> dict[str, Shape]:
        """Give every type without the values it allows: what `instance of` looks at."""
        self.is_strict = False
        shapes = {name: self.shape(name) or Shape("any") for name in self.types}
        self.is_strict = True
        return shapes

    def member_names(self, kinds: tuple[str, ...] = ("itemComponent",)) -> set[str]:
        """Give the names of every component, and of what is imported, as expressions may write them after a point."""
        named = {str(one.get("name")) for one in self.racine.iter() if isinstance(one.tag, str) and nom(one) in kinds}
        return named.union(*(model.member_names(_NAMED) for model in self.imports.values()))


def _imported(path: Path, element: Element) -> Modele | None:
    for other in path.parent.glob("*.dmn"):
        if other != path and etree.parse(other).getroot().get("namespace") == element.get("namespace"):
            return Modele(other)
    return None
