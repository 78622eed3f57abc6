"""The conditions of the content (pure): three-valued, over the variables that a guided search made true or false."""

from collections.abc import Mapping

from psl.fiches.noeuds import Noeud, attribute, children, first

type Variables = Mapping[str, bool]  # a variable that is not there is not known


def holds(node: Noeud, variables: Variables) -> bool | None:
    """Return whether what a node says is for this reader: True without a condition, None when it cannot be told yet."""
    condition = first(node, "Condition")
    if condition is None:
        return True
    told = [_value(child, variables) for child in children(condition)]
    return told[0] if told else True


def is_shown(node: Noeud, variables: Variables) -> bool:
    """Tell whether a node is shown: only what is surely not for this reader is left out."""
    return holds(node, variables) is not False


def _value(node: Noeud, variables: Variables) -> bool | None:
    name = node[0]
    if name == "estVrai":
        return variables.get(attribute(node, "var"))
    if name == "estFaux":
        known = variables.get(attribute(node, "var"))
        return None if known is None else not known
    if name == "estIndefini":
        return attribute(node, "var") not in variables
    told = [_value(child, variables) for child in children(node)]
    if name == "ou":
        return True if True in told else None if None in told else False
    if name == "et":
        return False if False in told else None if None in told else True
    return None
