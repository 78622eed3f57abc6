"""Restricted Markdown, for what partners write: paragraphs, lists, bold, links and {{cle}} placeholders, nothing else.

A value put in the place of a {{cle}} is always escaped and never read as markup.
French typography too: the spaces that no line may break are set where a text is shown; what is written keeps plain ones.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]*)\)")
_KEY = re.compile(r"\{\{ *([\w']+(?:\.\w+)?) *\}\}")
_INLINE = re.compile(r"\*\*(?P<bold>(?:[^*]|\*(?!\*))+)\*\*|(?P<link>\[[^\[\]]+\]\([^()\s]*\))|(?P<key>\{\{ *[\w']+(?:\.\w+)? *\}\})")
_ITEM = re.compile(r"(?P<mark>-|[0-9]{1,3}\.) +(?P<rest>\S.*)")
_TARGET = re.compile(r"https://[\w.-]+(?::[0-9]+)?(?:[/?#][^\s\"'<>]*)?|mailto:[^\s\"'<>]+|tel:\+?[0-9]+|/(?!/)[^\s\"'<>]*|#[\w-]+")

INSECABLE = "\u00a0"
# A plain space before a double sign that ends a word, or just inside guillemets.
_AVANT, _APRES = r" (?=(?:[:;»]|[?!]+)(?:[\s.,)<&]|$))", r"« (?=\S)"
# In a page: only where the next bracket opens a tag (an attribute has its own closed first), and never in what somebody typed.
_DEDANS = r"(?=[^<>]*<(?!/textarea|/script|/style))"
_TEXTE = (re.compile(_AVANT), re.compile(_APRES))
_PAGE = (re.compile(_AVANT + _DEDANS), re.compile(_APRES + _DEDANS))


class ErreurTexte(ValueError):  # noqa: N818 - named with the domain's words
    """What is not allowed in a text. `ligne` counts the lines of the text from 0."""

    def __init__(self, ligne: int, message: str, remede: str) -> None:
        super().__init__(f"{message} {remede}")
        self.ligne = ligne
        self.message = message
        self.remede = remede


class Html(str):
    """Markup that is safe to write as it is: template engines ask `__html__` and leave it alone."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a value."""

    cle: str


type Part = str | Key


@dataclass(frozen=True, slots=True)
class Prose:
    """A parsed text: its two renditions cut at the places of values, and the keys it needs."""

    source: str
    html_parts: tuple[Part, ...]
    plain_parts: tuple[Part, ...]
    cles: frozenset[str]

    def html(self, valeurs: Mapping[str, str] | None = None) -> Html:
        """Write as HTML; values are escaped, a missing one leaves nothing."""
        known = valeurs or {}
        pieces = (part if isinstance(part, str) else _value_html(known.get(part.cle, "")) for part in self.html_parts)
        return Html("".join(pieces))

    def plain(self, valeurs: Mapping[str, str] | None = None) -> str:
        """Write as plain text, for e-mails and PDF; the address of a link follows its words."""
        known = valeurs or {}
        return "".join(part if isinstance(part, str) else known.get(part.cle, "") for part in self.plain_parts)


def _value_html(value: str) -> str:
    return escape(value).replace("\n", "<br>")


@lru_cache(maxsize=8192)
def parse(source: str) -> Prose:
    """Parse a text of several paragraphs. Raises ErreurTexte with the line, the fault and the remedy, in French."""
    html: list[Part] = []
    plain: list[Part] = []
    for block in _blocks(source):
        if plain:
            plain.append("\n\n")
        _write_block(block, html, plain)
    cles = frozenset(part.cle for part in html if isinstance(part, Key))
    return Prose(source, _merge(html), _merge(plain), cles)


@lru_cache(maxsize=8192)
def parse_line(source: str) -> Prose:
    """Parse a single line where only {{cle}} placeholders have a meaning (the subject of a message)."""
    plain: list[Part] = []
    position = 0
    for match in _KEY.finditer(source):
        plain += [source[position : match.start()], Key(match[1])]
        position = match.end()
    plain.append(source[position:])
    html = tuple(escape(part) if isinstance(part, str) else part for part in plain)
    return Prose(source, html, tuple(plain), frozenset(part.cle for part in plain if isinstance(part, Key)))


@dataclass(slots=True)
class _Block:
    """A paragraph (tag p) or a list (ul, ol) with the lines of each of its items."""

    tag: str
    items: list[tuple[int, str]]


def _blocks(source: str) -> list[_Block]:
    blocks: list[_Block] = []
    current: _Block | None = None
    for number, line in enumerate(source.split("\n")):
        if not line.strip():
            current = None
            continue
        _refuse(number, line)
        tag, text = _read_line(line)
        if current is not None and tag == "" and (current.tag == "p" or line.startswith("  ")):
            first, before = current.items[-1]
            current.items[-1] = (first, f"{before} {text}")
        elif current is not None and tag == current.tag:
            current.items.append((number, text))
        else:
            current = _Block(tag or "p", [(number, text)])
            blocks.append(current)
    return blocks


