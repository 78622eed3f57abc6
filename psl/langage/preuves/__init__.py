"""What can be said of a démarche before anyone fills it: `verify` reads it, `check_texts` reads its words, `prove` looks for answers
that make it go wrong.

z3 is imported only by `solveur`, and only when a proof asks for it: no page does.
"""

from psl.langage.preuves.preuve import Bilan, prove
from psl.langage.preuves.rapport import lines
from psl.langage.preuves.statique import verify
from psl.langage.preuves.textes import check_texts, remarks

__all__ = ["Bilan", "check_texts", "lines", "prove", "remarks", "verify"]
