"""What a document leads to, as lists: its contents, its siblings, its services, texts of reference, questions, what to see also."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from psl.fiches import adresses
from psl.fiches.noeuds import Noeud, attribute, first, named, prose
from psl.fiches.rendu.conditions import is_shown
from psl.fiches.rendu.contexte import Contexte
from psl.fiches.rendu.offres import GENRES


@dataclass(frozen=True, slots=True)
class LienVu:
    """A link of a list: its address (maybe empty: then only words), its words, what it is."""

    href: str
    texte: str
    precision: str = ""
    est_ici: bool = False

    @property
    def est_externe(self) -> bool:
        """Whether it leaves the site."""
        return bool(self.href) and not self.href.startswith("/")


@dataclass(frozen=True, slots=True)
class Section:
    """A list of links under a title; `cle` names it for the page (contenu, freres, services, textes…)."""

    cle: str
    titre: str
    liens: tuple[LienVu, ...]


def sections(arbre: Noeud, ctx: Contexte) -> list[Section]:
    """Return the lists of a document that hold something, in the order of the page."""
    found = [
        *contents(arbre, ctx),
        Section("guidees", "", _distinct(_guided(arbre, ctx))),
        Section("services", "", _distinct(_services(arbre, ctx))),
        Section("questions", "", _distinct(_internal(arbre, ctx, "QuestionReponse"))),
        Section("comment_faire_si", "", _distinct(_internal(arbre, ctx, "CommentFaireSi"))),
        Section("fiches", "", _distinct(_linked(arbre, ctx))),
        Section("alternatifs", "", _distinct(_internal(arbre, ctx, "ServiceEnLigneAlternatif"))),
        *_siblings(arbre, ctx),
        Section("voir_aussi", "", _distinct(_see_also(arbre, ctx))),
        Section("textes", "", _distinct(_references(arbre, ctx))),
        Section("savoir_plus", "", _distinct(_more(arbre, ctx))),
    ]
    return [section for section in found if section.liens]


def contents(arbre: Noeud, ctx: Contexte) -> Iterator[Section]:
    """Yield what a theme or a dossier holds: under each sous-thème its dossiers, under each part its fiches."""
    direct = _distinct(_link(node, ctx) for node in _contained(arbre))
    yield Section("contenu", "", direct)
    for node in named(arbre, "SousTheme", "SousDossier"):
        yield Section("contenu", prose(first(node, "Titre")), _distinct(_link(child, ctx) for child in named(node, "Dossier", "Fiche")))


def _contained(arbre: Noeud) -> Iterable[Noeud]:
    return named(arbre, "Fiche", "Dossier") if arbre[0] == "Publication" else ()


def _distinct(links: Iterable[LienVu]) -> tuple[LienVu, ...]:
    return tuple(dict.fromkeys(link for link in links if link.texte))


def _link(node: Noeud, ctx: Contexte) -> LienVu:
    ident, titled = attribute(node, "ID"), first(node, "Titre")
    found = ctx.entree(attribute(node, "audience").lower() or ctx.audience, ident)
    words = prose(titled if titled is not None else node) or (found.titre if found else "")
    return LienVu(ctx.link(attribute(node, "audience"), ident), words.lstrip("*").strip())


def _internal(arbre: Noeud, ctx: Contexte, name: str) -> Iterator[LienVu]:
    return (_link(node, ctx) for node in named(arbre, name))


def _guided(arbre: Noeud, ctx: Contexte) -> Iterator[LienVu]:
    for node in named(arbre, "RechercheGuidee"):
        audience, ident = attribute(node, "audience").lower() or ctx.audience, attribute(node, "ID")
        if ctx.entree(audience, ident) is not None:
            yield LienVu(adresses.guided(audience, ident), "Répondre à quelques questions pour ne voir que ce qui vous concerne")


def _services(arbre: Noeud, ctx: Contexte) -> Iterator[LienVu]:
    for node in named(arbre, "ServiceEnLigne"):
        if not is_shown(node, ctx.variables):
            continue
        href, ours = ctx.service(attribute(node, "URL"))
        kind = GENRES.get(attribute(node, "type"), "Service en ligne")
        number = attribute(node, "numerocerfa")
        href = href if ours else ctx.link("", attribute(node, "ID")) or href
        yield LienVu(href, prose(first(node, "Titre")), f"{kind} – Cerfa n° {number}" if number else kind)


def _linked(arbre: Noeud, ctx: Contexte) -> Iterator[LienVu]:
    for node in named(arbre, "FicheLiee"):
        seen = _link(node, ctx)
        yield LienVu(seen.href, seen.texte, prose(first(node, "Dossier")))
    if arbre[0] == "ServiceComplementaire":
        yield from (_link(node, ctx) for node in named(arbre, "Dossier"))


def _siblings(arbre: Noeud, ctx: Contexte) -> Iterator[Section]:
    parent, own = first(arbre, "DossierPere"), attribute(arbre, "ID")
    if parent is None:
        return
    for node in (parent, *named(parent, "SousDossier")):
        links = [LienVu(ctx.link("", attribute(f, "ID")), prose(f), est_ici=attribute(f, "ID") == own) for f in named(node, "Fiche")]
        title = prose(first(node, "Titre"))
        yield Section("freres", title, _distinct(links))


def _see_also(arbre: Noeud, ctx: Contexte) -> Iterator[LienVu]:
    for group in named(arbre, "VoirAussi"):
        for node in named(group, "Fiche", "Dossier"):
            seen, theme = _link(node, ctx), first(node, "Theme")
            yield LienVu(seen.href, seen.texte, prose(first(theme, "Titre")) if theme is not None else "")


def _references(arbre: Noeud, ctx: Contexte) -> Iterator[LienVu]:
    for node in named(arbre, "Reference"):
        if is_shown(node, ctx.variables):
            yield LienVu(adresses.safe(attribute(node, "URL")), prose(first(node, "Titre")), prose(first(node, "Complement")))


def _more(arbre: Noeud, ctx: Contexte) -> Iterator[LienVu]:
    for node in named(arbre, "PourEnSavoirPlus"):
        if is_shown(node, ctx.variables):
            yield LienVu(adresses.safe(attribute(node, "URL")), prose(first(node, "Titre")), prose(first(node, "Source")))
    for node in named(arbre, "Partenaire"):
        yield LienVu(adresses.safe(attribute(node, "URL")), attribute(node, "URL"))
