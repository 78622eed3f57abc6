"""Services, forms, notices, and whom to ask, as HTML."""

from html import escape

from psl.annuaire.guichets import sortes
from psl.fiches import adresses
from psl.fiches.noeuds import Noeud, attribute, first, named, prose, sentences
from psl.fiches.rendu.contexte import Contexte, link
from psl.fiches.rendu.phrases import weight

GENRES = {
    "Téléservice": "Service en ligne",
    "Téléservice personnalisé sur SP": "Service en ligne",
    "Formulaire": "Formulaire",
    "Modèle de document": "Modèle de document",
    "Simulateur": "Simulateur",
    "Outil de recherche": "Outil de recherche",
}
_BOUTONS = {
    "Formulaire": "Ouvrir le formulaire",
    "Modèle de document": "Ouvrir le modèle",
    "Simulateur": "Accéder au simulateur",
    "Outil de recherche": "Lancer la recherche",
}


def service(node: Noeud, ctx: Contexte) -> str:
    """Return a service called where the text needs it: what it is, its button, its annexes and notices."""
    kind, title = attribute(node, "type"), prose(first(node, "Titre"))
    href, ours = ctx.service(attribute(node, "URL"))
    if not href:
        href = ctx.link("", attribute(node, "ID"))
    parts = [
        f'<p class="psl-service__genre">{escape(_kind(node), quote=False)}</p>',
        f'<p class="psl-service__titre">{escape(title, quote=False)}</p>',
    ]
    parts += [
        f'<p class="psl-service__intro">{escape(sentences(intro), quote=False)}</p>'
        for intro in named(node, "Introduction", "Texte")
        if prose(intro)
    ]
    if href:
        parts.append(f"<p>{button(href, kind, title, ours=ours, extra=weight(node))}</p>")
    parts += [annexe(child, ctx) for child in named(node, "ServiceEnLigneAnnexe")]
    parts += [notice(child) for child in named(node, "NoticeLiee")]
    if source := prose(first(node, "Source")):
        parts.append(f'<p class="psl-service__source">{escape(source, quote=False)}</p>')
    return f'<div class="psl-service">{"".join(parts)}</div>'


def button(href: str, kind: str, title: str, *, ours: bool, extra: str = "") -> str:
    """Return the button of a service: the primary one is kept for our own démarches."""
    label = "Faire la démarche en ligne" if ours else _BOUTONS.get(kind, "Accéder au service en ligne")
    style = "fr-btn" if ours else "fr-btn fr-btn--secondary"
    hidden = f'<span class="fr-sr-only"> : {escape(title, quote=False)}</span>'
    return link(href, f"{label}{hidden}{extra}", attributes=f' class="{style}"')


def _kind(node: Noeud) -> str:
    told = GENRES.get(attribute(node, "type"), "Service en ligne")
    numbers = [f"Cerfa n° {attribute(node, 'numerocerfa')}"] if attribute(node, "numerocerfa") else []
    numbers += [f"n° {attribute(node, 'autrenumero')}"] if attribute(node, "autrenumero") else []
    return " – ".join([told, *numbers])


def annexe(node: Noeud, ctx: Contexte) -> str:
    """Return a form that goes with another one."""
    title = prose(first(node, "Titre"))
    number = f" (Cerfa n° {attribute(node, 'numerocerfa')})" if attribute(node, "numerocerfa") else ""
    parts = [sentences(first(node, "Texte"))]
    linked = [
        link(adresses.safe(attribute(web, "URL")), escape(title + number, quote=False) + weight(web)) for web in named(node, "LienWeb")
    ]
    lines = [f'<p class="psl-service__annexe">À joindre : {one}</p>' for one in linked]
    lines += [f'<p class="psl-service__intro">{escape(part, quote=False)}</p>' for part in parts if part]
    return "".join(lines) + "".join(notice(child) for child in named(node, "NoticeLiee"))


def notice(node: Noeud) -> str:
    """Return the notice that explains a form."""
    number = f" – Cerfa n° {attribute(node, 'numerocerfa')}" if attribute(node, "numerocerfa") else ""
    words = f"Notice : {escape(prose(node) + number, quote=False)}{weight(node)}"
    return f'<p class="psl-service__notice">{link(adresses.safe(attribute(node, "URL")), words)}</p>'


def office(node: Noeud, ctx: Contexte, texts: str) -> str:
    """Return whom to ask: the name of the service, what for, where to find it. `texts` is its own text, already HTML."""
    title, more = prose(first(node, "Titre")), prose(first(node, "Complement"))
    parts = [f'<p class="psl-ou__titre"><strong>{escape(title, quote=False)}</strong></p>']
    if more:
        parts.append(f"<p>{escape(more, quote=False)}</p>")
    parts.append(texts)
    pivot = prose(first(node, "PivotLocal"))
    if pivot in sortes.TOUTES:
        found = adresses.office(pivot, fiche=f"{ctx.audience}-{ctx.ident}" if ctx.ident else "", g=ctx.reponses, commune=ctx.commune)
        hidden = f'<span class="fr-sr-only"> : {escape(title, quote=False)}</span>'
        parts.append(f"<p>{link(found, f'Trouver le plus proche{hidden}')}</p>")
    for web in named(node, "RessourceWeb"):
        href = adresses.safe(attribute(web, "URL"))
        label = f"Trouver : {title}" if pivot else f"Voir : {title}"
        if href:
            parts.append(f"<p>{link(href, escape(label, quote=False))}</p>")
    local = f' data-pivot="{escape(pivot)}"' if pivot else ""
    return f'<div class="psl-ou"{local}>{"".join(parts)}</div>'
