"""The words of a paragraph as HTML: emphasis, values, links, terms explained."""

from html import escape

from psl.fiches import adresses
from psl.fiches.elements import SIGLES
from psl.fiches.noeuds import Noeud, attribute, named, prose, sentences
from psl.fiches.rendu.contexte import Contexte, link

_BALISES = {
    "MiseEnEvidence": "strong", "Exposant": "sup", "Indice": "sub", "Citation": "q", "Expression": "span", "Variable": "span",
}  # fmt: skip
_COLLES = frozenset({"Exposant", "Indice"})
MUETS = frozenset({"script", "style", "iframe", "object", "embed", "svg", "form"})  # what it holds is no text of the content


def inline(node: Noeud, ctx: Contexte) -> str:
    """Return what a node holds as phrasing HTML; an element that is not known gives its words."""
    out: list[str] = []
    before = ""
    for child in node[2:]:
        if isinstance(child, str):
            out.append(escape(child, quote=False))
            before = ""
            continue
        if before and child[0] not in _COLLES and child[0] != "Image":
            out.append(" ")  # the carrier drops the space between two elements
        out.append(_element(child, ctx))
        before = child[0]
    return "".join(out)


def paragraphs(node: Noeud | None, ctx: Contexte) -> str:
    """Return the paragraphs right under a node as one phrase of HTML (a title is one paragraph)."""
    if node is None:
        return ""
    found = list(named(node, "Paragraphe"))
    return " ".join(inline(paragraph, ctx).strip() for paragraph in found) if found else inline(node, ctx).strip()


def _element(node: Noeud, ctx: Contexte) -> str:
    name = node[0]
    if (tag := _BALISES.get(name)) is not None:
        inside = inline(node, ctx)
        return inside if tag == "span" else f"<{tag}>{inside}</{tag}>"
    if name == "Valeur":
        return f'<span class="psl-valeur">{inline(node, ctx)}</span>'
    if name == "TermeEtranger":
        return f'<i lang="{escape(attribute(node, "langue")[:12] or "und")}">{inline(node, ctx)}</i>'
    if (render := _LIENS.get(name)) is not None:
        return render(node, ctx)
    if name in MUETS or name == "Condition":
        return ""
    return inline(node, ctx)


def _internal(node: Noeud, ctx: Contexte) -> str:
    ident, words = attribute(node, "LienPublication"), inline(node, ctx)
    if attribute(node, "type") in SIGLES:
        return _abbreviation(ident, words, ctx)
    found = ctx.entree(attribute(node, "audience").lower() or ctx.audience, ident)
    before, after = ("", "") if words else (" (", ")")  # a link without words: what it leads to, in brackets
    words = words or escape(found.titre if found else attribute(node, "type"), quote=False)
    if found is not None and found.url:
        href, ours = ctx.service(found.url)
        if ours:
            return before + link(href, words) + after
    return before + link(ctx.link(attribute(node, "audience"), ident), words) + after


def _abbreviation(ident: str, words: str, ctx: Contexte) -> str:
    found = ctx.termes.get(ident)
    full = sentences(_child(found, "Texte")) if found is not None else ""
    return f'<abbr title="{escape(full)}">{words}</abbr>' if full else words


def _term(node: Noeud, ctx: Contexte) -> str:
    ident, words = attribute(node, "LienID"), inline(node, ctx)
    found = ctx.termes.get(ident)
    if found is None:
        return link(ctx.link("", ident), words) if ident[:1] in "FN" else words
    ctx.expliques[ident] = found
    return f'<button class="psl-terme" type="button" popovertarget="definition-{escape(ident)}">{words}</button>'


def _external(node: Noeud, ctx: Contexte) -> str:
    return link(adresses.safe(attribute(node, "URL")), inline(node, ctx) + weight(node))


def weight(node: Noeud) -> str:
    """Return the format and the size of a file, to stand inside its link."""
    kind, size = attribute(node, "format").lower(), attribute(node, "poids")
    label = next((short for known, short in _FORMATS.items() if known in kind), "")
    if not label:
        return ""
    told = f"{label}, {escape(size.replace('KB', 'Ko').replace('MB', 'Mo').replace('.', ','), quote=False)}" if size else label
    return f' <span class="psl-poids">({told})</span>'


_FORMATS = {
    "pdf": "PDF",
    "msword": "Word",
    "wordprocessing": "Word",
    "rtf": "RTF",
    "excel": "Excel",
    "spreadsheet": "Excel",
    "gif": "image",
}


def _child(node: Noeud | None, name: str) -> Noeud | None:
    return next(named(node, name), None) if node is not None else None


def image(node: Noeud, ctx: Contexte) -> str:
    """Return what an image says: the package carries no picture, its text stands for it."""
    told = prose(_child(node, "TexteDeRemplacement")) or prose(_child(node, "Legende"))
    return f'<span class="psl-image">Image : {escape(told, quote=False)}</span>' if told else ""


_LIENS = {"LienInterne": _internal, "LienIntra": _term, "LienExterne": _external, "Image": image}
