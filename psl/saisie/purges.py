"""The end of the brouillons: 30 days after the last save, with their files, under the purge role (docs/vies.md)."""

from datetime import datetime, timedelta

from django.db import connections, transaction

from psl.courriers import operations as courriers
from psl.journal import operations as journal
from psl.pieces import operations as pieces
from psl.socle import cles
from psl.socle.acteur import SYSTEME

AGE = timedelta(days=30)
LOT = 200
_TAKE = """
DELETE FROM saisie_brouillon
WHERE id IN (SELECT id FROM saisie_brouillon WHERE enregistre_at <= %s ORDER BY enregistre_at LIMIT %s) AND enregistre_at <= %s
RETURNING id, scelle_at
"""
_SEALED = """
SELECT id FROM saisie_brouillon b
WHERE scelle_at <= %s AND (
    EXISTS (SELECT FROM courriers_contact c WHERE c.sujet = b.id) OR EXISTS (SELECT FROM courriers_envoi e WHERE e.sujet = b.id))
ORDER BY scelle_at LIMIT %s
"""


def forget_sealed(now: datetime) -> int:
    """Forget how to reach whoever asked a link for a brouillon that is sealed since: the télédossier has its own contact.

    Returns how many brouillons. May run twice. Records: nothing (the filing has said it).
    """
    with transaction.atomic(using="purge"):
        with connections["purge"].cursor() as cursor:
            cursor.execute(_SEALED, [now, LOT])
            ids = [id_ for (id_,) in cursor.fetchall()]
        courriers.purge(ids, using="purge")
    return len(ids)


def purge_drafts(now: datetime) -> int:
    """Remove the brouillons left 30 days ago, with their keys, files and contact; sealed ones (empty already) leave only their row.

    Returns how many. May run twice. Records: brouillon.purge. Locks: the brouillons.
    """
    with transaction.atomic(using="purge"):
        # The rows first: one saved at this very moment is waited for, found younger, and left whole.
        with connections["purge"].cursor() as cursor:
            cursor.execute(_TAKE, [now - AGE, LOT, now - AGE])
            rows = cursor.fetchall()
        ids = [id_ for id_, _ in rows]
        pieces.purge(ids, using="purge")
        cles.destroy("brouillon", ids, using="purge")
        courriers.purge(ids, using="purge")
        for id_, scelle_at in rows:
            journal.purge_bodies([id_])
            if scelle_at is None:
                journal.record("brouillon.purge", id_, by=SYSTEME, at=now, using="purge")
    return len(ids)
