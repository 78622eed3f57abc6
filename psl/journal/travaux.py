"""Work that follows from a transaction: deferred in it, tried again with patience, parked with its cause when a person must look.

Arguments are ids only. Every handler and every operation deferred can run twice: a handler is guarded by its Traitement row,
a plain operation guards itself (a state, a UNIQUE). There is no order between the jobs of a subject.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.utils.module_loading import import_string

from psl.journal.models import Fait, Panne
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import describe

HANDLE = "psl.journal.travaux.run_handler"
RUN = "psl.journal.travaux.run_operation"
CADENCE = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(days=1))

_DEFER = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)
VALUES ('default', %s, jsonb_build_object('operation', %s::text, 'ids', %s::jsonb), now() + make_interval(secs => %s))
"""
_DEFER_HANDLER = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
VALUES ('default', %s, jsonb_build_object('fait_id', %s::uuid, 'handler', %s::text))
"""
_TREATED = "INSERT INTO journal_traitement (fait_id, handler, at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_PARK = """
INSERT INTO journal_panne AS p (fait_id, handler, ids, cause, essais, at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (fait_id, handler, ids) WHERE rejouee_at IS NULL
DO UPDATE SET cause = EXCLUDED.cause, essais = p.essais + 1, at = EXCLUDED.at
"""
_BURY = "DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => %s)"
# A dead worker's jobs have lost it (ON DELETE SET NULL). A periodic one whose next tick already waits has nothing more to do.
_ABANDON = """
DELETE FROM procrastinate_jobs AS j WHERE status = 'doing' AND worker_id IS NULL AND EXISTS (
    SELECT 1 FROM procrastinate_jobs AS other WHERE other.status = 'todo' AND other.queueing_lock = j.queueing_lock)
"""
_RESCUE = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = NULL, abort_requested = false
WHERE status = 'doing' AND worker_id IS NULL
"""
_WAKE = """SELECT pg_notify('procrastinate_any_queue_v1', '{"type": "job_inserted", "job_id": 0}')"""


def defer(operation: str, *, delay: timedelta | None = None, using: str = "default", **ids: UUID | int | str) -> None:
    """Owe a call `operation(**ids, now=…)` (a dotted path) to the workers, in the transaction under way, after a delay if given.

    UUIDs arrive as UUIDs. The call stands outside any transaction and any scope: the operation opens its own.
    """
    if not connections[using].in_atomic_block:
        raise TransactionManagementError("travaux.defer s'appelle dans la transaction qui cause le travail")
    with connections[using].cursor() as cursor:
        cursor.execute(_DEFER, [RUN, operation, json.dumps(ids, default=str), None if delay is None else delay.total_seconds()])


def defer_handler(fait_id: UUID, handler: str) -> None:
    """Owe one handler of a fait again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DEFER_HANDLER, [HANDLE, fait_id, handler])


def run_handler(fait_id: UUID, handler: str, *, now: datetime) -> bool:
    """Run a handler on its fait, once whatever the number of calls. Returns whether it was this time.

    Locks: the (fait, handler) row of Traitement, until the effects are committed.
    """
    function: Callable[..., None] = import_string(handler)
    with scope(SYSTEME):
        with connection.cursor() as cursor:
            cursor.execute(_TREATED, [fait_id, handler, now])
            if cursor.rowcount == 0:
                return False
        function(Fait.objects.get(id=fait_id), now=now)
    return True


def run_operation(operation: str, ids: dict[str, Any], *, now: datetime) -> None:
    """Run a deferred operation."""
    import_string(operation)(**{name: _restore(value) for name, value in ids.items()}, now=now)


def patience(essais: int) -> timedelta | None:
    """Return how long to wait after so many failures, or None when a person must look at it."""
    return CADENCE[essais - 1] * settings.ECHELLE_RELANCES if essais <= len(CADENCE) else None


def park(error: BaseException | str, *, handler: str, fait_id: UUID | None, ids: dict[str, Any], essais: int, now: datetime) -> None:
    """Put work aside with its cause: the exception's class and places, or a word of ours. Its message could quote a person."""
    cause = error if isinstance(error, str) else describe(error, depth=3)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PARK, [fait_id, handler, json.dumps(ids, sort_keys=True), cause[:2000], essais, now])


def rescue(silence: timedelta) -> int:
    """Give back to the workers the jobs whose worker has died: no heartbeat for `silence`. Returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_BURY, [silence.total_seconds()])
        cursor.execute(_ABANDON)
        cursor.execute(_RESCUE)
        rescued = cursor.rowcount
        if rescued:
            cursor.execute(_WAKE)
    return int(rescued)


def settle(operation: str, *, now: datetime) -> None:
    """Close what is parked of a periodic operation that has just succeeded."""
    Panne.objects.filter(handler=operation, fait_id=None, ids={}, rejouee_at=None).update(rejouee_at=now)


def _restore(value: object) -> object:
    """Return an id as it was deferred: JSON knows no UUID."""
    if isinstance(value, str) and len(value) == 36:
        try:
            return UUID(value)
        except ValueError:
            return value
    return value
