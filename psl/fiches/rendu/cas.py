"""Cases: tabs or an accordion made of `<details>`, which open without script and are all there on paper."""

from collections.abc import Callable, Sequence
from html import escape

from psl.fiches.noeuds import Noeud, attribute, first, prose
from psl.fiches.rendu.conditions import holds
from psl.fiches.rendu.contexte import Contexte
from psl.fiches.rendu.phrases import paragraphs

LARGEUR = 64  # characters that the titles of tabs may take together
NOMBRE = 4

type Blocs = Callable[[Noeud, Contexte], str]


def render(node: Noeud, cases: Sequence[Noeud], ctx: Contexte, blocs: Blocs) -> str:
    """Return the cases of a node: those that are surely not the reader's are left out; one alone is shown open."""
    shown = [case for case in cases if holds(case, ctx.variables) is not False]
    if len(shown) == 1:
        return _alone(shown[0], ctx, blocs)
    titles = [_title(case) for case in shown]
    tabs = attribute(node, "affichage") == "onglet" and len(shown) <= NOMBRE and sum(map(len, titles)) <= LARGEUR
    ctx.groupes += 1
    group = f' name="cas-{ctx.groupes}"' if tabs else ""
    parts = []
    for rank, case in enumerate(shown):
        opened = " open" if tabs and rank == 0 else ""
        summary = f'<summary class="psl-cas__titre">{_titled(case, ctx)}</summary>'
        parts.append(
            f'<details class="psl-cas"{group}{opened}>{summary}<div class="psl-cas__texte">{_inside(case, ctx, blocs)}</div></details>'
        )
    return f'<div class="{"psl-cas-onglets" if tabs else "psl-accordeon"}">{"".join(parts)}</div>'


def _inside(case: Noeud, ctx: Contexte, blocs: Blocs) -> str:
    around, ctx.cas = ctx.cas, _title(case)
    html = blocs(case, ctx)
    ctx.cas = around
    return html


def _alone(case: Noeud, ctx: Contexte, blocs: Blocs) -> str:
    return f'<div class="psl-cas psl-cas--seul"><p class="psl-cas__titre">{_titled(case, ctx)}</p>{_inside(case, ctx, blocs)}</div>'


def _title(case: Noeud) -> str:
    return prose(first(case, "Titre")) or "Cas général"


def _titled(case: Noeud, ctx: Contexte) -> str:
    return paragraphs(first(case, "Titre"), ctx) or escape(_title(case))
