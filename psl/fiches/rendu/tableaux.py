"""Tables as HTML: headers told to whoever hears them, merged cells, a caption, a region that scrolls by itself."""

from collections.abc import Callable
from html import escape

from psl.fiches.noeuds import Noeud, attribute, first, named, prose
from psl.fiches.rendu.contexte import Contexte

type Blocs = Callable[[Noeud, Contexte], str]


def render(node: Noeud, ctx: Contexte, blocs: Blocs) -> str:
    """Return a table. Rows marked header are its head; a first column marked header names its rows."""
    rows = list(named(node, "Rangée"))
    if not rows:
        return ""
    column = first(node, "Colonne")
    titled = column is not None and attribute(column, "type") == "header"
    count = next((rank for rank, row in enumerate(rows) if attribute(row, "type") != "header"), len(rows))
    if count == len(rows):  # a table of headers alone is a table of cells
        count = 0
    titre = prose(first(node, "Titre"))
    caption = f"<caption>{escape(titre, quote=False)}</caption>" if titre else ""
    resume = prose(first(node, "Resume"))
    before = f'<p class="fr-sr-only">{escape(resume, quote=False)}</p>' if resume else ""
    head = f"<thead>{_rows(rows[:count], ctx, blocs, head=True, titled=titled)}</thead>" if count else ""
    body = f"<tbody>{_rows(rows[count:], ctx, blocs, head=False, titled=titled)}</tbody>"
    label = escape(titre or "Tableau")
    return f'{before}<div class="psl-tableau" role="region" aria-label="{label}" tabindex="0"><table>{caption}{head}{body}</table></div>'


def _rows(rows: list[Noeud], ctx: Contexte, blocs: Blocs, *, head: bool, titled: bool) -> str:
    return "".join(
        f"<tr>{_cells(row, ctx, blocs, left=len(rows) - rank, head=head or attribute(row, 'type') == 'header', titled=titled)}</tr>"
        for rank, row in enumerate(rows)
    )


def _cells(row: Noeud, ctx: Contexte, blocs: Blocs, *, left: int, head: bool, titled: bool) -> str:
    out = []
    for rank, cell in enumerate(named(row, "Cellule")):
        wide, high = _span(cell, "fusionHorizontale"), min(_span(cell, "fusionVerticale"), left)
        spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
        inside = blocs(cell, ctx)
        if head and inside:
            out.append(f'<th scope="{"colgroup" if wide > 1 else "col"}"{spans}>{inside}</th>')
        elif titled and rank == 0 and inside:
            out.append(f'<th scope="{"rowgroup" if high > 1 else "row"}"{spans}>{inside}</th>')
        else:
            out.append(f"<td{spans}>{inside}</td>")
    return "".join(out)


def _span(cell: Noeud, key: str) -> int:
    told = attribute(cell, key)
    return min(int(told), 50) if told.isdecimal() and int(told) > 0 else 1
