"""What can be said of a démarche before anyone fills it: `verify` reads it, the proofs look for answers that make it go wrong.

z3 is imported only when a proof asks for it: no page does.
"""

from psl.langage.preuves.statique import verify

__all__ = ["verify"]
