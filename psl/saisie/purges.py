"""The end of the brouillons: 30 days after the last save, with their files, under the purge role (docs/vies.md)."""

from datetime import datetime, timedelta

from django.db import transaction

from psl.courriers import operations as courriers
from psl.journal import operations as journal
from psl.pieces import operations as pieces
from psl.saisie.models import Brouillon
from psl.socle import cles
from psl.socle.acteur import SYSTEME

AGE = timedelta(days=30)
LOT = 200


def purge_drafts(now: datetime) -> int:
    """Remove the brouillons left 30 days ago, with their keys, files and contact; sealed ones (empty already) leave only their row.

    Returns how many. May run twice. Records: brouillon.purge.
    """
    with transaction.atomic(using="purge"):
        vieux = Brouillon.objects.using("purge").filter(enregistre_at__lte=now - AGE).order_by("enregistre_at")
        rows = list(vieux.values_list("id", "scelle_at")[:LOT])
        ids = [id_ for id_, _ in rows]
        pieces.purge(ids, using="purge")
        cles.destroy("brouillon", ids, using="purge")
        courriers.purge(ids, using="purge")
        Brouillon.objects.using("purge").filter(id__in=ids).delete()
        for id_, scelle_at in rows:
            journal.purge_bodies([id_])
            if scelle_at is None:
                journal.record("brouillon.purge", id_, by=SYSTEME, at=now, using="purge")
    return len(ids)
