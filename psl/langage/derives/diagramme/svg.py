"""The drawing as SVG that says the same to whoever does not see it: title, desc, and the whole as an ordered text."""

from html import escape

from psl.langage.derives.diagramme.graphe import LIGNE, SINON, Diagramme, Fleche, Noeud, wrap

LARGEUR = 760
ENCRE, ACCENT, FOND, TRAIT = "#161616", "#000091", "#f5f5fe", "#3a3a3a"


def to_svg(diagramme: Diagramme) -> str:
    """Write the drawing; its text equivalent is its `desc`."""
    titre = escape(f"Diagramme de la démarche : {diagramme.titre}")
    corps = [_arrow(fleche) for fleche in diagramme.fleches] + [_shape(noeud) for noeud in diagramme.noeuds]
    words = [_words(fleche) for fleche in diagramme.fleches if fleche.texte]
    hauteur = diagramme.hauteur
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LARGEUR} {hauteur}" width="{LARGEUR}" height="{hauteur}" role="img" '
        f'lang="fr" aria-labelledby="titre equivalent" font-family="Marianne, Arial, sans-serif" font-size="14">\n'
        f'<title id="titre">{titre}</title>\n<desc id="equivalent">{escape(to_text(diagramme))}</desc>\n'
        f'<defs><marker id="pointe" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0 10 5 0 10z" fill="{TRAIT}"/></marker></defs>\n'
        f'<rect width="{LARGEUR}" height="{hauteur}" fill="#ffffff"/>\n' + "\n".join([*corps, *words]) + "\n</svg>\n"
    )


def _arrow(fleche: Fleche) -> str:
    points = " ".join(f"{x},{y}" for x, y in fleche.points)
    dash = ' stroke-dasharray="6 4"' if fleche.par_defaut else ""
    return f'<polyline points="{points}" fill="none" stroke="{TRAIT}" stroke-width="1.5"{dash} marker-end="url(#pointe)"/>'


def _words(fleche: Fleche) -> str:
    """Write what an arrow says: beside its first segment, on white so that no line crosses it."""
    (x0, y0), (x1, y1) = fleche.points[:2]
    if len(fleche.points) > 3 and not fleche.par_defaut:  # towards a recipient: above its box
        x, y = fleche.points[-1]
        return _lines(wrap(fleche.texte), x, y - 30 - LIGNE * len(wrap(fleche.texte)))
    if y0 == y1:
        if x1 < x0:
            return _lines([fleche.texte], x0 - 60, y0 - 10)
        return _lines(wrap(fleche.texte, 28), x0 + 8, y0 + 16)
    return _lines([fleche.texte], x0 - 50, y0 + 24) if fleche.par_defaut else _lines(wrap(fleche.texte), x0 + 10, y0 + 14)


def _lines(lignes: list[str], x: int, y: int, *, ancre: str = "start", couleur: str = ENCRE) -> str:
    spans = "".join(f'<tspan x="{x}" y="{y + rang * LIGNE}">{escape(ligne)}</tspan>' for rang, ligne in enumerate(lignes))
    return f'<text text-anchor="{ancre}" fill="{couleur}">{spans}</text>'


def _shape(noeud: Noeud) -> str:
    x, y = noeud.milieu
    if noeud.sorte in ("choix", "envoi"):
        bords = f"{x},{noeud.y} {noeud.x + noeud.largeur},{y} {x},{noeud.y + noeud.hauteur} {noeud.x},{y}"
        signe = "?" if noeud.sorte == "choix" else "✉"
        return f'<polygon points="{bords}" fill="#ffffff" stroke="{ACCENT}" stroke-width="2"/>' + _lines([signe], x, y + 5, ancre="middle")
    if noeud.sorte in ("depart", "sortie", "fin"):
        trait = 2 if noeud.sorte == "depart" else 4
        rond = f'<circle cx="{x}" cy="{y}" r="{noeud.largeur // 2}" fill="#ffffff" stroke="{ACCENT}" stroke-width="{trait}"/>'
        return rond + (_lines(wrap(noeud.texte, 24), noeud.x + noeud.largeur + 10, y + 5) if noeud.texte else "")
    cadre = f'<rect x="{noeud.x}" y="{noeud.y}" width="{noeud.largeur}" height="{noeud.hauteur}" rx="6" fill="{FOND}" stroke="{ACCENT}"/>'
    lignes = wrap(noeud.texte)
    return cadre + _lines(lignes, x, y + 5 - (len(lignes) - 1) * LIGNE // 2, ancre="middle")


_DITS = {"depart": "Départ", "etape": "Étape", "sortie": "Fin sans envoi", "recoit": "Envoi", "fin": "Fin"}


def to_text(diagramme: Diagramme) -> str:
    """Tell the whole drawing, one line for each step in its order: what it is, then where each arrow leads."""
    noms = {noeud.cle: noeud for noeud in diagramme.noeuds}
    numeros = {noeud.cle: rang for rang, noeud in enumerate((n for n in diagramme.noeuds if n.texte), 1)}
    lignes = [f"Diagramme de la démarche « {diagramme.titre} »."]
    for cle, numero in numeros.items():
        suites = _reached(cle, diagramme, noms)
        dites = " ".join(f"{f'{quand}, aller' if quand else 'Aller'} à {numeros[vers]}." for quand, vers in suites)
        texte = noms[cle].texte
        lignes.append(f"{numero}. {_DITS[noms[cle].sorte]} : {texte}{'' if texte.endswith('?') else '.'} {dites or 'Fin.'}")
    return "\n".join(lignes)


def _reached(cle: str, diagramme: Diagramme, noms: dict[str, Noeud]) -> list[tuple[str, str]]:
    """Give the steps one reaches from another through choices, with what leads there."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[tuple[str, ...], Fleche]] = [((), fleche) for fleche in diagramme.fleches if fleche.de == cle]
    while waiting:
        avant, fleche = waiting.pop(0)
        dits = (*avant, *([fleche.texte] if fleche.texte else []))
        if noms[fleche.vers].texte:
            said = [dit for dit in dits if dit != SINON]
            found.append((" et s".join((said[0], *(dit[1:] for dit in said[1:]))) if said else SINON if dits else "", fleche.vers))
        else:
            waiting += [(dits, suite) for suite in diagramme.fleches if suite.de == fleche.vers]
    return found
