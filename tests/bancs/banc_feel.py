"""FEEL alone: the ten-term condition against Python, a table of a hundred rows, and what a hostile expression may cost."""

import time
import timeit
from collections.abc import Iterable

from psl.langage import feel, tables
from tests.bancs.banc_langage import CONDITION, CONTEXTE, _python, best
from tests.bancs.mesure import Mesure

TABLE = {
    "cle": "tarif",
    "politique": "UNIQUE",
    "entrees": ["age", "revenu"],
    "sorties": "montant",
    "lignes": [{"quand": [f"[{rang}..{rang + 1}[", "< 50000"], "alors": str(rang)} for rang in range(100)],
}
# Each doubles, nests or loops as much as its text allows: all end as null within the budget.
HOSTILES = {
    "boucles imbriquées": "count(for a in 1..9999, b in 1..9999, c in 1..9999 return a)",
    "texte qui double": 'string length((for i in 1..200 return if i = 1 then "ab" else partial[-1] + partial[-1])[-1])',
    "liste qui double": "count(flatten((for i in 1..200 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]))",
    "récursion": "{f: function(g) g(g), r: f(f)}.r",
    "motif exposé": 'matches(texte, "(a+)+b")',
    "tri coûteux": "count(sort(for i in 1..9999 return 9999 - i, function(x, y) x < y))",
}


def measure() -> Iterable[Mesure]:
    """Measure the condition again beside what follows, then the table, a filter, and the hostile ones."""
    run = feel.parse(CONDITION).run
    ratio = round(best(lambda: _python(CONTEXTE), 5_000) / best(lambda: run(CONTEXTE), 5_000), 3)
    yield Mesure("condition de 10 termes, vitesse rapportée à Python", ratio, "×", 0.2, "min", ratio=ratio)
    table = tables.parse(TABLE)
    assert table.evaluate({"age": 57, "revenu": 1}) == 57
    yield Mesure("table de 100 lignes", round(best(lambda: table.evaluate({"age": 57, "revenu": 1}), 200) * 1000, 3), "ms", 0.2)
    filtre = feel.parse("count(enfants[age < 18 and a_charge])")
    enfants = [{"age": rang % 30, "a_charge": True} for rang in range(1000)]
    assert filtre.evaluate({"enfants": enfants}) == 604
    yield Mesure("filtre de 1 000 contextes", round(best(lambda: filtre.evaluate({"enfants": enfants}), 5) * 1000, 3), "ms", 5)
    for nom, texte in HOSTILES.items():
        yield Mesure(f"hostile : {nom}", _hostile(texte), "ms", 1_000)


def _hostile(texte: str) -> float:
    expression, contexte = feel.parse(texte), {"texte": "a" * 5_000}
    assert expression.evaluate(contexte) in (None, False, 9999)
    return round(min(timeit.repeat(lambda: expression.evaluate(contexte), timer=time.process_time, number=1, repeat=3)) * 1000, 1)
