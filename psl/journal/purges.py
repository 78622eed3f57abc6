"""The purge of the four lives: one operation per life and per room, each under the role psl_purge.

How a room writes its own, in its `purges.py`, and names it in psl/periodiques.py (PURGES):

    def purge_drafts(*, now: datetime) -> int:
        '''Remove the brouillons left 30 days ago. Records: brouillon.purge.'''
        with transaction.atomic(using="purge"):
            ids = list(Brouillon.objects.using("purge").filter(expire_at__lte=now).select_for_update(skip_locked=True)…[:500])
            cles.destroy("brouillon", ids, using="purge")          # the key first: what backups hold cannot be read once its period goes
            Brouillon.objects.using("purge").filter(id__in=ids).delete()
            journal.purge_bodies(ids)                               # bodies of the faits; their leaves still verify
            for id_ in ids:
                journal.record("brouillon.purge", id_, by=SYSTEME, at=now, using="purge")
        return len(ids)

It takes `now`, works by bounded batches, can be killed anywhere and run again, and returns how many it removed: it is called until
it returns 0. The role psl_purge sees every row, may SELECT and DELETE everywhere but in append-only tables; a migration gives it more
(`purge_rights("table", "UPDATE (boite)")`, `append_only("table", purge_delete=True)`). Locking rows needs UPDATE on one column of them.
Each life has its own clock; nothing of one life is removed because another ended. Keys re-wrapped each month (`socle.cles.rotate`)
then take the purged objects out of the backups too.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from psl.journal.models import Traitement

log = logging.getLogger(__name__)

_BATCHES = 10_000
_OLD_JOBS = """
DELETE FROM procrastinate_jobs WHERE status IN ('failed', 'cancelled', 'aborted')
AND id IN (SELECT job_id FROM procrastinate_events GROUP BY job_id HAVING max(at) < %s)
"""


class PurgeIncomplete(Exception):  # noqa: N818
    """Some purges failed; the others were done."""


def run(now: datetime) -> None:
    """Run every purge of every life; one that fails does not stop the others. Raises PurgeIncomplete, which parks the whole."""
    failed = [operation for operation, _, error in each(now) if error]
    if failed:
        raise PurgeIncomplete(", ".join(failed))


def each(now: datetime) -> Iterator[tuple[str, int, BaseException | None]]:
    """Run the purges of settings.PURGES in order; yield each with how many rows it removed, and its error."""
    for operation in import_string(settings.PURGES):
        removed = 0
        try:
            for batch in _until_none(import_string(operation), now):
                removed += batch
        except Exception as error:
            log.exception("purge %s en échec", operation)
            yield operation, removed, error
        else:
            yield operation, removed, None


def purge_jobs(now: datetime) -> int:
    """Delete finished jobs of more than 30 days, and the Traitement rows that no job can come back to (60 days)."""
    with connection.cursor() as cursor:
        cursor.execute(_OLD_JOBS, [now - timedelta(days=30)])
        jobs: int = cursor.rowcount
    return jobs + Traitement.objects.filter(at__lt=now - timedelta(days=60)).delete()[0]


def _until_none(operation: Callable[..., int], now: datetime) -> Iterator[int]:
    for _ in range(_BATCHES):
        batch = operation(now=now)
        yield batch
        if not batch:
            return
