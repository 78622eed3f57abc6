"""The recap: the answers as their reader reads them, by bloc, in the order of the pages."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from psl.langage.composants import Valeur
from psl.langage.composants.messages import say
from psl.langage.definition.objets import Bloc, Champ, Demarche
from psl.langage.evaluation.calculees import in_words
from psl.langage.evaluation.lignes import rows
from psl.langage.evaluation.situation import Situation, holds, resolve


class LigneRecapitulee(NamedTuple):
    """An answer: its key, its label, its text (of several lines sometimes)."""

    cle: str
    libelle: str
    valeur: str


class BlocRecapitule(NamedTuple):
    """The answers of a bloc; `titre` is the page's when the bloc has none; `page` is empty for what was computed."""

    page: str
    titre: str
    lignes: tuple[LigneRecapitulee, ...]


def recapitulatif(
    situation: Situation, langue: str | None = None, *, cles: Collection[str] | None = None, calculs: Mapping[str, Any] | None = None
) -> tuple[BlocRecapitule, ...]:
    """Write what was answered, in a language (the situation's own by default); `cles` limits it to what a recipient receives.

    What was computed and has a label comes last: `calculs`, those a recipient received, or those that the definition shows.
    """
    demarche = situation.demarche.localize(langue or situation.demarche.langue)
    blocs = {(page.cle, bloc.cle): (page.titre, bloc) for page in demarche.pages for bloc in page.blocs}
    found: list[BlocRecapitule] = []
    for vue in situation.pages:
        for bloc_vu, champs in vue.groupes:
            titre, bloc = blocs[vue.page.cle, bloc_vu.cle]
            kept = [champ for champ in champs if cles is None or champ.cle in cles]
            for repete in (champ for champ in kept if champ.membres):
                found += _rows(vue.page.cle, demarche.champs[repete.cle], situation, demarche.langue)
            told = [champ for champ in kept if not champ.membres and _is_told(champ, situation.valeurs)]
            if lignes := tuple(_line(champ, demarche, situation) for champ in told):
                found.append(BlocRecapitule(vue.page.cle, _title(bloc, situation) or titre, lignes))
    return (*_merge(found), *_computed(demarche, situation, calculs))


def _computed(demarche: Demarche, situation: Situation, recus: Mapping[str, Any] | None) -> list[BlocRecapitule]:
    shown = {calcul.cle: situation.calculs[calcul.cle] for calcul in demarche.calculs if calcul.recapitulatif} if recus is None else recus
    lignes = tuple(
        LigneRecapitulee(calcul.cle, calcul.libelle, in_words(shown[calcul.cle], demarche.langue))
        for calcul in demarche.calculs
        if calcul.libelle and shown.get(calcul.cle) is not None
    )
    return [BlocRecapitule("", say(demarche.langue, "calcule"), lignes)] if lignes else []


def _merge(blocs: list[BlocRecapitule]) -> tuple[BlocRecapitule, ...]:
    """Put together the neighbours of a page that bear the same title: the blocs without one of their own."""
    merged: list[BlocRecapitule] = []
    for bloc in blocs:
        before = merged.pop().lignes if merged and merged[-1][:2] == bloc[:2] else ()
        merged.append(bloc._replace(lignes=before + bloc.lignes))
    return tuple(merged)


def _title(bloc: Bloc, situation: Situation) -> str:
    return next((titre for si, titre in bloc.titres if holds(si, situation.contexte)), bloc.titre)


def _rows(page: str, champ: Champ, situation: Situation, langue: str) -> list[BlocRecapitule]:
    """Give each row of a repeated bloc as a bloc of its own, numbered."""
    found = []
    for ligne in rows(champ, situation.valeurs.get(champ.cle), situation.contexte):
        told = [membre for membre in ligne.champs if _is_told(membre, ligne.valeurs)]
        start = f"{champ.cle}.{ligne.rang}"
        lignes = tuple(LigneRecapitulee(f"{start}.{m.cle}", m.libelle, m.composant.display(ligne.valeurs[m.cle], langue)) for m in told)
        if lignes:
            found.append(BlocRecapitule(page, f"{champ.libelle} {ligne.rang + 1}", lignes))
    return found


def _is_told(champ: Champ, valeurs: Mapping[str, Valeur]) -> bool:
    valeur = valeurs.get(champ.cle)
    return valeur is not None and not (champ.type in ("case", "declaration_honneur") and valeur is False)


def _line(champ: Champ, demarche: Demarche, situation: Situation) -> LigneRecapitulee:
    shown = resolve(demarche.champs[champ.cle], situation.contexte)
    return LigneRecapitulee(champ.cle, shown.libelle, shown.composant.display(situation.valeurs[champ.cle], demarche.langue))
