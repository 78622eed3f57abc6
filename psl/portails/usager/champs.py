"""The fields of a step: each visible question rendered with what was answered or typed, the rows of repeated blocs included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from psl.annuaire import queries as annuaire
from psl.langage.charger import Champ
from psl.langage.evaluation import PageVue, Situation, lignes
from psl.portails.theme.champs import LISTES
from psl.portails.theme.pages import Groupe
from psl.portails.theme.squelettes import render_field, render_rows
from psl.saisie.document import Document


@dataclass(frozen=True, slots=True)
class Saisies:
    """What the fields of a page show: the answers kept, and what is wrong, by key and by HTML name."""

    document: Document
    situation: Situation
    erreurs: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


def groups(saisies: Saisies, vue: PageVue) -> list[Groupe]:
    """Return the visible fields of a page, rendered, by bloc."""
    return [Groupe(bloc.titre, bloc.aide, [_field(champ, saisies) for champ in bloc.champs]) for bloc in vue.blocs]


def _field(champ: Champ, saisies: Saisies) -> SafeString:
    if champ.membres:
        return _rows(champ, saisies)
    situation, document = saisies.situation, saisies.document
    langue = situation.demarche.langue
    return render_field(
        champ,
        valeur=document.reponses.get(champ.cle, champ.defaut),
        brut=document.bruts.get(champ.cle),
        erreur=saisies.erreurs.get(champ.cle, ""),
        details=saisies.details,
        requis=champ.cle in situation.requis,
        options=situation.options(champ.cle) if champ.options else _own_options(champ, langue),
        pays=_listed(champ, langue),
        langue=langue,
        prefilled_source=_("Vous nous l'avez déjà dit") if document.provenance.get(champ.cle) == "adresse" else "",
    )


def _listed(champ: Champ, langue: str) -> Sequence[annuaire.OptionPays]:
    return annuaire.options_of(LISTES[champ.type], langue) if champ.type in LISTES else ()


def _own_options(champ: Champ, langue: str) -> Sequence[annuaire.OptionPays]:
    """Return what an outside list offers now (a school, a slot of an agenda)."""
    return annuaire.options_of(champ.liste, langue) if champ.liste and champ.type not in LISTES else ()


def _rows(champ: Champ, saisies: Saisies) -> SafeString:
    situation, langue = saisies.situation, saisies.situation.demarche.langue
    brut = saisies.document.bruts.get(champ.cle)
    bornes = lignes.settings(champ)
    shown = lignes.shown_rows(champ, saisies.document.reponses.get(champ.cle), brut, situation.contexte)
    erreur = saisies.erreurs.get(champ.cle, "")
    is_told_below = any(nom.startswith(f"{champ.cle}.") for nom in saisies.details)
    return render_rows(
        champ,
        [[_of_row(champ, ligne, membre, saisies, brut) for membre in ligne.champs] for ligne in shown],
        bornes=(bornes.min, bornes.max),
        ajouter=bornes.ajouter,
        erreur="" if is_told_below else erreur,
        langue=langue,
    )


def _of_row(champ: Champ, ligne: lignes.Ligne, membre: Champ, saisies: Saisies, brut: list[dict[str, object]] | None) -> SafeString:
    placed, langue = lignes.placed(membre, champ.cle, ligne.rang), saisies.situation.demarche.langue
    typed = brut[ligne.rang].get(membre.cle) if brut and ligne.rang < len(brut) else None
    return render_field(
        placed,
        valeur=ligne.valeurs.get(membre.cle, membre.defaut),
        brut=typed,
        erreur=saisies.details.get(placed.cle, ""),
        details=saisies.details,
        requis=lignes.is_required(membre, ligne.contexte),
        options=lignes.options(membre, ligne.contexte) if membre.options else _own_options(membre, langue),
        pays=_listed(membre, langue),
        langue=langue,
    )


@dataclass(frozen=True, slots=True)
class FautesDeLignes:
    """What is wrong in the rows of repeated blocs: by bloc, a sentence for each fault by its HTML name; and the champs at fault."""

    phrases: Mapping[str, Mapping[str, str]]
    fautifs: tuple[Champ, ...]


def faults_in_rows(vue: PageVue, details: Mapping[str, str], langue: str) -> FautesDeLignes:
    """Tell apart the faults of rows: each with its row, to be linked to its own control."""
    phrases: dict[str, dict[str, str]] = {}
    fautifs = []
    for champ in (champ for champ in vue.champs if champ.membres):
        places = [(rang, membre) for rang in range(lignes.settings(champ).max) for membre in champ.membres]
        for membre in (lignes.placed(membre, champ.cle, rang) for rang, membre in places):
            parts = [nom for nom in details if nom.startswith(f"{membre.cle}.")]  # an address is told by its parts
            for nom in parts or [membre.cle] * (membre.cle in details):
                phrases.setdefault(champ.cle, {})[nom] = lignes.in_one(champ, {nom: details[nom]}, langue)
            fautifs += [membre] * (membre.cle in details)
    return FautesDeLignes(phrases, tuple(fautifs))
