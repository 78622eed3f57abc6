"""What an exploitant does to the queue, told in the journal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from psl.journal.operations import record, replay
from psl.socle.acteur import Acteur

EXPLOITATION = UUID("00000000-0000-7000-8000-0000000e4910")  # the subject of what is done to the platform itself


def replay_by(panne_id: int, *, acteur: Acteur, now: datetime) -> None:
    """Give parked work back to the workers, and say who did.

    Refuses: panne-inconnue.
    Records: travail.rejoue.
    Locks: the panne.
    """
    with transaction.atomic():
        replay(panne_id, now=now)
        record("travail.rejoue", EXPLOITATION, by=acteur, at=now, corps={"panne": panne_id})
