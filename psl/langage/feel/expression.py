"""The public face of FEEL: a parsed text, its free names and its compiled closure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from psl.langage.feel import nodes
from psl.langage.feel.compile import Closure, compile_node
from psl.langage.feel.parser import parse_tree
from psl.langage.feel.values import Value


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
def parse(text: str) -> Expression:
    """Parse a text into an Expression. Raises ErreurFEEL with the character, the fault and the remedy, in French."""
    tree = parse_tree(text)
    names = frozenset(node.name for node in tree.walk() if isinstance(node, nodes.Name))
    return Expression(text, tree, names, compile_node(tree))


def rename(text: str, names: Mapping[str, str]) -> str:
    """Rewrite an expression's text with other names for some of those it reads. Raises ErreurFEEL."""
    found = [node for node in parse(text).tree.walk() if isinstance(node, nodes.Name) and node.name in names]
    for node in sorted(found, key=lambda node: node.start, reverse=True):
        text = text[: node.start] + names[node.name] + text[node.end :]
    return text
