"""Decisions, knowledge models and services of a model, evaluated from the values of its inputs."""

from typing import Any

from psl.langage.feel import Function
from psl.langage.feel.values import Shape
from tests.conformite.attendus import Element, enfant, enfants, nom
from tests.conformite.boites import Boite, Portee, closure, coerce
from tests.conformite.modele import Modele


class Evaluation:
    """One test case: what was decided is kept, as what asks for it twice sees one value."""

    def __init__(self, model: Modele, inputs: Portee) -> None:
        self.inputs = inputs
        self.model = model
        self.known: dict[Element, Any] = {}

    def result(self, name: str, output: str) -> Any:
        """Give the value of a decision, or of a service's decisions, by its name."""
        element = self.model.named(name)
        if nom(element) == "decisionService":
            decided = coerce(self.serve(self.model, element, self.inputs), self.result_shape(self.model, element))
            return decided[output] if isinstance(decided, dict) and output in decided else decided
        return self.value(self.model, element)

    def value(self, model: Modele, element: Element) -> Any:
        """Give what an element is worth: an input, a decision, a function."""
        if element not in self.known:
            self.known[element] = _KINDS[nom(element)](self, model, element)
        return self.known[element]

    def input(self, model: Modele, element: Element) -> Any:
        variable = enfant(element, "variable")
        shape = model.shape(variable.get("typeRef")) if variable is not None else None
        return coerce(self.inputs.get(str(element.get("name"))), shape)

    def decide(self, model: Modele, element: Element) -> Any:
        variable = enfant(element, "variable")
        value = Boite(model).inside(element, self.scope(model, element))
        return coerce(value, model.shape(variable.get("typeRef")) if variable is not None else None)

    def scope(self, model: Modele, element: Element) -> Portee:
        """Give the names that an element requires, with those its functions are passed by."""
        scope: Portee = {}
        for need in enfants(element, "informationRequirement", "knowledgeRequirement"):
            for reference in enfants(need, "requiredDecision", "requiredInput", "requiredKnowledge"):
                owner, prefix, found = model.referred(reference)
                name, value = str(found.get("name")), self.value(owner, found)
                if prefix:
                    scope.setdefault(prefix, {})[name] = value
                else:
                    scope[name] = value
        return scope

    def knowledge(self, model: Modele, element: Element) -> Function:
        logic = enfant(element, "encapsulatedLogic")
        assert logic is not None
        parameters = [(str(one.get("name")), model.shape(one.get("typeRef"))) for one in enfants(logic, "formalParameter")]
        result = self.result_shape(model, element)
        if logic.get("kind", "FEEL") != "FEEL":
            return Boite(model).function(logic, {})  # type: ignore[no-any-return]
        function: Function

        def body(inner: Portee) -> Any:
            return Boite(model).inside(logic, {**self.scope(model, element), str(element.get("name")): function, **inner})

        function = closure(parameters, body, result)
        return function

    def service(self, model: Modele, element: Element) -> Function:
        given = [model.referred(one)[2] for one in enfants(element, "inputDecision", "inputData")]
        ordered = sorted(given, key=lambda one: nom(one) == "decision")
        parameters = [(str(one.get("name")), self.shape_of(model, one)) for one in ordered]
        result = self.result_shape(model, element)
        return closure(parameters, lambda inner: self.serve(model, element, inner), result)

    def result_shape(self, model: Modele, element: Element) -> Shape | None:
        """Give the shape of what a function gives, by the type of its variable."""
        declared = self.shape_of(model, element)
        return declared.items[-1] if declared is not None and declared.kind == "function" and declared.items else declared

    def shape_of(self, model: Modele, element: Element) -> Shape | None:
        variable = enfant(element, "variable")
        return model.shape(variable.get("typeRef")) if variable is not None else None

    def serve(self, model: Modele, element: Element, values: Portee) -> Any:
        """Evaluate the output decisions of a service on the values of its inputs alone."""
        inner = Evaluation(model, values)
        for one in (model.referred(reference)[2] for reference in enfants(element, "inputDecision")):
            inner.known[one] = coerce(values.get(str(one.get("name"))), self.shape_of(model, one))
        decided = {}
        for reference in enfants(element, "outputDecision"):
            owner, _, found = model.referred(reference)
            decided[str(found.get("name"))] = inner.value(owner, found)
        return next(iter(decided.values())) if len(decided) == 1 else decided


_KINDS = {
    "inputData": Evaluation.input,
    "decision": Evaluation.decide,
    "businessKnowledgeModel": Evaluation.knowledge,
    "decisionService": Evaluation.service,
}
