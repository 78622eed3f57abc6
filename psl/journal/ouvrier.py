"""The worker: procrastinate wired to our two kinds of work and to the schedule. It outlives its database; others rescue its jobs."""

import asyncio
import logging
import os
import signal
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils.module_loading import import_string
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision, exceptions
from procrastinate.contrib.django import DjangoApp
from procrastinate.jobs import Job
from psycopg_pool import PoolTimeout

from psl.journal import travaux
from psl.socle import clock

log = logging.getLogger(__name__)

_BREATH = 1.0  # seconds before coming back to a database that left
_GRACE = 4.0  # seconds that running jobs have to end when asked to stop; what is cut is rescued
_CAUGHT_UP = 2 * 86_400  # seconds: a schedule missed since then is run once at start


class _Patience(BaseRetryStrategy):
    """Minutes, then hours, then a day; the last failure parks the work instead of raising."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        wait = travaux.patience(job.attempts + 1) or travaux.CADENCE[-1]
        return RetryDecision(retry_in={"seconds": round(wait.total_seconds())})


def _attempt(context: JobContext, *, handler: str, fait_id: UUID | None, ids: dict[str, Any]) -> None:
    """Try once; after the last try, park."""
    essais, now = context.job.attempts + 1, clock.now()
    if essais > len(travaux.CADENCE) + 1:
        travaux.park("l’ouvrier est mort à chaque essai", handler=handler, fait_id=fait_id, ids=ids, essais=essais - 1, now=now)
        return
    try:
        if fait_id:
            travaux.run_handler(fait_id, handler, now=now)
        else:
            travaux.run_operation(handler, ids, now=now)
    except Exception as error:
        if travaux.patience(essais) is not None:
            raise
        log.exception("travail %s arrêté après %s essais", handler, essais)
        travaux.park(error, handler=handler, fait_id=fait_id, ids=ids, essais=essais, now=now)


def _handle(context: JobContext, fait_id: str, handler: str) -> None:
    _attempt(context, handler=handler, fait_id=UUID(fait_id), ids={})


def _run(context: JobContext, operation: str, ids: dict[str, Any]) -> None:
    _attempt(context, handler=operation, fait_id=None, ids=ids)


def _tick(timestamp: int, operation: str) -> None:
    """Run a periodic operation. A failure is parked at once: its next tick is its next try."""
    now = clock.now()
    try:
        travaux.run_operation(operation, {}, now=now)
    except Exception as error:
        log.exception("opération périodique %s en échec", operation)
        travaux.park(error, handler=operation, fait_id=None, ids={}, essais=1, now=now)
    else:
        travaux.settle(operation, now=now)


def make_app() -> App:
    """Return procrastinate's application: its own connections for the queue, Django's for the work."""
    parameters = connections["default"].get_connection_params()
    for unwanted in ("cursor_factory", "context"):
        parameters.pop(unwanted, None)
    connector = PsycopgConnector(kwargs=parameters, min_size=1, max_size=4, timeout=10)
    app: App = DjangoApp(connector=connector, periodic_defaults={"max_delay": _CAUGHT_UP})
    app.task(name=travaux.HANDLE, retry=_Patience(), pass_context=True)(_handle)
    app.task(name=travaux.RUN, retry=_Patience(), pass_context=True)(_run)
    tick = app.task(name="psl.journal.ouvrier.tick")(_tick)
    for operation, cron in import_string(settings.PERIODIQUES).items():
        app.periodic(cron=cron, periodic_id=operation, lock=operation, queueing_lock=operation, task_kwargs={"operation": operation})(tick)
    return app


async def serve(simultanes: int) -> None:
    """Work until SIGTERM or SIGINT; come back after each loss of the database."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _ask_to_stop, stop)
    while not stop.is_set():
        try:
            await _work(stop, simultanes)
        except (exceptions.ConnectorException, psycopg.Error, PoolTimeout, OSError) as error:
            log.warning("la base ne répond plus (%s) : nouvel essai dans %s s", type(error).__name__, _BREATH)
        await _pause(stop, _BREATH)


def _ask_to_stop(stop: asyncio.Event) -> None:
    """Let running jobs end, but not for ever: a thread cannot be cancelled, and what is cut here is rescued elsewhere."""
    stop.set()
    watchdog = threading.Timer(_GRACE + 0.5, os._exit, [0])
    watchdog.daemon = True
    watchdog.start()


async def _work(stop: asyncio.Event, simultanes: int) -> None:
    app = make_app()
    async with app.open_async():
        rescuer = asyncio.create_task(_rescue_for_ever())
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=simultanes,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=settings.OUVRIER_SILENCE / 4,
                stalled_worker_timeout=float(settings.OUVRIER_SILENCE),
                shutdown_graceful_timeout=_GRACE,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
        )
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([worker, stopped], return_when=asyncio.FIRST_COMPLETED)
        for task in (rescuer, stopped, worker):
            task.cancel()
        results = await asyncio.gather(rescuer, stopped, worker, return_exceptions=True)
    if isinstance(results[2], Exception):
        raise results[2]


async def _rescue_for_ever() -> None:
    while True:
        await asyncio.to_thread(_rescue)
        await asyncio.sleep(settings.OUVRIER_SILENCE / 4)


def _rescue() -> None:
    close_old_connections()
    try:
        if rescued := travaux.rescue(timedelta(seconds=settings.OUVRIER_SILENCE)):
            log.warning("%s travaux repris à des ouvriers morts", rescued)
    except DatabaseError as error:
        log.warning("secours remis à plus tard (%s)", type(error).__name__)
    finally:
        close_old_connections()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
