"""The solver's turn: one incremental solver, one assumption per goal, each model replayed by the ordinary evaluator before it counts."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import z3

from psl.langage.preuves.buts import But
from psl.langage.preuves.simulation import Simulation
from psl.langage.preuves.solveur.formulaire import Formulaire

REQUETE_MS = 4_000
MODELES = 3


@dataclass
class Reponse:
    """What the solver made of the goals: those that no answers reach, those left with the reason, what blocks a page."""

    impossibles: set[str] = field(default_factory=set)
    indecis: dict[str, str] = field(default_factory=dict)
    blocages: dict[str, list[str]] = field(default_factory=dict)
    requetes: int = 0
    interrompu: bool = False


class Solveur:
    """Asks for each goal left by the simulation, until a time."""

    def __init__(self, simulation: Simulation, limite: float) -> None:
        self.simulation = simulation
        self.limite = limite
        self.solver = z3.Solver()
        self.form = Formulaire(simulation.enonce, simulation.mots, self.solver)
        self.reponse = Reponse()

    def run(self, progress: Callable[[int, int], None]) -> Reponse:
        """Ask for every goal that remains; what it would say of a goal whose place is never reached is not asked."""
        total = len(self.simulation.restants)
        try:
            for but in sorted(self.simulation.restants.values(), key=lambda but: (but.rang, but.nature == "passe")):
                self._one(but)
                progress(total - len(self.simulation.restants) + len(self.reponse.impossibles), total)
                if self.reponse.interrompu:
                    break
        except KeyboardInterrupt:
            self.reponse.interrompu = True
        for cle in self.simulation.restants:
            if cle not in self.reponse.impossibles:
                self.reponse.indecis.setdefault(cle, "interrompu" if self.reponse.interrompu else "temps écoulé")
        return self.reponse

    def _one(self, but: But) -> None:
        if but.cle not in self.simulation.restants:
            return
        if self._is_moot(but):
            self.reponse.impossibles.add(but.cle)
            return
        left = self.limite - time.monotonic()
        if left <= 0:
            return
        wanted = z3.Bool(f"but {but.cle}")
        self.solver.add(z3.Implies(wanted, self.form.reached(but)))
        self.solver.set("timeout", max(1, min(REQUETE_MS, int(left * 1000))))
        for _ in range(MODELES):
            self.reponse.requetes += 1
            verdict = self.solver.check(wanted)
            if verdict == z3.sat and self._replay(but):
                return
            if verdict != z3.sat:
                self._note(but, verdict)
                return
        opaques = sorted(self.form.feel.opaques)
        cause = f"ce que je ne sais pas raisonner : {', '.join(opaques[:3])}" if opaques else "le rejeu ne confirme pas"
        self.reponse.indecis[but.cle] = cause

    def _is_moot(self, but: But) -> bool:
        """Tell whether a goal is out of reach because its place is."""
        gone = self.reponse.impossibles
        pages = self.simulation.enonce.demarche.pages
        return any(cle in gone for cle in but.dans) or any(f"passe:{page.cle}" in gone for page in pages[: but.rang])

    def _note(self, but: But, verdict: z3.CheckSatResult) -> None:
        if verdict == z3.unsat:
            self.reponse.impossibles.add(but.cle)
            if but.nature == "passe":
                self.reponse.blocages[but.cle] = self._blocking(but)
            return
        reason = self.solver.reason_unknown()
        self.reponse.interrompu = "interrupt" in reason
        self.reponse.indecis[but.cle] = "interrompu" if self.reponse.interrompu else "temps écoulé"

    def _replay(self, but: But) -> bool:
        """Play the answers of a model; the goals it reaches, this one or others, are taken out."""
        answers = self.form.answers(self.solver.model())
        kept = frozenset(self.form.variables)
        vue = self.simulation.play(answers, libres=False)
        self.simulation.watch(vue)
        if but.cle in self.simulation.restants and vue.manque:
            self.simulation.watch(self.simulation.mend(vue, kept))
        if but.cle not in self.simulation.restants:
            return True
        atoms = [z3.Bool(nom) for nom, variable in self.form.variables.items() if variable.sym.kind != "opaque"]
        model = self.solver.model()
        same = [atom == model.eval(atom, model_completion=True) for atom in atoms]
        self.solver.add(z3.Implies(z3.Bool(f"but {but.cle}"), z3.Not(z3.And(same))) if same else z3.BoolVal(True))
        return False

    def _blocking(self, but: But) -> list[str]:
        """Give the questions of a page that cannot be satisfied together, once the pages before it are passed."""
        rang = but.rang
        page = self.simulation.enonce.demarche.pages[rang]
        cles = [champ.cle for bloc in page.blocs for champ in bloc.champs if champ.cle in self.form.troubles]
        needs = {f"sans manque {cle}": cle for cle in cles}
        for nom, cle in needs.items():
            self.solver.add(z3.Implies(z3.Bool(nom), z3.Not(self.form.troubles[cle])))
        before = [self.form.passed[rang - 1]] if rang else []
        if self.solver.check(*before, *(z3.Bool(nom) for nom in needs)) != z3.unsat:
            return []
        return sorted(needs[str(item)] for item in self.solver.unsat_core() if str(item) in needs)
