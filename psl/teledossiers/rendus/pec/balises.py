"""An XML file that comes from anywhere, read without trust (pure): no DTD, no entity, no network, bounded, UTF-8 only."""

import re

from lxml import etree

TAILLE_MAX = 5_000_000
_ENCODAGE = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class XmlIllisible(Exception):  # noqa: N818 - named with the domain's words
    """An XML that is not read; the sentence, which follows its name, says why."""


def parse(octets: bytes, *, libre: bool = False) -> etree._Element:
    """Return the root of an XML. Raises XmlIllisible. `libre`: an encoding other than UTF-8 is no fault."""
    if len(octets) > TAILLE_MAX:
        raise XmlIllisible(f"dépasse {TAILLE_MAX // 1_000_000} Mo : il n'est pas lu.")
    declare = found[1].decode().upper() if (found := _ENCODAGE.match(octets.removeprefix(b"\xef\xbb\xbf"))) else "UTF-8"
    if b"\x00" in octets[:200] or (declare not in ("UTF-8", "UTF8") and not libre):
        raise XmlIllisible("n'est pas en UTF-8 : le format le demande.")
    if _DTD.search(octets):
        raise XmlIllisible(
            "déclare un type de document ou des entités (DOCTYPE) : c'est ainsi que l'on attaque un lecteur, il n'est pas lu."
        )
    lecteur = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    try:
        return etree.fromstring(octets, lecteur)
    except (etree.XMLSyntaxError, ValueError, LookupError) as erreur:
        raise XmlIllisible(f"n'est pas un XML bien formé (ligne {getattr(erreur, 'lineno', None) or 1}).") from None


def name(element: etree._Element) -> tuple[str, str]:
    """Return the namespace and the local name of an element; a comment or an instruction has neither."""
    if not isinstance(element.tag, str):
        return "", ""
    nom = etree.QName(element)
    return nom.namespace or "", nom.localname


def children(element: etree._Element) -> list[etree._Element]:
    """Return the elements directly in another, comments left out."""
    return [enfant for enfant in element if isinstance(enfant.tag, str)]


def first(element: etree._Element, *chemin: str) -> etree._Element | None:
    """Return the first element down a path of local names."""
    for nom in chemin:
        suivant = next((enfant for enfant in children(element) if name(enfant)[1] == nom), None)
        if suivant is None:
            return None
        element = suivant
    return element


def every(element: etree._Element, nom: str) -> list[etree._Element]:
    """Return the children of a local name."""
    return [enfant for enfant in children(element) if name(enfant)[1] == nom]


def text(element: etree._Element, *chemin: str) -> str:
    """Return the text at the end of a path of local names; nothing when there is none."""
    found = first(element, *chemin)
    return "" if found is None else (found.text or "").strip()


def within(element: etree._Element, *chemin: str) -> list[etree._Element]:
    """Return all the elements of the last name of a path, in the first element down the rest of it."""
    lieu = first(element, *chemin[:-1])
    return [] if lieu is None else every(lieu, chemin[-1])
