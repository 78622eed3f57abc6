"""A commune typed by hand becomes a code: at once when only one answers, else on the search step (no script needed)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from psl.annuaire import queries as annuaire
from psl.annuaire.noms import normalise
from psl.langage.charger import Champ
from psl.langage.evaluation import PageVue, Situation, lignes

MEMBRES = {"commune": "", "adresse": ".commune"}


def fields(champs: Iterable[Champ], envoyes: Collection[str] = ()) -> list[str]:
    """Return the HTML names of the commune inputs of champs, those of the rows that were sent included."""
    asked = tuple(champs)
    found = [*_names(asked)]
    for champ in (champ for champ in asked if champ.membres):
        rows = (_names(champ.membres, f"{champ.cle}.{rang}.") for rang in range(lignes.settings(champ).max))
        found += [nom for row in rows for nom in row if nom in envoyes]
    return found


def _names(champs: Iterable[Champ], debut: str = "") -> Iterator[str]:
    return (debut + champ.cle + MEMBRES[champ.type] for champ in champs if champ.type in MEMBRES)


def page_with(situation: Situation, nom: str) -> PageVue | None:
    """Return the visible page that asks a commune under this HTML name, or None."""
    return next((vue for vue in situation.pages if nom in fields(vue.champs, (nom,))), None)


def complete(vue: PageVue, post: dict[str, list[str]]) -> list[str]:
    """Fill the code of each commune typed without one, or typed over; return the champs whose text several communes answer.

    The code a script chose is kept as long as the text still is that commune's. Questions that this very page makes visible count.
    """
    ambigues = []
    for nom in fields((champ for bloc in vue.page.blocs for champ in bloc.champs), post):
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


def only_fault(ambigues: Iterable[str], erreurs: Mapping[str, str], details: Mapping[str, str]) -> str | None:
    """Return the ambiguous commune to search at once: one in error, in a row where nothing else is wrong."""
    for nom in ambigues:
        champ, _, reste = nom.partition(".")
        others = {fautif for fautif in details if fautif.startswith(f"{champ}.") and not nom.startswith(fautif)}
        if champ in erreurs and not (others and reste[:1].isdecimal()):
            return nom
    return None


def _is_same(code: str, texte: str) -> bool:
    commune: Any = annuaire.referentiels.commune(code)
    return commune is not None and normalise(texte).startswith(normalise(commune["libelle"].partition(" (")[0]))
