"""The pass: pages, blocs and champs in document order. An answer that is hidden counts as null for all that follows and is not kept."""

from collections.abc import Callable, Mapping
from datetime import date

from psl.langage.composants import Option, Valeur
from psl.langage.definition.entourage import Calcul
from psl.langage.definition.objets import Bloc, Champ, Demarche, Page, Piece, Sortie, Suite
from psl.langage.evaluation.lignes import settle
from psl.langage.evaluation.situation import PageVue, PieceAttendue, Situation, holds, offered, resolve
from psl.langage.feel import Value

type Lire = Callable[[Champ, dict[str, Value]], Valeur]


def evaluate(demarche: Demarche, reponses: Mapping[str, Valeur], *, aujourdhui: date, rouverts: frozenset[str] | None = None) -> Situation:
    """Understand a set of answers (JSON values by key; unknown keys are ignored) on a given day.

    `rouverts`: the keys of champs and codes of pieces that a complément re-opens. Only those are shown, with what they make
    newly required; all other answers stay. Never raises.
    """
    return walk(demarche, reponses, aujourdhui=aujourdhui, rouverts=rouverts)


def walk(
    demarche: Demarche,
    reponses: Mapping[str, Valeur],
    *,
    aujourdhui: date,
    rouverts: frozenset[str] | None = None,
    page_lue: str = "",
    lire: Lire | None = None,
) -> Situation:
    """Evaluate, the answers of one page (all pages when `page_lue` is empty) being read as they come by `lire`."""
    passe = _Passe(demarche, reponses, rouverts, aujourdhui)
    sortie = None
    for page in demarche.pages:
        passe.visit(page, lire if not page_lue or page.cle == page_lue else None)
        sortie = next((sortie for sortie in page.sorties if sortie.si.run(passe.contexte) is True), None)
        if sortie is not None:
            break
    return passe.situation(sortie)


