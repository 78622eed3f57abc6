"""A commune typed by hand becomes a code: at once when only one answers, else on the search step (no script needed)."""

from typing import Any

from psl.annuaire import queries as annuaire
from psl.annuaire.noms import normalise
from psl.langage.evaluation import PageVue, Situation

MEMBRES = {"commune": "", "adresse": ".commune"}


def fields(vue: PageVue) -> list[str]:
    """Return the HTML names of the commune inputs of a page."""
    return [champ.cle + MEMBRES[champ.type] for champ in vue.champs if champ.type in MEMBRES]


def page_with(situation: Situation, nom: str) -> PageVue | None:
    """Return the visible page that asks a commune under this HTML name, or None."""
    return next((vue for vue in situation.pages if nom in fields(vue)), None)


def complete(vue: PageVue, post: dict[str, list[str]]) -> list[str]:
    """Fill the code of each commune typed without one, or typed over; return the champs whose text several communes answer.

    The code a script chose is kept as long as the text still is that commune's.
    """
    ambigues = []
    for nom in fields(vue):
        texte = (post.get(nom) or [""])[0].strip()
        code = (post.get(f"{nom}.code") or [""])[0]
        if not texte or (code and _is_same(code, texte)):
            continue
        trouvees = annuaire.search_communes(texte, limite=10)
        exactes = [c for c in trouvees if normalise(texte) in {normalise(c.nom), normalise(c.libelle)}]
        seule = exactes[0] if len(exactes) == 1 else trouvees[0] if len(trouvees) == 1 else None
        post[f"{nom}.code"] = [seule.code] if seule else [""]
        if seule is None:
            ambigues.append(nom)
    return ambigues


def _is_same(code: str, texte: str) -> bool:
    commune: Any = annuaire.referentiels.commune(code)
    return commune is not None and normalise(texte).startswith(normalise(commune["libelle"].partition(" (")[0]))
