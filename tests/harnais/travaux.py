"""Doing at once, in the test's own transaction, what a worker would do after its commit."""

import json
from datetime import datetime

from django.db import connection

from psl.journal import travaux
from psl.socle import clock

_NEXT = """
DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo' AND (%s OR scheduled_at IS NULL))
RETURNING task_name, args
"""


def drain(now: datetime | None = None, *, later: bool = False) -> int:
    """Run every job that waits, and those they cause, until none is left (`later`: delayed ones too); what raises is raised."""
    done = 0
    while job := _take(later):
        task, args = job
        moment = now or clock.now()
        if task == travaux.HANDLE:
            travaux.run_handler(args["fait_id"], args["handler"], now=moment)
        else:
            travaux.run_operation(args["operation"], args["ids"], now=moment)
        done += 1
    return done


def _take(later: bool) -> tuple[str, dict] | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [later])
        row = cursor.fetchone()
    return row and (row[0], json.loads(row[1]))
