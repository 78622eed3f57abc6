"""The public face of FEEL: a parsed text, its free names and its compiled closure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from psl.langage.feel import nodes, portees
from psl.langage.feel.compile import Closure, Context, compile_node
from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.fonctions import motifs
from psl.langage.feel.parser import parse_tests_tree, parse_tree
from psl.langage.feel.values import Shape, Value
from psl.langage.feel.values.budget import bounded, weigh

# What can cost more than the length of its text.
_COSTLY = portees.SCOPES
_SIMPLE = frozenset({"not", "date", "duration", "time", "date and time", "string length", "upper case", "lower case"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. `names` are the names it reads in the context; `run` is the
    closure for hot loops: its dict must hold every one of the names."""

    text: str
    tree: nodes.Node = field(repr=False, compare=False)
    names: frozenset[str] = field(repr=False, compare=False)
    run: Closure = field(repr=False, compare=False)

    def evaluate(self, context: Mapping[str, Value]) -> Value:
        """Evaluate in a context of Python values; a name it lacks is null. Never raises."""
        return self.run({name: context.get(name) for name in self.names})


@lru_cache(maxsize=16384)
def parse(text: str, names: tuple[str, ...] = ()) -> Expression:
    """Parse a text into an Expression. `names` are those of the context that hold spaces or signs, or that are functions.

    Raises ErreurFEEL with the character, the fault and the remedy, in French.
    """
    return build(text, parse_tree(text, names))


@lru_cache(maxsize=16384)
def parse_tests(text: str, names: tuple[str, ...] = ()) -> Expression:
    """Parse the cell of a decision table: `"A", "B"`, `[1..5]`, `< 3`, `not(…)`, `-`. It is true when the value of `?` passes.

    Raises ErreurFEEL.
    """
    return build(text, parse_tests_tree(text, names))


def parse_shaped(text: str, names: Iterable[str], shapes: Mapping[str, Shape]) -> Expression:
    """Parse a text that may name types of its own. Raises ErreurFEEL."""
    return build(text, parse_tree(text, names, shapes))


def build(text: str, tree: nodes.Node) -> Expression:
    """Compile a tree. Raises ErreurFEEL at a regular expression that is not supported."""
    for node in tree.walk():
        if isinstance(node, nodes.Call) and node.function in ("matches", "replace", "split"):
            _check_pattern(node)
    return Expression(text, tree, nodes.free_names(tree), _bounded(tree))


def _bounded(tree: nodes.Node) -> Closure:
    closure = compile_node(tree)
    if not any(isinstance(node, _COSTLY) or (isinstance(node, nodes.Call) and node.function not in _SIMPLE) for node in tree.walk()):
        return closure

    def run(context: Context) -> Value:
        value = closure(context)
        if value.__class__ is list or value.__class__ is dict:
            weigh(value)
        return value

    return bounded(run)


def _check_pattern(call: nodes.Call) -> None:
    texts = [argument.value if isinstance(argument, nodes.Literal) else None for argument in call.arguments]
    place = call.names.index("pattern") if "pattern" in call.names else call.names.index("delimiter") if "delimiter" in call.names else 1
    if len(texts) <= place or not isinstance(texts[place], str):
        return
    rank = {"matches": 2, "replace": 3}.get(call.function, len(texts))
    flags = texts[rank] if len(texts) > rank and not call.names and isinstance(texts[rank], str) else ""
    try:
        motifs.read(texts[place], flags or "")
    except motifs.ErreurMotif as erreur:
        if erreur.is_refused:
            node = call.arguments[place]
            raise ErreurFEEL(node.start, str(erreur), "Écrivez un motif plus simple.", fin=node.end) from None


def rename(text: str, names: Mapping[str, str]) -> str:
    """Rewrite an expression's text with other names for some of those it reads. Raises ErreurFEEL."""
    for node in sorted(_free_nodes(parse(text).tree, frozenset()), key=lambda node: node.start, reverse=True):
        if node.name in names:
            text = text[: node.start] + names[node.name] + text[node.end :]
    return text


def _free_nodes(node: nodes.Node, bound: frozenset[str]) -> list[nodes.Name]:
    if isinstance(node, nodes.Name):
        return [] if node.name in bound else [node]
    inner = bound
    if isinstance(node, portees.SCOPES):
        inner = bound | nodes.given_names(node)
    return [found for child in node.children() for found in _free_nodes(child, inner)]
