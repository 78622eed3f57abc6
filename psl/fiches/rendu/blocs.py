"""The blocks of a document as HTML: chapters, paragraphs, lists, notes, cases, tables, services. Each element has its place."""

from collections.abc import Callable
from html import escape

from psl.fiches.noeuds import Noeud, attribute, first, named, prose
from psl.fiches.rendu import cas, offres, tableaux
from psl.fiches.rendu.conditions import holds, is_shown
from psl.fiches.rendu.contexte import Contexte
from psl.fiches.rendu.phrases import MUETS, image, inline, paragraphs

# What a block already said elsewhere: its title, its condition, what it is made of.
_DITS = frozenset({"Titre", "TitreAlternatif", "Condition", "SiSelectionne", "Colonne", "Resume", "IntituleSiSelectionne"})
_NOTES = {"ANoter": "À noter", "ASavoir": "À savoir", "Attention": "Attention", "Rappel": "Rappel"}


def blocks(node: Noeud, ctx: Contexte) -> str:
    """Return what a node holds as flow HTML; what is surely not for this reader is left out."""
    return "".join(_block(child, ctx) for child in node[2:] if isinstance(child, str) or child[0] not in _DITS)


def _block(child: Noeud | str, ctx: Contexte) -> str:
    if isinstance(child, str):
        return f"<p>{escape(child.strip(), quote=False)}</p>" if child.strip() else ""
    if child[0] in MUETS or not is_shown(child, ctx.variables):
        return ""
    render = RENDUS.get(child[0])
    return render(child, ctx) if render is not None else blocks(child, ctx)


def _paragraph(node: Noeud, ctx: Contexte) -> str:
    inside = inline(node, ctx).strip()
    return f"<p>{inside}</p>" if inside else ""


def _list(node: Noeud, ctx: Contexte) -> str:
    tag = "ol" if attribute(node, "type") == "numero" else "ul"
    items = "".join(f"<li>{_item(item, ctx)}</li>" for item in named(node, "Item") if is_shown(item, ctx.variables))
    return f"<{tag}>{items}</{tag}>" if items else ""


def _item(node: Noeud, ctx: Contexte) -> str:
    parts = [child for child in node[2:] if isinstance(child, str) or child[0] not in _DITS]
    if len(parts) == 1 and not isinstance(parts[0], str) and parts[0][0] == "Paragraphe":
        return inline(parts[0], ctx).strip()
    return blocks(node, ctx)


def chapter(node: Noeud, ctx: Contexte) -> str:
    """Return a chapter under its heading; while it is not known whether it is for the reader, its other title says for whom it is."""
    other = first(node, "TitreAlternatif")
    titled = other if other is not None and holds(node, ctx.variables) is None else first(node, "Titre")
    words = paragraphs(titled, ctx)
    level = ctx.niveau
    heading = ""
    if words:
        ident = ctx.anchor(slug(prose(titled)))
        heading = f'<h{level} id="{ident}">{words}</h{level}>'
    ctx.niveau = min(level + 1, 6) if words else level
    inside = blocks(node, ctx)
    ctx.niveau = level
    strong = " psl-chapitre--important" if attribute(node, "type") == "important" else ""
    return f'<section class="psl-chapitre{strong}">{heading}{inside}</section>' if words else inside


def slug(title: str) -> str:
    """Return a title as an id: letters and digits joined by hyphens."""
    kept = "".join(character if character.isalnum() and character.isascii() else "-" for character in _plain(title.lower()))
    return "-".join(filter(None, kept.split("-")))[:60] or "partie"


def _plain(title: str) -> str:
    for accented, bare in (("éèêë", "e"), ("àâä", "a"), ("îï", "i"), ("ôö", "o"), ("ùûü", "u"), ("ç", "c")):
        for character in accented:
            title = title.replace(character, bare)
    return title.replace("œ", "oe")


def _note(node: Noeud, ctx: Contexte) -> str:
    title = prose(first(node, "Titre")) or _NOTES[node[0]]
    kind = " psl-note--attention" if node[0] == "Attention" else ""
    return f'<div class="psl-note{kind}"><p class="psl-note__titre">{escape(title, quote=False)}</p>{blocks(node, ctx)}</div>'


def _cases(node: Noeud, ctx: Contexte) -> str:
    return cas.render(node, list(named(node, "Cas", "Situation")), ctx, blocks)


def _table(node: Noeud, ctx: Contexte) -> str:
    return tableaux.render(node, ctx, _cell)


def _cell(node: Noeud, ctx: Contexte) -> str:
    return _item(node, ctx)


def _office(node: Noeud, ctx: Contexte) -> str:
    return offres.office(node, ctx, "".join(blocks(part, ctx) for part in named(node, "Texte")))


def _illustrated(node: Noeud, ctx: Contexte) -> str:
    pictures = "".join(_picture(child, ctx) for child in named(node, "Illustration"))
    return "".join(blocks(child, ctx) for child in named(node, "Contenu")) + pictures


def _picture(node: Noeud, ctx: Contexte) -> str:
    told = image(node, ctx)
    described = "".join(blocks(child, ctx) for child in named(node, "Description"))
    return (f"<p>{told}</p>" if told else "") + described


def _commented(node: Noeud, ctx: Contexte) -> str:
    linked = "".join(f"<p>{inline(['x', {}, child], ctx)}</p>" for child in named(node, "LienExterne"))
    source = prose(first(node, "Source"))
    comment = "".join(blocks(child, ctx) for child in named(node, "Commentaire"))
    told = f'<p class="psl-service__source">{escape(source, quote=False)}</p>' if source else ""
    return f'<div class="psl-lien">{linked}{told}{comment}</div>'


RENDUS: dict[str, Callable[[Noeud, Contexte], str]] = {
    "Paragraphe": _paragraph,
    "Liste": _list,
    "Chapitre": chapter,
    "SousChapitre": chapter,
    "BlocCas": _cases,
    "ListeSituations": _cases,
    "Tableau": _table,
    "OuSAdresser": _office,
    "OuSAdresserSupport": _office,
    "ServiceEnLigne": offres.service,
    "ServiceEnLigneAnnexe": offres.annexe,
    "ContenuIllustre": _illustrated,
    "Image": _picture,
    "Illustration": _picture,
    "LienExterneCommente": _commented,
    **dict.fromkeys(_NOTES, _note),
}
