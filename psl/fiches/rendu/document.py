"""A whole document as the parts of its page: the view lays them out, nothing in them asks the base for anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape, unescape

from psl.fiches.extraction import title
from psl.fiches.noeuds import Noeud, attribute, children, first, named, prose
from psl.fiches.rendu import offres
from psl.fiches.rendu.blocs import RENDUS, blocks
from psl.fiches.rendu.contexte import Contexte, link
from psl.fiches.rendu.liens import LienVu, Section, sections
from psl.fiches.rendu.phrases import weight

_ANCRE = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)
_BALISE = re.compile(r"<[^>]*>")
_PIECES = re.compile(r"(?:pièces?|documents?|justificatifs?) (?:à|justificati)", re.I)
BOUTONS = 3  # démarches offered at once under the title


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page. The texts are HTML already; `boutons` are our own démarches that it
    is about, shown at once under the title, `utiles` those it mentions."""

    ident: str
    titre: str
    surtitre: str
    description: str
    maj_on: date | None
    fil: tuple[LienVu, ...]
    boutons: tuple[LienVu, ...]
    utiles: tuple[LienVu, ...]
    avertissements: str
    introduction: str
    corps: str
    ou: str
    definitions: str
    chapitres: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    auteur: str
    cibles: str
    canonique: str


def render(arbre: Noeud, ctx: Contexte, maj_on: date | None) -> Page:
    """Return the parts of the page of a document."""
    ctx.termes = {attribute(node, "ID"): node for node in named(arbre, "Definition", "Abreviation")}
    warnings = "".join(_warning(node, ctx) for node in named(arbre, "Avertissement"))
    introduction = "".join(_introduction(node, ctx) for node in named(arbre, "Introduction"))
    corps = "".join(_body(arbre, ctx))
    ou = "".join(RENDUS[node[0]](node, ctx) for node in named(arbre, "OuSAdresser", "OuSAdresserSupport"))
    boutons, utiles = _split(_offered(arbre, ctx))
    chapters = _ANCRE.findall(corps) if first(arbre, "ListeSituations") is None else []
    return Page(
        ident=attribute(arbre, "ID"),
        titre=title(arbre),
        surtitre=prose(first(arbre, "SurTitre")),
        description=prose(first(arbre, "dc:description")),
        maj_on=maj_on,
        fil=tuple(_trail(arbre, ctx)),
        boutons=boutons,
        utiles=utiles,
        avertissements=warnings,
        introduction=introduction,
        corps=corps,
        ou=ou,
        definitions=_definitions(ctx),
        chapitres=tuple((ident, unescape(_BALISE.sub("", words))) for ident, words in chapters),
        sections=tuple(sections(arbre, ctx)),
        auteur=prose(first(arbre, "dc:contributor")) or prose(first(arbre, "dc:creator")),
        cibles=", ".join(prose(node) for node in named(arbre, "Cible")),
        canonique=attribute(arbre, "spUrl"),
    )


def _introduction(node: Noeud, ctx: Contexte) -> str:
    return "".join(blocks(part, ctx) for part in named(node, "Texte")) or blocks(node, ctx)


def _body(arbre: Noeud, ctx: Contexte) -> Iterator[str]:
    """Yield the text, the situations, what a service opens, the outside links: in the order of the document."""
    for node in arbre[2:]:
        if isinstance(node, str):
            continue
        if node[0] == "Texte":
            yield blocks(node, ctx)
        elif node[0] in {"ListeSituations", "LienExterneCommente", "ServiceEnLigneAnnexe"}:
            yield RENDUS[node[0]](node, ctx)
        elif node[0] == "LienWeb" and arbre[0] == "ServiceComplementaire":
            yield _opening(arbre, node, ctx)
        elif node[0] == "NoticeLiee":
            yield offres.notice(node)


def _opening(arbre: Noeud, web: Noeud, ctx: Contexte) -> str:
    href, ours = ctx.service(attribute(web, "URL"))
    if not href or ours:  # ours stands under the title
        return ""
    source = prose(first(web, "Source"))
    told = f'<p class="psl-service__source">{escape(source, quote=False)}</p>' if source else ""
    numbers = [f"Cerfa n° {prose(node)}" for node in named(arbre, "NumeroCerfa")] + [
        f"n° {prose(node)}" for node in named(arbre, "AutreNumero")
    ]
    number = f'<p class="psl-service__genre">{escape(" – ".join(numbers), quote=False)}</p>' if numbers else ""
    button = offres.button(href, attribute(arbre, "type"), title(arbre), ours=False, extra=weight(web))
    return f'<div class="psl-service psl-service--seul">{number}<p>{button}</p>{told}</div>'


