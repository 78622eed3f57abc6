"""The XML Schema of a démarche's business XML, written from its mapping: what a partner validates what they receive with. Pure.

An element is required when the mapping promises a value (`vide: jamais`) or keeps it empty (`vide: garde`), and has no condition.
"""

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import quoteattr

from psl.langage.composants.nombre import Nombre
from psl.langage.definition.flux import Element, Flux
from psl.langage.definition.objets import Demarche
from psl.langage.feel import Expression, nodes, types
from psl.langage.feel.types import ANY, DATE, TEXT, Type

_PAR_SORTE = {"date": "xs:date", "number": "xs:decimal", "boolean": "xs:boolean"}
_MOTIFS = {
    "date_fr": "[0-9]{2}/[0-9]{2}/[0-9]{4}",
    "jour": "[0-9]{2}",
    "mois": "[0-9]{2}",
    "annee": "[0-9]{4}",
    "departement": "[0-9][0-9AB][0-9]?",
    "iso3": "[A-Z]{3}|99[0-9]{3}",
}


def write(demarche: Demarche) -> str:
    """Return the schema. Raises ValueError when the démarche has no mapping."""
    if demarche.xml is None:
        raise ValueError(f"« {demarche.slug} » n'a pas de section xml")
    lignes = _Redacteur(demarche, demarche.xml).element(demarche.xml.racine, environment(demarche), is_root=True)
    titre = f"Démarche « {demarche.slug} » ({demarche.codes.psl}), version {demarche.digest}."
    tete = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">',
        f"<xs:annotation><xs:documentation>{titre}</xs:documentation></xs:annotation>",
    ]
    return "\n".join((*tete, *_indented(lignes), "</xs:schema>")) + "\n"


def environment(demarche: Demarche) -> dict[str, Type]:
    """Return the static type of each name that the expressions of a mapping may read."""
    lus = {cle: champ.composant.static_type() for cle, champ in demarche.champs.items() if champ.composant.has_value}
    known = {**{parametre.cle: ANY for parametre in demarche.parametres}, **lus, "numero": TEXT, "aujourd'hui": DATE}
    for calcul in demarche.calculs:
        known[calcul.cle] = types.check(calcul.expression.tree, known)[0] if calcul.expression else ANY
    return known


class _Redacteur:
    """Writes the declarations, one line each, of elements and attributes."""

    def __init__(self, demarche: Demarche, flux: Flux) -> None:
        self.demarche = demarche
        self.flux = flux

    def element(self, element: Element, types_de: Mapping[str, Type], *, is_root: bool = False) -> Iterator[str]:
        if element.repete is not None:
            types_de = {**types_de, element.comme: ANY}
        tete = f'<xs:element name="{element.nom}"' + ("" if is_root else _occurrences(element))
        if element.elements or element.attributs:
            yield from (f"{tete}>", "<xs:complexType>", *self._inside(element, types_de), "</xs:complexType>", "</xs:element>")
        elif facettes := self._facets(element, types_de):
            yield from (f"{tete}>", *facettes, "</xs:element>")
        else:
            yield f'{tete} type="{self._type(element, types_de)}"/>'

    def _inside(self, element: Element, types_de: Mapping[str, Type]) -> Iterator[str]:
        attributs = [f'<xs:attribute name="{nom}" type="{_kind(lu, types_de)}"/>' for nom, lu in element.attributs]
        if element.elements:
            yield "<xs:sequence>"
            for enfant in element.elements:
                yield from self.element(enfant, types_de)
            yield from ("</xs:sequence>", *attributs)
        else:
            base = self._type(element, types_de)
            yield from ("<xs:simpleContent>", f'<xs:extension base="{base}">', *attributs, "</xs:extension>", "</xs:simpleContent>")

    def _type(self, element: Element, types_de: Mapping[str, Type]) -> str:
        if len(element.valeurs) != 1 or element.forme == "libelle":
            return "xs:string"
        base = "xs:integer" if self._is_whole(element) else _kind(element.valeurs[0], types_de)
        return "xs:string" if element.vide == "garde" and base != "xs:string" else base

    def _is_whole(self, element: Element) -> bool:
        arbre = element.valeurs[0].tree
        champ = self.demarche.champs.get(arbre.name) if isinstance(arbre, nodes.Name) else None
        return champ is not None and isinstance(champ.composant, Nombre) and not champ.composant.decimales

    def _facets(self, element: Element, types_de: Mapping[str, Type]) -> list[str]:
        """Return the simple type of an element narrower than a type of XML Schema; nothing for one that is not."""
        permis = self._allowed(element, types_de)
        if permis:
            return _enumerated(permis, may_be_empty=element.vide == "garde")
        if motif := _MOTIFS.get(element.forme):
            return [_restriction([f'<xs:pattern value="{motif}"/>'], may_be_empty=element.vide == "garde")]
        if element.vide == "garde" and len(element.valeurs) == 1 and (sorte := _kind(element.valeurs[0], types_de)) != "xs:string":
            return [_or_empty(sorte)]
        if element.vide == "jamais" and self._type(element, types_de) == "xs:string":
            return [_restriction(['<xs:minLength value="1"/>'])]
        return []

    def _allowed(self, element: Element, types_de: Mapping[str, Type]) -> list[str]:
        if element.liste:
            return sorted(set(self.flux.listes[element.liste].values()))
        lu = element.valeurs[0].tree if len(element.valeurs) == 1 and element.forme == "brute" else None
        return sorted(types_de[lu.name].values or ()) if isinstance(lu, nodes.Name) and lu.name in types_de else []


def _kind(expression: Expression, types_de: Mapping[str, Type]) -> str:
    lu, _ = types.check(expression.tree, types_de)
    return _PAR_SORTE.get(lu.kind, "xs:string")


def _occurrences(element: Element) -> str:
    is_sure = element.vide in ("garde", "jamais") or _is_sure_inside(element)
    least = "" if is_sure and element.si is None and element.repete is None else ' minOccurs="0"'
    return least + (' maxOccurs="unbounded"' if element.repete is not None else "")


def _is_sure_inside(element: Element) -> bool:
    """Say whether an element has a child, or an attribute, that is always written."""
    return any(enfant.si is None and enfant.repete is None and not _occurrences(enfant) for enfant in element.elements)


def _enumerated(codes: Iterable[str], *, may_be_empty: bool = False) -> list[str]:
    return [_restriction([f"<xs:enumeration value={quoteattr(code)}/>" for code in codes], may_be_empty=may_be_empty)]


def _restriction(facettes: Iterable[str], *, may_be_empty: bool = False) -> str:
    simple = f'<xs:simpleType><xs:restriction base="xs:string">{"".join(facettes)}</xs:restriction></xs:simpleType>'
    return f"<xs:simpleType><xs:union>{simple}{_VIDE}</xs:union></xs:simpleType>" if may_be_empty else simple


def _or_empty(base: str) -> str:
    return f'<xs:simpleType><xs:union memberTypes="{base}">{_VIDE}</xs:union></xs:simpleType>'


_VIDE = '<xs:simpleType><xs:restriction base="xs:string"><xs:length value="0"/></xs:restriction></xs:simpleType>'


def _indented(lignes: Iterable[str]) -> Iterator[str]:
    marge = 1
    for ligne in lignes:
        if ligne.startswith("</"):
            marge -= 1
        yield "  " * marge + ligne
        if not ligne.startswith("</") and not ligne.endswith("/>") and "</" not in ligne:
            marge += 1
