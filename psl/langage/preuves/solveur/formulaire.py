"""A whole démarche as one set of z3 constraints: what is shown, asked, refused, page after page, and each plain fact of a goal."""

from collections.abc import Callable
from typing import Any

import z3

from psl.langage.composants import Valeur
from psl.langage.definition.objets import Champ, Page
from psl.langage.feel import Expression
from psl.langage.preuves.buts import But, Enonce
from psl.langage.preuves.reponses import Mots
from psl.langage.preuves.solveur import symboles as s
from psl.langage.preuves.solveur.decisions import Decisions
from psl.langage.preuves.solveur.symboles import FAUX, RIEN, VRAI, Sym
from psl.langage.preuves.solveur.variables import Variable


class Formulaire(Decisions):
    """The constraints of a démarche on a day, and its unknowns."""

    def __init__(self, enonce: Enonce, mots: Mots, solver: z3.Solver) -> None:
        self.enonce, self.mots, self.solver = enonce, mots, solver
        self.demarche = enonce.demarche
        known = {**mots.parametres, "aujourd'hui": mots.jour}
        super().__init__(enonce.tables, {nom: s.const(valeur) for nom, valeur in known.items()})
        self.variables: dict[str, Variable] = {}
        self.rows: dict[str, list[tuple[Any, dict[str, Sym], dict[str, Variable], dict[str, Any]]]] = {}
        self.shown: dict[str, Any] = {}
        self.pages: list[Any] = []
        self.blocs: dict[tuple[int, int], Any] = {}
        self.exits: list[Any] = []
        self.compute(self.demarche.calculs_debut)
        for rang, page in enumerate(self.demarche.pages):
            self.visit(rang, page)
        self.passed: list[Any] = []
        self.troubles: dict[str, Any] = {}
        for rang, page in enumerate(self.demarche.pages):
            self.passed.append(self._passing(rang, page))

    def compute(self, calculs: Any) -> None:
        for calcul in calculs:
            table = self.tables.get(calcul.cle)
            self.env[calcul.cle] = self.decide(table) if table else self.feel.expression(self.enonce.calculs[calcul.cle])

    def named(self, nom: str, formula: Any) -> Any:
        """Give a name to a formula: what reads it stays small."""
        found = z3.Bool(nom)
        self.solver.add(found == formula)
        return found

    def visit(self, rang: int, page: Page) -> None:
        gone = z3.Or(self.exits) if self.exits else FAUX
        shown = z3.And(z3.Not(gone), self.feel.true(page.si) if page.si else VRAI)
        self.pages.append(self.named(f"page {rang}", shown))
        for numero, bloc in enumerate(page.blocs):
            seen = z3.And(self.pages[rang], self.feel.true(bloc.si)) if bloc.si else self.pages[rang]
            self.blocs[rang, numero] = seen
            for champ in bloc.champs:
                self.ask(champ, seen)
                self.compute(champ.calculs)
        exits = [self.feel.true(sortie.si) for sortie in page.sorties]
        self.exits.append(self.named(f"sortie {rang}", z3.And(z3.Not(gone), z3.Or(exits))) if exits else FAUX)

    def ask(self, champ: Champ, place: Any) -> None:
        seen = place if champ.si is None else self.named(f"vu {champ.cle}", z3.And(place, self.feel.true(champ.si)))
        self.shown[champ.cle] = seen
        if champ.membres:
            self.repeat(champ, seen)
        elif champ.composant.has_value and (champ.est_lu or champ.options_variables or self._is_bounded(champ)):
            self.env[champ.cle] = self.variable(champ, champ.cle, seen, self.env).sym

    def variable(self, champ: Champ, nom: str, seen: Any, env: dict[str, Sym]) -> Variable:
        variable = Variable(champ, nom, self.solver)
        self.solver.add(z3.Implies(variable.given, seen))
        for option in champ.options:
            if option.si is not None:
                self.solver.add(z3.Implies(variable.sym.data.is_(option.valeur), self.feel.true(option.si, env)))
        first, last = self.ends(champ, env)
        day = getattr(variable, "first", variable.sym)
        for borne, sign in ((first, ">="), (last, "<=")):
            if borne.kind == "date" and day.kind == "date":
                a, b = s.signs(day, borne) or (0, 0)
                self.solver.add(z3.Implies(z3.And(variable.given, borne.d), a >= b if sign == ">=" else a <= b))
        if nom == champ.cle:
            self.variables[nom] = variable
        return variable

    def _is_bounded(self, champ: Champ) -> bool:
        return any(isinstance(getattr(champ.composant, cle, None), Expression) for cle in ("min", "max"))

    def ends(self, champ: Champ, env: dict[str, Sym]) -> tuple[Sym, Sym]:
        """Give the first and the last day of a date."""
        bornes = [getattr(champ.composant, cle, None) for cle in ("min", "max")]
        first, last = (self.feel.expression(borne, env) if isinstance(borne, Expression) else RIEN for borne in bornes)
        return first, last

    def repeat(self, champ: Champ, seen: Any) -> None:
        bornes: Any = champ.composant
        if not (champ.est_lu or any(membre.si or membre.requis_si for membre in champ.membres)):
            return
        rows = []
        before = seen
        for rang in range(bornes.max):
            present = z3.Bool(f"{champ.cle}.{rang}")
            self.solver.add(z3.Implies(present, before))
            before = present
            rows.append(self.row(champ, rang, present))
        self.rows[champ.cle] = rows
        contexts = [(present, Sym("context", present, env)) for present, env, _, _ in rows]
        self.env[champ.cle] = Sym("rows", rows[0][0], contexts)

    def row(self, champ: Champ, rang: int, present: Any) -> tuple[Any, dict[str, Sym], dict[str, Variable], dict[str, Any]]:
        env = {**self.env, **{membre.cle: RIEN for membre in champ.membres}}
        variables: dict[str, Variable] = {}
        seen: dict[str, Any] = {}
        for membre in champ.membres:
            shown = z3.And(present, self.feel.true(membre.si, env)) if membre.si else present
            seen[membre.cle] = shown
            if membre.composant.has_value:
                variables[membre.cle] = self.variable(membre, f"{champ.cle}.{rang}.{membre.cle}", shown, env)
                env[membre.cle] = variables[membre.cle].sym
        return present, env, variables, seen

    def _passing(self, rang: int, page: Page) -> Any:
        troubles = []
        for bloc in page.blocs:
            for champ in bloc.champs:
                trouble = self._trouble(champ)
                if not z3.is_false(trouble):
                    self.troubles[champ.cle] = self.named(f"manque {champ.cle}", trouble)
                    troubles.append(self.troubles[champ.cle])
        before = self.passed[rang - 1] if rang else VRAI
        clear = z3.Not(z3.Or(troubles)) if troubles else VRAI
        return self.named(f"passe {rang}", z3.And(before, clear, z3.Not(self.exits[rang])))

    def _trouble(self, champ: Champ) -> Any:
        errors = [self.feel.true(controle.si) for controle in self.demarche.controles if controle.champ == champ.cle]
        if champ.cle in self.variables:
            errors.append(z3.And(self.required(champ), z3.Not(self.variables[champ.cle].answered())))
        errors += [self._row_trouble(champ, row) for row in self.rows.get(champ.cle, ())]
        bornes: Any = champ.composant
        if champ.cle in self.rows and bornes.min:
            errors.append(z3.Not(self.rows[champ.cle][bornes.min - 1][0]))
        return z3.And(self.shown[champ.cle], z3.Or(errors)) if errors else FAUX

    def _row_trouble(self, champ: Champ, row: Any) -> Any:
        _, env, variables, seen = row
        found = []
        for membre in champ.membres:
            if membre.cle in variables and (membre.requis or membre.requis_si):
                required = self.feel.true(membre.requis_si, env) if membre.requis_si else VRAI
                found.append(z3.And(seen[membre.cle], required, z3.Not(variables[membre.cle].answered())))
        return z3.Or(found) if found else FAUX

    def required(self, champ: Champ) -> Any:
        return self.feel.true(champ.requis_si) if champ.requis_si else z3.BoolVal(champ.requis)

    def reached(self, but: But) -> Any:
        """Give the formula of a goal: the pages before passed, and each of its facts."""
        way = VRAI if but.rang == 0 else self.passed[but.rang - 1] if but.rang < self.enonce.fin else self.fini()
        here = z3.Not(z3.Or(self.exits[: but.rang])) if but.rang and but.rang < self.enonce.fin else VRAI
        return z3.And(way, here, *(_ATOMES[atome.sorte](self, *atome.args) for atome in but.atomes))

    def true(self, si: Expression) -> Any:
        return self.feel.true(si)

    def false(self, si: Expression) -> Any:
        return z3.Not(self.feel.true(si))

    def seen(self, cle: str) -> Any:
        return self.shown[cle]

    def page(self, rang: int) -> Any:
        return self.pages[rang]

    def bloc(self, rang: int, numero: int) -> Any:
        return self.blocs[rang, numero]

    def worth(self, cle: str, valeur: Any) -> Any:
        sym = self.variables[cle].sym
        return sym.data[0 if valeur else 1] if sym.kind == "boolean" else sym.data.is_(valeur)

    def fini(self) -> Any:
        """Give what makes a journey end: all passed, or a way out taken after pages passed."""
        outs = [z3.And(out, self.passed[rang - 1] if rang else VRAI) for rang, out in enumerate(self.exits) if not z3.is_false(out)]
        return z3.Or(self.passed[-1], *outs)

    def sent(self) -> Any:
        return self.passed[-1]

    def passes(self, rang: int) -> Any:
        return z3.Or(self.passed[rang], self.fini())

    def _rule(self, regle: Any) -> Any:
        found = self.feel.expression(regle.territoire)
        known = found.d if found.kind == "text" else self.feel.opaque().d if found.kind == "opaque" else FAUX
        return z3.And(known, self.feel.true(regle.si) if regle.si else VRAI)

    def nobody(self) -> Any:
        found = []
        for prevu in self.demarche.destinataires:
            rules = z3.Or([self._rule(regle) for regle in prevu.regles])
            found.append(z3.And(rules, self.feel.true(prevu.si) if prevu.si else VRAI))
        return z3.Not(z3.Or(found))

    def rule(self, rang: int, numero: int) -> Any:
        prevu = self.demarche.destinataires[rang]
        rules = [self._rule(regle) for regle in prevu.regles[: numero + 1]]
        return z3.And(self.feel.true(prevu.si) if prevu.si else VRAI, rules[-1], z3.Not(z3.Or(rules[:-1])))

    def line(self, cle: str, membre: str, quoi: str, wanted: bool) -> Any:
        champ = next(item for item in self.demarche.champs[cle].membres if item.cle == membre)
        si = champ.si if quoi == "si" else champ.requis_si
        found = []
        for present, env, _, seen in self.rows[cle]:
            holds = self.feel.true(si, env) if si else VRAI
            found.append(z3.And(seen[membre] if quoi == "requis" else present, holds if wanted else z3.Not(holds)))
        return z3.Or(found)

    def blocked(self, cle: str) -> Any:
        champ = self.demarche.champs[cle]
        where = z3.And(self.shown[cle], self.required(champ))
        if champ.options:
            return z3.And(where, *(z3.Not(self.feel.true(option.si)) for option in champ.options if option.si))
        first, last = self.ends(champ, self.env)
        pair = s.signs(first, last) if first.kind == last.kind == "date" else None
        return z3.And(where, first.d, last.d, pair[0] > pair[1]) if pair else self.feel.opaque().d

    def answers(self, model: z3.ModelRef) -> dict[str, Valeur]:
        """Give the answers that a model says; what it leaves open is for the journey to fill."""

        def read(formula: Any) -> Any:
            found = model.eval(formula, model_completion=True)
            return z3.is_true(found) if z3.is_bool(found) else found

        found: dict[str, Valeur] = {}
        for cle, variable in self.variables.items():
            candidates = self.mots.candidates(variable.champ, self.mots.vide)
            found[cle] = variable.answer(read, candidates) if read(variable.given) else None
        for cle, rows in self.rows.items():
            found[cle] = [self._row_answer(variables, read) for present, _, variables, _ in rows if read(present)] or None
        return found

    def _row_answer(self, variables: dict[str, Variable], read: Callable[[Any], Any]) -> dict[str, Valeur]:
        return {
            cle: valeur
            for cle, variable in variables.items()
            if read(variable.given) and (valeur := variable.answer(read, self.mots.candidates(variable.champ, self.mots.vide))) is not None
        }


_ATOMES: dict[str, Callable[..., Any]] = {
    "vrai": Formulaire.true,
    "faux": Formulaire.false,
    "vu": Formulaire.seen,
    "page": Formulaire.page,
    "bloc": Formulaire.bloc,
    "vaut": Formulaire.worth,
    "fini": Formulaire.fini,
    "envoye": Formulaire.sent,
    "passe": Formulaire.passes,
    "personne": Formulaire.nobody,
    "regle": Formulaire.rule,
    "ligne": Formulaire.line,
    "bloque": Formulaire.blocked,
    "rangee": Formulaire.row_held,
    "trou": Formulaire.hole,
    "double": Formulaire.double,
}
