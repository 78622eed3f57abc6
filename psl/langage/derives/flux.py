"""The business XML of a télédossier, written from the mapping of its démarche. Pure: the same answers give the same bytes.

One line, no namespace, empty elements opened and closed: what services' software has read from the real platform.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from psl.langage.composants.pays import iso3
from psl.langage.definition.flux import Element, Flux
from psl.langage.definition.objets import Demarche
from psl.langage.evaluation import Situation
from psl.langage.feel import Expression, Value, nodes

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
LANGUE = "fr"
_INTERDITS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUITES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "&#10;"), ("\t", "&#9;"))


def write(demarche: Demarche, situation: Situation, *, numero: str) -> bytes:
    """Return the XML of a situation. Raises ValueError when the démarche has no mapping."""
    if demarche.xml is None:
        raise ValueError(f"« {demarche.slug} » n'a pas de section xml")
    ecrivain = _Ecrivain(demarche, demarche.xml)
    contexte = context(demarche, situation, numero=numero)
    return (DECLARATION + "".join(ecrivain.write(demarche.xml.racine, contexte))).encode()


def context(demarche: Demarche, situation: Situation, *, numero: str) -> dict[str, Value]:
    """Return what the expressions of a mapping read: answers, computed values, parameters, `numero`, `aujourd'hui` (the day of filing)."""
    lus = {cle: demarche.champs[cle].composant.to_feel(valeur) for cle, valeur in situation.valeurs.items() if cle in demarche.champs}
    fixes = {parametre.cle: parametre.value_on(situation.aujourdhui) for parametre in demarche.parametres}
    return {**fixes, **situation.calculs, **lus, "numero": numero, "aujourd'hui": situation.aujourdhui}


class Textes:
    """Says what an expression of a mapping gives, as a text; holds the lists of codes, and the options whose labels are asked."""

    def __init__(self, demarche: Demarche, flux: Flux) -> None:
        self.demarche = demarche.localize(LANGUE)
        self.listes = flux.listes

    def joined(self, element: Element, contexte: Mapping[str, Value]) -> str:
        textes = (self.text(element, expression, contexte) for expression in element.valeurs)
        return element.separateur.join(texte for texte in textes if texte)

    def text(self, element: Element, expression: Expression, contexte: Mapping[str, Value]) -> str:
        valeur = expression.evaluate(contexte)
        if valeur is None:
            return ""
        if element.liste:
            return self.listes[element.liste].get(plain(valeur), "")
        if element.forme == "libelle" and isinstance(expression.tree, nodes.Name):
            return self._shown(expression.tree.name, valeur)
        return shaped(valeur, element.forme)

    def _shown(self, cle: str, valeur: Value) -> str:
        champ = self.demarche.champs.get(cle)
        if champ is None:
            return plain(valeur)
        return champ.composant.display(valeur.isoformat() if isinstance(valeur, date) else valeur, LANGUE)


class _Ecrivain(Textes):
    """Writes elements."""

    def write(self, element: Element, contexte: Mapping[str, Value]) -> Iterator[str]:
        if element.si is not None and element.si.evaluate(contexte) is not True:
            return
        for chacun in each(element, contexte):
            contenu = self._content(element, chacun)
            attributs = "".join(self._attribute(nom, expression, chacun) for nom, expression in element.attributs)
            if contenu or attributs or element.vide == "garde":
                yield f"<{element.nom}{attributs}>{contenu}</{element.nom}>"

    def _content(self, element: Element, contexte: Mapping[str, Value]) -> str:
        if element.elements:
            return "".join(morceau for enfant in element.elements for morceau in self.write(enfant, contexte))
        return escape(self.joined(element, contexte))

    def _attribute(self, nom: str, expression: Expression, contexte: Mapping[str, Value]) -> str:
        texte = plain(expression.evaluate(contexte))
        return f' {nom}="{escape(texte).replace('"', "&quot;")}"' if texte else ""


def each(element: Element, contexte: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    """Yield what the expressions of an element read, once for each time it is written."""
    if element.repete is None:
        yield contexte
        return
    items = element.repete.evaluate(contexte)
    for item in items if isinstance(items, list) else ():
        yield {**contexte, element.comme: item}


def shaped(valeur: Value, forme: str) -> str:
    """Return a value in one of the shapes of the mapping."""
    texte = plain(valeur)
    if forme == "departement":
        return texte[: 3 if texte[:2] in ("97", "98") else 2]
    if forme == "iso3":
        return iso3(texte)
    if isinstance(valeur, date) and forme in _DATES:
        return valeur.strftime(_DATES[forme]) if valeur.year >= 1000 else texte
    return texte


_DATES = {"date_fr": "%d/%m/%Y", "jour": "%d", "mois": "%m", "annee": "%Y"}


def plain(valeur: Value) -> str:
    """Return a value as XML Schema writes its kind; what has no such form (a composite value) is nothing."""
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, Decimal):
        return f"{valeur:f}"
    if isinstance(valeur, date):
        return valeur.isoformat()
    return str(valeur) if isinstance(valeur, str | int) else ""


def escape(texte: str) -> str:
    """Return a text as XML content on one line: what XML cannot hold is left out, line ends are written as references."""
    net = _INTERDITS.sub("", texte).replace("\r\n", "\n").replace("\r", "\n")
    for signe, suite in _SUITES:
        net = net.replace(signe, suite)
    return net
