"""What routing owes to the faits of a télédossier. Each may run twice."""

from datetime import datetime

from psl.journal.models import Fait
from psl.routage import operations


def route_new(fait: Fait, *, now: datetime) -> None:
    """Route a télédossier just filed."""
    operations.route(fait.sujet, now=now)


def route_complement(fait: Fait, *, now: datetime) -> None:
    """Carry a complément to those who asked for it."""
    operations.add_copy(fait.sujet, (fait.corps or {})["rang"], now=now)
