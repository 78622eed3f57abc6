"""A partner's text (restricted Markdown, {{cle}}) as blocks for a document (pure): paragraphs and lists of words, bold words, links.

Nothing here is the engine's markup: each piece of text goes to it as data.
"""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from psl.langage import texte

type Bloc = dict[str, Any]  # {"sorte": "p", "mots": […]} or {"sorte": "ul" | "ol", "points": [[…], …]}; a word is {"t", "gras", "lien"}


def blocks(source: str, valeurs: Mapping[str, str] | None = None) -> list[Bloc]:
    """Return the blocks of a text, its values in place. Raises texte.ErreurTexte."""
    lecteur = _Lecteur()
    lecteur.feed(texte.parse(source).html(valeurs))
    lecteur.close()
    return lecteur.blocs


def paragraphs(plain: str) -> list[Bloc]:
    """Return the paragraphs of a plain text: nothing in it is read as markup."""
    return [{"sorte": "p", "mots": [_word(part)]} for part in plain.split("\n\n") if part.strip()]


def _word(t: str, *, gras: bool = False, lien: str = "") -> dict[str, Any]:
    return {"t": t, "gras": gras, "lien": lien}


class _Lecteur(HTMLParser):
    """Reads the HTML that psl.langage.texte writes: p, ul, ol, li, strong, a, br."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocs: list[Bloc] = []
        self._mots: list[dict[str, Any]] = []
        self._gras, self._lien = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self.blocs.append({"sorte": tag, "points": []})
        elif tag in {"p", "li"}:
            self._mots = []
            if tag == "li":
                self.blocs[-1]["points"].append(self._mots)
            else:
                self.blocs.append({"sorte": "p", "mots": self._mots})
        elif tag == "strong":
            self._gras = True
        elif tag == "a":
            cible = dict(attrs)["href"] or ""
            self._lien = "" if cible.startswith(("/", "#")) else cible  # a paper has no page to go to
        elif tag == "br":
            self._mots.append(_word("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self._gras = False
        elif tag == "a":
            self._lien = ""

    def handle_data(self, data: str) -> None:
        self._mots.append(_word(data, gras=self._gras, lien=self._lien))