def _warning(node: Noeud, ctx: Contexte) -> str:
    words = prose(first(node, "Titre"))
    inside = "".join(blocks(part, ctx) for part in named(node, "Texte"))
    return f'<div class="psl-note psl-note--attention"><p class="psl-note__titre">{escape(words, quote=False)}</p>{inside}</div>'


def _trail(arbre: Noeud, ctx: Contexte) -> Iterator[LienVu]:
    trail = first(arbre, "FilDAriane")
    for node in named(trail, "Niveau") if trail is not None else ():
        ident = attribute(node, "ID")
        if ident != attribute(arbre, "ID"):
            words = prose(node).removeprefix("Accueil").strip()
            yield LienVu(_TRAIL.get(ident, "").format(ctx.audience) or ctx.link("", ident), words[:1].upper() + words[1:])


_TRAIL = {
    "Particuliers": "/{}", "Professionnels": "/{}", "Associations": "/{}",
    "commentFaireSi": "/{}/comment-faire-si", "servicesEnLigne": "/{}/services",
}  # fmt: skip


def _ours(arbre: Noeud, ctx: Contexte) -> Iterator[tuple[bool, LienVu]]:
    """Yield our own démarches and whether each is what the document is about: not when it only gives a document to join."""
    if arbre[0] == "ServiceComplementaire":
        for web in named(arbre, "LienWeb"):
            yield from _own(attribute(web, "URL"), title(arbre), ctx, is_about=True)
    for node, is_piece in _with_pieces(arbre, is_piece=False):
        if node[0] == "ServiceEnLigne":
            yield from _own(attribute(node, "URL"), prose(first(node, "Titre")), ctx, is_about=not is_piece)
        elif node[0] == "LienInterne":
            found = ctx.entree(attribute(node, "audience").lower() or ctx.audience, attribute(node, "LienPublication"))
            if found is not None:
                yield from _own(found.url, found.titre, ctx, is_about=False)


def _offered(arbre: Noeud, ctx: Contexte) -> Iterator[tuple[bool, LienVu]]:
    """Yield the démarches that a document leads to, then those that say they answer it and that it does not name itself."""
    named_here = list(_ours(arbre, ctx))
    yield from named_here
    here = {lien.href.split("/")[2] for is_about, lien in named_here if is_about}
    for code, titre in ctx.annoncees(attribute(arbre, "ID")):
        if code not in here:
            yield True, LienVu(ctx.start(code), titre)


def _own(url: str, titre: str, ctx: Contexte, *, is_about: bool) -> Iterator[tuple[bool, LienVu]]:
    href, ours = ctx.service(url) if url else ("", False)
    if ours:
        yield is_about, LienVu(href, titre)


def _with_pieces(node: Noeud, *, is_piece: bool) -> Iterator[tuple[Noeud, bool]]:
    """Yield the elements below a node and whether they stand among the documents to join."""
    for child in children(node):
        inside = is_piece or attribute(child, "type") == "pieces" or bool(_PIECES.match(prose(first(child, "Titre"))))
        yield child, inside
        yield from _with_pieces(child, is_piece=inside)


def _split(found: Iterator[tuple[bool, LienVu]]) -> tuple[tuple[LienVu, ...], tuple[LienVu, ...]]:
    about: dict[str, LienVu] = {}
    useful: dict[str, LienVu] = {}
    for is_about, lien in found:
        (about if is_about else useful).setdefault(lien.href, lien)
    others = [lien for href, lien in useful.items() if href not in about]
    return tuple(about.values())[:BOUTONS], tuple(others)[:BOUTONS]


def _definitions(ctx: Contexte) -> str:
    """Return the terms met, each in a part that its word opens without script; all of them are printed."""
    return "".join(_definition(f"definition-{escape(ident)}", node, ctx) for ident, node in list(ctx.expliques.items()))


def _definition(ident: str, node: Noeud, ctx: Contexte) -> str:
    words = escape(prose(first(node, "Titre")), quote=False)
    term = f'<p class="psl-definition__terme"><dfn>{words}</dfn></p>'
    label = f'Fermer<span class="fr-sr-only"> : {words}</span>'
    close = f'<button class="psl-definition__fermer" type="button" popovertarget="{ident}" popovertargetaction="hide">{label}</button>'
    return f'<div class="psl-definition" id="{ident}" popover role="note">{term}{"".join(_texts(node, ctx))}{close}</div>'


def _texts(node: Noeud, ctx: Contexte) -> Iterator[str]:
    for part in named(node, "Texte"):
        yield blocks(part, ctx)
    for reference in named(node, "Reference"):
        href = attribute(reference, "URL")
        yield f"<p>{link(href if href.startswith('http') else '', escape(prose(first(reference, 'Titre')), quote=False))}</p>"
