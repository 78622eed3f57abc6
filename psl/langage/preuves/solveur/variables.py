"""What z3 chooses at each question: its value when it is given, what a page would refuse of it, and the answer a model says."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import z3

from psl.langage.composants import Valeur
from psl.langage.composants.date import ANNEE_MIN
from psl.langage.definition.objets import Champ
from psl.langage.preuves.solveur.symboles import FAUX, OPAQUE, Jour, Sym, Textes, boolean, last_day, number

GRAND = 10**15
type Lire = Callable[[Any], Any]


class Variable:
    """The unknown answer to one question. `given` is whether there is one, `sym` what conditions read of it."""

    def __init__(self, champ: Champ, nom: str, solver: z3.Solver) -> None:
        self.champ, self.nom, self.solver = champ, nom, solver
        self.given = z3.Bool(nom)
        self.sym: Sym
        self.answer: Callable[[Lire, list[Valeur]], Valeur] = lambda lire, candidates: candidates[0] if candidates else None
        _MAKERS.get(champ.type, Variable.plain)(self)

    def answered(self) -> Any:
        """Give what makes the question answered: a box must be ticked."""
        if self.champ.composant.is_answered(False):
            return self.given
        return self.sym.data[0] if self.sym.kind == "boolean" else self.given

    def say(self, *axioms: Any) -> None:
        self.solver.add(*axioms)

    def plain(self) -> None:
        """Take any text: those that conditions name, or another."""
        self.sym = self.texts("")
        self.answer = lambda lire, candidates: self.literal("", lire, candidates)

    def texts(self, part: str) -> Sym:
        """Make a text unknown; each literal asked for is one choice, none of them two at once."""
        known: dict[str, Any] = {}

        def make(literal: str) -> Any:
            chosen = z3.Bool(f"{self.nom}{part}={literal}")
            self.say(z3.Implies(chosen, self.given), *(z3.Not(z3.And(chosen, other)) for other in known.values()))
            return chosen

        found = Textes(make, known)
        return Sym("text", self.given, found)

    def literal(self, part: str, lire: Lire, candidates: list[Valeur]) -> Valeur:
        textes = self.sym.data if not part else self.sym.data[part].data
        chosen = [literal for literal, one in textes.known.items() if lire(one)]
        return chosen[0] if chosen else next((item for item in candidates if item not in textes.known), None)

    def whether(self) -> None:
        value = z3.Bool(f"{self.nom}=oui")
        self.sym = boolean(z3.And(self.given, value), z3.And(self.given, z3.Not(value)))
        self.answer = lambda lire, _: bool(lire(value))

    def amount(self) -> None:
        composant: Any = self.champ.composant
        scale = 10**composant.decimales
        value = z3.Int(f"{self.nom}#")
        low, high = _times(composant.min, scale, -GRAND), _times(composant.max, scale, GRAND)
        self.say(value >= low, value <= high)
        self.sym = number(value, scale, self.given)

        def answer(lire: Lire, candidates: list[Valeur]) -> Valeur:
            read = lire(value).as_long()
            return read if scale == 1 else str(Decimal(read) / scale)

        self.answer = answer

    def day(self) -> None:
        jour = self._day()
        self.sym = Sym("date", self.given, jour)
        self.answer = lambda lire, _: _iso(*(lire(part).as_long() for part in jour[:3]))

    def _day(self) -> Jour:
        y, m, d = (z3.Int(f"{self.nom}#{part}") for part in "amj")
        self.say(y >= ANNEE_MIN, y <= 9999, m >= 0, m <= 11, d >= 0, d <= last_day(y, m))
        return Jour(y, m, d)

    def partial(self) -> None:
        jour = self._day()
        mois, quantieme = z3.Bool(f"{self.nom}#mois"), z3.Bool(f"{self.nom}#jour")
        self.say(z3.Implies(mois, self.given), z3.Implies(quantieme, mois))
        self.say(z3.Implies(z3.Not(mois), jour.m == 0), z3.Implies(z3.Not(quantieme), jour.d == 0))
        parts = {"annee": number(jour.y, 1, self.given), "mois": number(jour.m + 1, 1, mois), "jour": number(jour.d + 1, 1, quantieme)}
        self.sym = Sym("context", self.given, parts)
        self.first = Sym("date", self.given, jour)

        def answer(lire: Lire, _: list[Valeur]) -> Valeur:
            whole = _iso(*(lire(part).as_long() for part in jour[:3]))
            return whole[: 10 if lire(quantieme) else 7 if lire(mois) else 4]

        self.answer = answer

    def choice(self) -> None:
        options = [option.valeur for option in self.champ.options]
        chosen = {valeur: z3.Bool(f"{self.nom}={valeur}") for valeur in options}
        self.say(z3.Or(*chosen.values()) == self.given, z3.AtMost(*chosen.values(), 1))
        self.sym = Sym("text", self.given, Textes(lambda literal: FAUX, chosen))
        self.answer = lambda lire, _: next((valeur for valeur in options if lire(chosen[valeur])), None)

    def several(self) -> None:
        composant: Any = self.champ.composant
        chosen = {option.valeur: z3.Bool(f"{self.nom}={option.valeur}") for option in self.champ.options}
        self.say(z3.Or(*chosen.values()) == self.given)
        self.say(z3.Implies(self.given, z3.AtLeast(*chosen.values(), max(1, composant.minimum))))
        self.say(z3.AtMost(*chosen.values(), composant.maximum or len(chosen)))
        self.sym = Sym("texts", self.given, Textes(lambda literal: FAUX, chosen))
        self.answer = lambda lire, _: [valeur for valeur, one in chosen.items() if lire(one)]

    def entry(self) -> None:
        self.sym = Sym("context", self.given, {"code": self.texts(".code"), "libelle": OPAQUE, "code_postal": OPAQUE, "debut": OPAQUE})

        def answer(lire: Lire, candidates: list[Valeur]) -> Valeur:
            codes = [item["code"] for item in candidates]
            code = self.literal("code", lire, codes)
            return next((item for item in candidates if item["code"] == code), {"code": code, "libelle": code})

        self.answer = answer

    def address(self) -> None:
        french = z3.Bool(f"{self.nom}#france")
        here, abroad = z3.And(self.given, french), z3.And(self.given, z3.Not(french))
        code, pays = self.texts(".commune"), self.texts(".pays")
        parts = {
            "est_france": boolean(here, abroad),
            "commune": Sym("context", here, {"code": code, "libelle": OPAQUE, "code_postal": OPAQUE}),
            "pays": Sym("context", abroad, {"code": pays, "libelle": OPAQUE}),
            **dict.fromkeys(("voie", "complement", "lieu_dit", "etranger"), OPAQUE),
        }
        self.sym = Sym("context", self.given, parts)

        def answer(lire: Lire, candidates: list[Valeur]) -> Valeur:
            is_here = bool(lire(french))
            part, sym = ("commune", code) if is_here else ("pays", pays)
            wanted = [literal for literal, one in sym.data.known.items() if lire(one)]
            kept = [item for item in candidates if item["est_france"] is is_here]
            kept = [item for item in kept if (item[part]["code"] in wanted if wanted else item[part]["code"] not in sym.data.known)]
            return kept[0] if kept else None

        self.answer = answer

    def opaque(self) -> None:
        self.sym = Sym("opaque", self.given)


def _times(bound: Any, scale: int, default: int) -> int:
    return default if bound is None else int(Fraction(bound) * scale)


def _iso(year: int, month: int, day: int) -> str:
    return date(year, month + 1, day + 1).isoformat()


_MAKERS: Mapping[str, Callable[[Variable], None]] = {
    **dict.fromkeys(("oui_non", "case", "declaration_honneur"), Variable.whether),
    **dict.fromkeys(("nombre", "montant"), Variable.amount),
    **dict.fromkeys(("commune", "pays", "departement", "region", "epci", "nationalite", "recherche", "rendez_vous"), Variable.entry),
    **dict.fromkeys(("point", "trace"), Variable.opaque),
    "date": Variable.day,
    "date_partielle": Variable.partial,
    "choix": Variable.choice,
    "choix_multiple": Variable.several,
    "adresse": Variable.address,
}