def _read_line(line: str) -> tuple[str, str]:
    match = _ITEM.fullmatch(line.rstrip())
    if match is None:
        return "", line.strip()
    return ("ul" if match["mark"] == "-" else "ol"), match["rest"]


def _refuse(number: int, line: str) -> None:
    if line.startswith("#"):
        raise ErreurTexte(number, "Les titres ne sont pas permis dans un texte.", "Mettez la phrase en gras avec **…**.")
    if re.match(r"\s+(-|[0-9]+\.) ", line):
        raise ErreurTexte(number, "Une liste dans une liste n'est pas permise.", "Écrivez une seule liste, sans espace avant le tiret.")
    if re.search(r"<[A-Za-z/!]", line):
        raise ErreurTexte(number, "Le HTML n'est pas permis.", "Écrivez **gras**, des listes avec - et des liens [mots](https://…).")
    if "![" in line or line.startswith(("```", "|", "> ")):
        raise ErreurTexte(number, "Les images, tableaux, citations et blocs de code ne sont pas permis.", "Écrivez une phrase.")


def _write_block(block: _Block, html: list[Part], plain: list[Part]) -> None:
    if block.tag == "p":
        html.append("<p>")
        _write_inline(block.items[0], html, plain)
        html.append("</p>")
        return
    html.append(f"<{block.tag}>")
    for rank, item in enumerate(block.items, start=1):
        html.append("<li>")
        plain.append(("\n" if rank > 1 else "") + ("- " if block.tag == "ul" else f"{rank}. "))
        _write_inline(item, html, plain)
        html.append("</li>")
    html.append(f"</{block.tag}>")


def _write_inline(item: tuple[int, str], html: list[Part], plain: list[Part], *, in_bold: bool = False) -> None:
    number, text = item
    position = 0
    for match in _INLINE.finditer(text):
        _write_words(number, text[position : match.start()], html, plain)
        position = match.end()
        if match["bold"] is not None:
            html.append("<strong>")
            _write_inline((number, match["bold"]), html, plain, in_bold=True)
            html.append("</strong>")
        elif match["link"]:
            _write_link(number, match["link"], html, plain)
        else:
            _write_key(match["key"], html, plain)
    _write_words(number, text[position:], html, plain)


def _write_words(number: int, words: str, html: list[Part], plain: list[Part]) -> None:
    if "**" in words:
        raise ErreurTexte(number, "Le gras n'est pas fermé.", "Écrivez **mots** : deux étoiles avant, deux après.")
    if "{{" in words or "}}" in words:
        raise ErreurTexte(number, "Cette valeur {{…}} ne se lit pas.", "Écrivez {{cle}} avec la clé d'un champ, sans autre signe.")
    if "](" in words:
        raise ErreurTexte(number, "Ce lien ne se lit pas.", "Écrivez [mots du lien](https://adresse), sans espace dans l'adresse.")
    html.append(escape(words))
    plain.append(words)


def _write_key(match: str, html: list[Part], plain: list[Part]) -> None:
    key = Key(match.strip("{} "))
    html.append(key)
    plain.append(key)


def _write_link(number: int, source: str, html: list[Part], plain: list[Part]) -> None:
    match = _LINK.fullmatch(source)
    if match is None or not _TARGET.fullmatch(match[2]):
        remede = "Un lien commence par https://, mailto:, tel: ou / (une page de ce site)."
        raise ErreurTexte(number, f"L'adresse du lien « {source} » n'est pas permise.", remede)
    words, target = match[1], match[2]
    html.append(f'<a href="{escape(target)}">')
    _write_inline((number, words), html, plain)
    html.append("</a>")
    shown = target.partition(":")[2] if target.startswith(("mailto:", "tel:")) else target
    if shown.replace(" ", "") not in words.replace(" ", "") and not target.startswith("#"):
        plain.append(f" ({shown})")


def _merge(parts: Sequence[Part]) -> tuple[Part, ...]:
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return tuple(merged)


def html(source: str, valeurs: Mapping[str, str] | None = None) -> Html:
    """Write a text as HTML; an empty one gives nothing."""
    return parse(source).html(valeurs)


def plain(source: str, valeurs: Mapping[str, str] | None = None) -> str:
    """Write a text as plain text; an empty one gives nothing."""
    return parse(source).plain(valeurs)


def space(texte: str) -> str:
    """Return a French text whose spaces before « : ; ? ! » and inside guillemets do not break."""
    return _space(texte, *_TEXTE)


def space_page(page: str) -> str:
    """Return a French page, the same done in its words alone: attributes and what is typed in a textarea are left as they are."""
    return _space(page, *_PAGE)


def _space(texte: str, avant: re.Pattern[str], apres: re.Pattern[str]) -> str:
    return apres.sub(f"«{INSECABLE}", avant.sub(INSECABLE, texte))
