"""The end of what a service and a usager wrote to each other, under the purge role (docs/vies.md). States and dates stay: the trace."""

from datetime import datetime

from django.db import transaction

from psl.courriers import operations as courriers
from psl.instruction.models import Decision, Demande, Instruction, Message
from psl.instruction.queries.echanges import OBJET
from psl.journal import operations as journal
from psl.socle import cles, clock
from psl.socle.acteur import SYSTEME

LOT = 200


def purge_contents(now: datetime) -> int:
    """Erase the thread, the requests, the answer and the list's glimpse of what is past its time for appeal. Returns how many.

    May run twice. The télédossier's own content goes once every service is done with it (psl.suivi.purges).
    Records: purge.contenu.
    Locks: the instructions; those held by others wait for the next run.
    """
    with transaction.atomic(using="purge"):
        due = Instruction.objects.using("purge").filter(contenu_jusqu_on__lt=clock.local_date(now), efface_at=None)
        ids = [row.id for row in due.select_for_update(skip_locked=True).order_by("id")[:LOT]]
        cles.destroy(OBJET, ids, using="purge")
        cles.destroy("acces", ids, using="purge")
        courriers.purge(ids, using="purge")
        for modele in (Message, Demande):
            modele.objects.using("purge").filter(affectation__in=ids).delete()
        Decision.objects.using("purge").filter(id__in=ids).delete()
        Instruction.objects.using("purge").filter(id__in=ids).update(apercu=None, efface_at=now)
        for id_ in ids:
            journal.record("purge.contenu", id_, by=SYSTEME, at=now, using="purge")
    return len(ids)
