"""The compact form of a document (pure): a node is `[name, {attributes}, *children]`, a child is a node or a text."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

# A node is a list: its JSON is what is stored, and nothing is gained by wrapping 1.5 million of them.
type Noeud = list[Any]


def name(node: Noeud) -> str:
    """Return the name of the element."""
    return str(node[0])


def attribute(node: Noeud, key: str) -> str:
    """Return an attribute, empty when it is not there."""
    return str(node[1].get(key, ""))


def children(node: Noeud) -> Iterator[Noeud]:
    """Yield the elements right under a node."""
    return (child for child in node[2:] if not isinstance(child, str))


def named(node: Noeud, *names: str) -> Iterator[Noeud]:
    """Yield the elements right under a node that bear one of these names."""
    return (child for child in node[2:] if not isinstance(child, str) and child[0] in names)


def first(node: Noeud, wanted: str) -> Noeud | None:
    """Return the first element right under a node that bears this name."""
    return next(named(node, wanted), None)


def walk(node: Noeud) -> Iterator[Noeud]:
    """Yield a node and all those below it, in the order of the document."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(child for child in reversed(here[2:]) if not isinstance(child, str))


def text(node: Noeud | None) -> str:
    """Return the words of a node, spaces made single; two elements side by side are two words."""
    return " ".join(" ".join(_texts(node)).split()) if node is not None else ""


def _texts(node: Noeud) -> Iterator[str]:
    for child in node[2:]:
        if isinstance(child, str):
            yield child
        else:
            yield from _texts(child)


def prose(node: Noeud | None) -> str:
    """Return the words of a node as they are spaced in its text (a link in the middle of a word stays in it)."""
    return " ".join("".join(_texts(node)).split()) if node is not None else ""


def sentences(node: Noeud | None) -> str:
    """Return the words of a node that holds paragraphs, one after the other."""
    found = [prose(child) for child in walk(node) if child[0] == "Paragraphe"] if node is not None else []
    return " ".join(found) if found else prose(node)


def canonical(node: Noeud) -> bytes:
    """Return the bytes whose SHA-256 names a document: compact JSON, attributes in order."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def digest(node: Noeud) -> str:
    """Return the SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(node)).hexdigest()
