"""Decision tables as z3 constraints: the rows that hold, what they say, holes and overlaps."""

from collections.abc import Iterable
from typing import Any

import z3

from psl.langage.preuves.solveur import symboles as s
from psl.langage.preuves.solveur.expressions import Traducteur
from psl.langage.preuves.solveur.symboles import FAUX, RIEN, Sym
from psl.langage.tables import Politique, Table


class Decisions:
    """The tables of a démarche, in an environment that grows as its questions are passed."""

    def __init__(self, tables: Iterable[Table], env: dict[str, Sym]) -> None:
        self.env = env
        self.feel = Traducteur(env)
        self.tables = {table.nom: table for table in tables}
        self.held: dict[str, list[Any]] = {}

    def holding(self, table: Table) -> list[Any]:
        """Give what makes each row of a table hold."""
        if table.nom not in self.held:
            entrees = [self.feel.expression(entree.valeur) for entree in table.entrees]
            self.held[table.nom] = [
                z3.And([self.feel.true(test, {**self.env, "?": entree}) for test, entree in zip(ligne.tests, entrees, strict=True)])
                for ligne in table.lignes
            ]
        return self.held[table.nom]

    def decide(self, table: Table) -> Sym:
        """Give what a table says: the value of the row that decides; several values, or all of them together, are opaque."""
        if table.politique is Politique.COLLECT or len(table.sorties) > 1:
            return s.OPAQUE
        found = self.feel.expression(table.sinon[0]) if table.sinon else RIEN
        held = self.holding(table)
        for holds, ligne in reversed(list(zip(held, table.lignes, strict=True))):
            found = s.merge(holds, self.feel.expression(ligne.valeurs[0]), found)
        if table.politique is Politique.UNIQUE and len(held) > 1:
            found = s.only(z3.AtMost(*held, 1), found) if found.kind not in ("opaque", "null") else found
        return s.OPAQUE if table.politique is Politique.ANY else found

    def row_held(self, nom: str, numero: int, first: bool) -> Any:
        held = self.holding(self.tables[nom])
        return z3.And(held[numero], z3.Not(z3.Or(held[:numero]))) if first and numero else held[numero]

    def hole(self, nom: str) -> Any:
        table = self.tables[nom]
        known = [self.feel.expression(entree.valeur) for entree in table.entrees]
        given = [self.feel.opaque().d if entree.kind == "opaque" else entree.d for entree in known]
        return z3.And(*given, z3.Not(z3.Or(self.holding(table))))

    def double(self, nom: str) -> Any:
        table = self.tables[nom]
        held = self.holding(table)
        if len(held) < 2:
            return FAUX
        if table.politique is Politique.UNIQUE:
            return z3.AtLeast(*held, 2)
        texts = [tuple(cell.text for cell in ligne.valeurs) for ligne in table.lignes]
        groups = {one: z3.Or([holds for holds, other in zip(held, texts, strict=True) if other == one]) for one in texts}
        return z3.AtLeast(*groups.values(), 2) if len(groups) > 1 else FAUX
