"""A value in XML, as text: an element under the name of its champ. Pure."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from psl.langage.composants.base import Xml


def to_text(nom: str, xml: Xml) -> str:
    """Write a value as XML says it: an element, its children indented, the same element several times for a list."""
    return "\n".join(_lines(nom, xml, ""))


def _lines(nom: str, xml: Xml, retrait: str) -> Iterator[str]:
    if isinstance(xml, list):
        for item in xml:
            yield from _lines(nom, item, retrait)
    elif isinstance(xml, Mapping):
        yield f"{retrait}<{nom}>"
        for cle, membre in xml.items():
            yield from _lines(cle, membre, f"{retrait}  ")
        yield f"{retrait}</{nom}>"
    else:
        yield f"{retrait}<{nom}>{escape(xml)}</{nom}>"
