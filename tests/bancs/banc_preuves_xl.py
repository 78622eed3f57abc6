"""The proofs of XL: 40 pages of 60 questions, 1,500 rules."""

from collections.abc import Iterable

from tests.bancs.banc_preuves import proved
from tests.bancs.mesure import Mesure
from tests.bancs.procedures import XL

LONG = True


def measure() -> Iterable[Mesure]:
    """Prove XL within six minutes."""
    yield from proved(XL, 360, 600)
