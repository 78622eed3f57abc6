"""A component tried: what was posted is read as a step reads it, and shown as JSON, XML and words. Nothing is kept."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from psl.annuaire import queries as annuaire
from psl.langage import lecture
from psl.langage.charger import Champ
from psl.langage.derives import donnees
from psl.langage.evaluation import PageVue, Situation, evaluate, lignes
from psl.portails.public.composants import ecriture, exemples
from psl.portails.public.composants.exemples import Exemple
from psl.portails.theme.champs import LISTES, render_piece
from psl.portails.theme.squelettes import render_field, render_rows
from psl.saisie import communes
from psl.socle import clock

LANGUE = "fr"


@dataclass(frozen=True, slots=True)
class Ecrite:
    """An answer as it is kept and handed on: JSON, XML, what a PDF shows, and the JSON Schema of its values."""

    libelle: str
    json: str
    xml: str
    mots: str
    schema: str


@dataclass(frozen=True, slots=True)
class Essai:
    """What came of a try: the page as it is shown again, what is wrong by key and by HTML name, what was typed, the answers."""

    vue: PageVue
    situation: Situation
    reponses: Mapping[str, Any]
    bruts: Mapping[str, Any] = field(default_factory=dict)
    erreurs: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def champs(self) -> list[SafeString]:
        """The fields, rendered."""
        return [_rows(champ, self) if champ.membres else _field(champ, self) for champ in self.vue.champs] + [
            render_piece(attendue.piece, fichiers=[], url_ajouter=f"/composants/{self.vue.page.cle}", requis=attendue.obligatoire)
            for attendue in self.vue.pieces
        ]

    @property
    def ecrites(self) -> list[Ecrite]:
        """The answers, written in each way."""
        return [_written(champ, self.reponses[champ.cle]) for champ in self.vue.champs if self.reponses.get(champ.cle) is not None]


def show(exemple: Exemple) -> Essai:
    """Return a component with the answers of its example."""
    situation = _situation(exemple.reponses)
    return Essai(_page(situation, exemple), situation, exemple.reponses)


def read(exemple: Exemple, post: dict[str, list[str]]) -> Essai:
    """Read what was posted."""
    avant = _situation({})
    vue = _page(avant, exemple)
    communes.complete(vue, post)
    lu = lecture.read(vue, avant, post, referentiels=annuaire.referentiels)
    faults = {} if "lignes" in post else lu.erreurs  # a row added or taken out: nothing is judged yet
    return Essai(_page(lu.situation, exemple), lu.situation, lu.valeurs, lu.brut, faults, {} if "lignes" in post else lu.details)


def _situation(reponses: Mapping[str, Any]) -> Situation:
    return evaluate(exemples.demarche(), reponses, aujourdhui=clock.local_date(clock.now()))


def _page(situation: Situation, exemple: Exemple) -> PageVue:
    return next(vue for vue in situation.pages if vue.page.cle == exemple.nom)


def _written(champ: Champ, valeur: Any) -> Ecrite:
    composant = champ.composant
    return Ecrite(
        champ.libelle,
        json.dumps(valeur, ensure_ascii=False, indent=2),
        ecriture.to_text(champ.cle, composant.to_xml(valeur)),
        composant.display(valeur, LANGUE),
        json.dumps(donnees.answer(champ), ensure_ascii=False, indent=2),
    )


def _field(champ: Champ, essai: Essai) -> SafeString:
    return render_field(
        champ,
        valeur=essai.reponses.get(champ.cle, champ.defaut),
        brut=essai.bruts.get(champ.cle),
        erreur=essai.erreurs.get(champ.cle, ""),
        details=essai.details,
        requis=champ.cle in essai.situation.requis,
        options=champ.options or _offered(champ),
        pays=annuaire.options_of(LISTES.get(champ.type, ""), LANGUE),
        langue=LANGUE,
    )


def _offered(champ: Champ) -> Any:
    return annuaire.options_of(champ.liste, LANGUE) if champ.type not in LISTES else ()


def _rows(champ: Champ, essai: Essai) -> SafeString:
    bornes, brut = lignes.settings(champ), essai.bruts.get(champ.cle)
    shown = lignes.shown_rows(champ, essai.reponses.get(champ.cle), brut, essai.situation.contexte)
    return render_rows(
        champ,
        [list(_row(champ, ligne, brut or (), essai)) for ligne in shown],
        bornes=(bornes.min, bornes.max),
        ajouter=bornes.ajouter,
        erreur=essai.erreurs.get(champ.cle, "") if not essai.details else "",
        langue=LANGUE,
    )


def _row(champ: Champ, ligne: lignes.Ligne, brut: Any, essai: Essai) -> Iterator[SafeString]:
    for membre in ligne.champs:
        placed = lignes.placed(membre, champ.cle, ligne.rang)
        yield render_field(
            placed,
            valeur=ligne.valeurs.get(membre.cle),
            brut=brut[ligne.rang].get(membre.cle) if ligne.rang < len(brut) else None,
            erreur=essai.details.get(placed.cle, ""),
            requis=lignes.is_required(membre, ligne.contexte),
            options=membre.options,
            pays=annuaire.options_of(LISTES.get(membre.type, ""), LANGUE),
            langue=LANGUE,
        )