class _Passe:
    """The state of a pass."""

    __slots__ = ("aujourdhui", "contexte", "demarche", "pages", "reponses", "rouverts", "valeurs")

    def __init__(self, demarche: Demarche, reponses: Mapping[str, Valeur], rouverts: frozenset[str] | None, aujourdhui: date) -> None:
        self.demarche = demarche
        self.reponses = reponses
        self.rouverts = rouverts
        self.aujourdhui = aujourdhui
        self.contexte: dict[str, Value] = {**demarche.noms, "aujourd'hui": aujourdhui}
        for parametre in demarche.parametres:
            self.contexte[parametre.cle] = parametre.value_on(aujourdhui)
        self.compute(demarche.calculs_debut)
        self.valeurs: dict[str, Valeur] = {}
        self.pages: list[PageVue] = []

    def compute(self, calculs: tuple[Calcul, ...]) -> None:
        for calcul in calculs:
            self.contexte[calcul.cle] = calcul.run(self.contexte)

    def visit(self, page: Page, lire: Lire | None) -> None:
        groupes: list[tuple[Bloc, tuple[Champ, ...]]] = []
        is_shown = page.si is None or page.si.run(self.contexte) is True
        for bloc in page.blocs:
            if is_shown and (bloc.si is None or bloc.si.run(self.contexte) is True):
                if champs := self.visible(bloc, lire):
                    groupes.append((bloc, champs))
            elif bloc.calculs:
                self.compute(bloc.calculs)
        if self.rouverts is not None:
            groupes = [(bloc, shown) for bloc, champs in groupes if (shown := self.reopened(champs))]
        pieces = tuple(
            self.asked(piece) for piece in page.pieces if self.is_asked(piece, is_shown=bool(groupes) or page_shown(page, self.contexte))
        )
        if groupes or pieces:
            champs = groupes[0][1] if len(groupes) == 1 else tuple(champ for _, found in groupes for champ in found)
            self.pages.append(PageVue(page, champs, pieces, tuple(groupes), self.contexte))

    def visible(self, bloc: Bloc, lire: Lire | None) -> tuple[Champ, ...]:
        shown: list[Champ] = []
        for suite in bloc.suites:
            if suite.est_simple and lire is None:
                self.take(suite)
                shown += suite.champs
            else:
                shown += [seen for champ in suite.champs if (seen := self.ask(champ, lire)) is not None]
        return tuple(shown)

    def take(self, suite: Suite) -> None:
        """Keep the answers of questions that nothing hides nor changes."""
        reponses, contexte = self.reponses, self.contexte
        self.valeurs |= {cle: valeur for cle in suite.cles if (valeur := reponses.get(cle)) is not None}
        for cle, convertir in suite.lus:
            if (valeur := reponses.get(cle)) is not None:
                contexte[cle] = valeur if convertir is None else convertir(valeur)

    def ask(self, champ: Champ, lire: Lire | None) -> Champ | None:
        """Give a question as it is shown now, or None; keep its answer; compute what is known once it was passed."""
        contexte = self.contexte
        shown = None
        if champ.si is None or champ.si.run(contexte) is True:
            shown = resolve(champ, contexte) if champ.variantes else champ
            valeur = self.reponses.get(champ.cle) if lire is None else lire(champ, contexte)
            if valeur is not None:
                self.keep(champ, valeur)
        if champ.calculs:
            self.compute(champ.calculs)
        return shown

    def keep(self, champ: Champ, valeur: Valeur) -> None:
        """Keep an answer for what follows, unless no option gives it any more."""
        if champ.membres:
            valeur = settle(champ, valeur, self.contexte)
        elif champ.options_variables:
            valeur = still_offered(valeur, offered(champ, self.contexte))
        if valeur is not None:
            self.valeurs[champ.cle] = valeur
            if champ.est_lu:
                self.contexte[champ.cle] = valeur if champ.convertir is None else champ.convertir(valeur)

    def reopened(self, champs: tuple[Champ, ...]) -> tuple[Champ, ...]:
        """Keep what is re-opened, what is now required without an answer, and the information beside them."""
        kept = {
            champ.cle for champ in champs if champ.composant.has_value and (champ.cle in (self.rouverts or ()) or self.is_lacking(champ))
        }
        return tuple(champ for champ in champs if champ.cle in kept or not champ.composant.has_value) if kept else ()

    def is_lacking(self, champ: Champ) -> bool:
        required = champ.requis if champ.requis_si is None else champ.requis_si.run(self.contexte) is True
        return required and not champ.composant.is_answered(self.valeurs.get(champ.cle))

    def is_asked(self, piece: Piece, *, is_shown: bool) -> bool:
        if self.rouverts is not None:
            return piece.code in self.rouverts
        return is_shown and holds(piece.si, self.contexte)

    def asked(self, piece: Piece) -> PieceAttendue:
        if self.rouverts is not None:
            return PieceAttendue(piece, obligatoire=True)
        required = piece.requis if piece.requis_si is None else piece.requis_si.run(self.contexte) is True
        return PieceAttendue(piece, required)

    def situation(self, sortie: Sortie | None) -> Situation:
        return Situation(
            self.demarche,
            aujourdhui=self.aujourdhui,
            pages=tuple(self.pages),
            reponses=self.reponses,
            valeurs=self.valeurs,
            contexte=self.contexte,
            sortie=sortie,
            rouverts=self.rouverts,
        )


def page_shown(page: Page, contexte: dict[str, Value]) -> bool:
    """Tell whether the condition of a page holds."""
    return page.si is None or page.si.run(contexte) is True


def still_offered(valeur: Valeur, options: tuple[Option, ...]) -> Valeur:
    """Keep of an answer what is still offered: the value of one choice, those of several."""
    values = [option.valeur for option in options]
    if isinstance(valeur, list):
        return [item for item in valeur if item in values] or None
    return valeur if valeur in values else None
