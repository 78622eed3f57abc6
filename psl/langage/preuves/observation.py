"""What a journey shows of the goals: a set of answers evaluated as usual, and each plain fact read from it."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from psl.langage.definition.objets import Champ
from psl.langage.evaluation import lignes
from psl.langage.evaluation.situation import Situation, offered
from psl.langage.feel import Expression, Value
from psl.langage.feel.values import equal
from psl.langage.preuves.buts import But, Enonce
from psl.langage.tables import Politique, Table

type Reponses = dict[str, Any]


class Vue:
    """A journey: its answers, the situation they make, and how far it goes (`atteint`: the rank of the first page not passed)."""

    def __init__(self, enonce: Enonce, reponses: Reponses, situation: Situation) -> None:
        self.enonce = enonce
        self.reponses = reponses
        self.situation = situation
        self.contexte = situation.contexte
        self.manque = next(iter(situation.manques), None)
        ranks = enonce.rang_pages
        stop = ranks[situation.sortie.page] if situation.sortie else enonce.fin
        self.atteint = min(stop, ranks[self.manque.page] if self.manque else enonce.fin)

    @cached_property
    def scope(self) -> dict[str, Value]:
        """Give the names of tables too: those that no condition reads are not in the context of evaluation."""
        return {**{nom: None for table in self.enonce.tables for nom in table.names}, **self.contexte}

    def holds(self, but: But) -> bool:
        """Tell whether this journey reaches a goal."""
        if but.rang > self.atteint and not (but.rang == self.enonce.fin and self.fini()):
            return False
        return all(_ATOMES[atome.sorte](self, *atome.args) for atome in but.atomes)

    def true(self, si: Expression) -> bool:
        return si.evaluate(self.contexte) is True

    def false(self, si: Expression) -> bool:
        return si.evaluate(self.contexte) is not True

    def seen(self, cle: str) -> bool:
        return cle in self.situation.visibles

    def page(self, rang: int) -> bool:
        """Tell whether a page is come to, and its condition holds."""
        si = self.enonce.demarche.pages[rang].si
        return rang <= self.atteint and (si is None or self.true(si))

    def bloc(self, rang: int, numero: int) -> bool:
        si = self.enonce.demarche.pages[rang].blocs[numero].si
        return self.page(rang) and (si is None or self.true(si))

    def worth(self, cle: str, valeur: Any) -> bool:
        given = self.situation.valeurs.get(cle)
        return bool(given == valeur) or (isinstance(given, list) and valeur in given)

    def fini(self) -> bool:
        """Tell whether the journey ends: sent, or taken out."""
        return self.manque is None or (
            self.situation.sortie is not None and self.atteint >= self.enonce.rang_pages[self.situation.sortie.page]
        )

    def sent(self) -> bool:
        return self.manque is None and self.situation.sortie is None

    def passes(self, rang: int) -> bool:
        return self.atteint > rang or self.fini()

    def nobody(self) -> bool:
        return not self.situation.destinataires

    def rule(self, rang: int, numero: int) -> bool:
        """Tell whether a recipient is one by this rule: the first that holds and knows its territory."""
        prevu = self.enonce.demarche.destinataires[rang]
        if prevu.si is not None and not self.true(prevu.si):
            return False
        for place, regle in enumerate(prevu.regles):
            if (regle.si is None or self.true(regle.si)) and isinstance(regle.territoire.evaluate(self.contexte), str):
                return place == numero
        return False

    def row(self, cle: str, membre: str, quoi: str, wanted: bool) -> bool:
        """Tell whether some row of a repeated bloc makes a condition of one of its champs hold, or not hold."""
        champ = self.enonce.demarche.champs[cle]
        membre_lu = next(item for item in champ.membres if item.cle == membre)
        si = membre_lu.si if quoi == "si" else membre_lu.requis_si
        found = lignes.rows(champ, self.situation.valeurs.get(cle), self.contexte)
        if quoi == "requis":
            found = tuple(ligne for ligne in found if any(shown.cle == membre for shown in ligne.champs))
        return si is not None and any((si.run(ligne.contexte) is True) is wanted for ligne in found)

    def blocked(self, cle: str) -> bool:
        """Tell whether a visible question has no answer that could be given: no option, or no day between its ends."""
        champ = self.enonce.demarche.champs[cle]
        if not self.seen(cle) or not self.situation.is_required(champ):
            return False
        if champ.options:
            return not offered(champ, self.contexte)
        first, last = interval(champ, self.contexte)
        return first is not None and last is not None and first > last

    def table(self, nom: str) -> tuple[Table, list[int]]:
        """Give a table and the ranks of its rows that hold."""
        table = next(table for table in self.enonce.tables if table.nom == nom)
        held = table.holding(self.scope) or []
        return table, [rang for rang, ligne in enumerate(table.lignes) if any(ligne is autre for autre in held)]

    def held(self, nom: str, numero: int, first: bool) -> bool:
        ranks = self.table(nom)[1]
        return ranks[:1] == [numero] if first else numero in ranks

    def hole(self, nom: str) -> bool:
        """Tell whether every entrée of a table is known and no row holds."""
        table, ranks = self.table(nom)
        return not ranks and all(entree.valeur.run(self.scope) is not None for entree in table.entrees)

    def double(self, nom: str) -> bool:
        """Tell whether rows contradict each other: two hold (UNIQUE), or two hold that give different values (ANY)."""
        table, ranks = self.table(nom)
        if table.politique is Politique.UNIQUE or len(ranks) < 2:
            return len(ranks) > 1
        values = [table.shaped(table.lignes[rang].valeurs, self.scope) for rang in ranks]
        return any(equal(values[0], other) is not True for other in values[1:])


def interval(champ: Champ, contexte: dict[str, Value]) -> tuple[date | None, date | None]:
    """Give the first and the last day that a date may be."""
    bornes = (getattr(champ.composant, "min", None), getattr(champ.composant, "max", None))
    first, last = (borne.evaluate(contexte) if isinstance(borne, Expression) else None for borne in bornes)
    return first if isinstance(first, date) else None, last if isinstance(last, date) else None


_ATOMES: dict[str, Callable[..., bool]] = {
    "vrai": Vue.true,
    "faux": Vue.false,
    "vu": Vue.seen,
    "page": Vue.page,
    "bloc": Vue.bloc,
    "vaut": Vue.worth,
    "fini": Vue.fini,
    "envoye": Vue.sent,
    "passe": Vue.passes,
    "personne": Vue.nobody,
    "regle": Vue.rule,
    "ligne": Vue.row,
    "bloque": Vue.blocked,
    "rangee": Vue.held,
    "trou": Vue.hole,
    "double": Vue.double,
}
