"""Journeys played: at random first, then by changing in one that goes far the answers that a goal reads. Most goals fall here."""

import random
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from psl.langage.composants import Valeur
from psl.langage.evaluation.passe import walk
from psl.langage.feel import Value
from psl.langage.preuves.buts import But, Enonce
from psl.langage.preuves.observation import Reponses, Vue
from psl.langage.preuves.reponses import Mots, Tireur

GERME = 20261123
CALME = 25  # as many journeys in a row that reach nothing new end the random ones
REPRISES = 6  # how often a journey that stopped is put right
ESSAIS_LOCAUX = 60
REJEUX = 3


class Simulation:
    """The goals not reached yet, and for each one reached the journey that did; the same seed gives the same journeys."""

    def __init__(self, enonce: Enonce, jour: date, buts: tuple[But, ...] | None = None) -> None:
        self.enonce = enonce
        self.jour = jour
        self.mots = Mots(enonce, jour)
        self.tirage = random.Random(GERME)  # noqa: S311 - journeys, no secret
        self._buts = {but.cle: but for but in (enonce.buts if buts is None else buts)}
        self.restants: dict[str, But] = dict(self._buts)
        self.temoins: dict[str, Vue] = {}
        self.vues: list[Vue] = []

    def but(self, cle: str) -> But:
        """Give a goal by its key."""
        return self._buts[cle]

    def play(self, fixees: Mapping[str, Valeur], *, libres: bool = True) -> Vue:
        """Play a journey: the answers fixed, as far as a page would take them, the others drawn."""
        tireur = Tireur(self.mots, self.tirage, fixees, libres=libres)
        situation = walk(self.enonce.demarche, {}, aujourdhui=self.jour, lire=tireur.read)
        return Vue(self.enonce, tireur.reponses, situation)

    def exact(self, reponses: Mapping[str, Valeur]) -> Vue:
        """Play these answers and no other."""
        absents: dict[str, Valeur] = dict.fromkeys(self.enonce.demarche.champs)
        return self.play({**absents, **reponses})

    def watch(self, vue: Vue) -> int:
        """Take the goals that a journey reaches out of those that remain; give how many."""
        reached = [cle for cle, but in self.restants.items() if vue.holds(but)]
        for cle in reached:
            self.temoins[cle] = vue
            del self.restants[cle]
        if reached or len(self.vues) < CALME:
            self.vues.append(vue)
        return len(reached)

    def mend(self, vue: Vue, kept: frozenset[str] = frozenset()) -> Vue:
        """Go on with a journey that stopped: answer what lacks, change what is contradicted."""
        for _ in range(REPRISES):
            if vue.manque is None or vue.situation.sortie is not None:
                break
            answers = dict(vue.reponses)
            for manque in vue.situation.manques:
                if manque.cle not in kept:
                    answers.pop(manque.cle, None)
                if manque.cle in vue.situation.erreurs:
                    for nom in self._contradicting(manque.cle, vue):
                        if nom not in kept:
                            answers.pop(nom, None)
            vue = self.play(answers, libres=False)
        return vue

    def _contradicting(self, cle: str, vue: Vue) -> list[str]:
        names = {
            nom
            for controle in self.enonce.demarche.controles
            if controle.champ == cle and vue.true(controle.si)
            for nom in controle.si.names
        }
        return self.mots.behind(names)

    def at_random(self, until: Callable[[], bool]) -> None:
        """Play random journeys until they teach nothing more, or it is time to stop."""
        calm = 0
        while self.restants and calm < CALME and not until():
            first = self.play({})
            found = self.watch(first)
            found += self.watch(self.mend(first)) if first.manque else 0
            calm = 0 if found else calm + 1

    def by_change(self, until: Callable[[], bool]) -> None:
        """For each goal that remains, change what it reads in journeys that go far enough."""
        for cle in list(self.restants):
            if until():
                return
            if cle in self.restants:
                self._change(self.restants[cle])

    def _change(self, but: But) -> None:
        champs = self.mots.behind(but.lit)
        bases = [vue for vue in self.vues if vue.atteint >= but.rang or vue.fini()]
        if not bases or not champs:
            return
        demarche = self.enonce.demarche
        for _ in range(REJEUX):
            base = self.tirage.choice(bases)
            chosen = self._locally(but, base, champs)
            kept = frozenset(chosen)
            parents = [nom for cle in champs if (si := demarche.champs[cle].si) for nom in si.names if nom in demarche.champs]
            answers = {cle: valeur for cle, valeur in base.reponses.items() if cle not in parents} | chosen
            vue = self.play(answers)
            if self.watch(vue) and but.cle not in self.restants:
                return
            if self.watch(self.mend(vue, kept)) and but.cle not in self.restants:
                return

    def _locally(self, but: But, base: Vue, champs: list[str]) -> Reponses:
        """Find answers to a few questions that make the conditions of a goal hold, the rest being as in a journey."""
        conditions = [(atome.sorte == "vrai", atome.args[0]) for atome in but.atomes if atome.sorte in ("vrai", "faux")]
        chosen: dict[str, Any] = {}
        for _ in range(ESSAIS_LOCAUX if conditions else 1):
            contexte: dict[str, Value] = dict(base.contexte)
            chosen = {cle: self._draw(cle, contexte) for cle in champs}
            chosen |= {atome.args[0]: atome.args[1] for atome in but.atomes if atome.sorte == "vaut"}
            for calcul in self.enonce.demarche.calculs:
                contexte[calcul.cle] = calcul.run(contexte)
            if all((si.run(contexte) is True) is wanted for wanted, si in conditions):
                break
        return chosen

    def _draw(self, cle: str, contexte: dict[str, Value]) -> Valeur:
        champ = self.enonce.demarche.champs[cle]
        tireur = Tireur(self.mots, self.tirage, {})
        valeur = tireur.draw(champ, contexte)
        if champ.cle in contexte:
            contexte[cle] = valeur if valeur is None or champ.convertir is None else champ.convertir(valeur)
        return valeur
