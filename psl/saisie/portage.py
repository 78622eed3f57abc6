"""How a brouillon passes to another version (pure): answers by their keys, what is no longer valid left out, what to look at again."""

from datetime import date
from typing import Any

from psl.langage.charger import Champ, Demarche
from psl.langage.composants import Contexte, Invalide
from psl.langage.derives.differences import asked_anew
from psl.langage.evaluation import Situation
from psl.langage.evaluation.lignes import Monde
from psl.langage.evaluation.lignes import check as check_rows
from psl.langage.evaluation.passe import walk
from psl.langage.evaluation.situation import offered, resolve
from psl.langage.feel import Value
from psl.saisie.document import Document


def carry(document: Document, avant: Demarche, apres: Demarche, *, aujourdhui: date, referentiels: Any) -> tuple[str, ...]:
    """Bring a document to another version; return the keys of the questions to look at again, in the order of the pages.

    These are, on the pages already reached, those that are new or ask something else, and those whose answer is no longer possible.
    """
    faites = set(document.faites)
    anew = set(asked_anew(avant, apres))
    refused = _keep_answers(document, apres, aujourdhui, referentiels)
    situation = walk(apres, document.reponses, aujourdhui=aujourdhui)
    changees = tuple(cle for cle in _reached(situation, faites) if cle in anew or cle in refused)
    touchees = {apres.champs[cle].page for cle in changees}
    document.faites = [page for page in document.faites if page not in touchees and situation.page(page)]
    return changees


def _keep_answers(document: Document, apres: Demarche, aujourdhui: date, referentiels: Any) -> set[str]:
    """Keep the answers that the other version takes; return the keys of those it refuses."""
    refused: set[str] = set()

    def read(champ: Champ, contexte: dict[str, Value]) -> Any:
        if (valeur := document.reponses.get(champ.cle)) is None:
            return None
        try:
            return _checked(champ, valeur, contexte, Monde(apres.langue, aujourdhui, referentiels))
        except Invalide:
            refused.add(champ.cle)
            return None

    walk(apres, {}, aujourdhui=aujourdhui, lire=read)
    known = {cle for cle, champ in apres.champs.items() if champ.composant.has_value} - refused
    for part in (document.reponses, document.provenance, document.bruts, document.erreurs):
        for cle in [cle for cle in part if cle not in known]:
            del part[cle]
    return refused


def _checked(champ: Champ, valeur: Any, contexte: dict[str, Value], monde: Monde) -> Any:
    if champ.membres:
        return check_rows(champ, valeur, contexte, monde)
    shown = resolve(champ, contexte)
    options = offered(champ, contexte) if champ.options else ()
    vu = Contexte(shown.libelle, shown.exemple, monde.langue, monde.aujourdhui, monde.referentiels, options, contexte)
    return champ.composant.check(valeur, vu)


def _reached(situation: Situation, faites: set[str]) -> list[str]:
    """Give the questions of the pages up to the last one that was done."""
    last = max((rang for rang, vue in enumerate(situation.pages) if vue.cle in faites), default=-1)
    return [champ.cle for vue in situation.pages[: last + 1] for champ in vue.champs]
