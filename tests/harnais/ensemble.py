"""Doing several things at the same instant, each in its own thread and on its own connection to a real base."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from psl.socle.errors import Refus

ATTENTE = 60


def at_once[T](*suites: Sequence[Callable[[], T]]) -> list[list[T | str]]:
    """Run several sequences side by side, step by step together; return what each step gave, or the code of its refusal."""
    barrier = Barrier(len(suites), timeout=ATTENTE)

    def run(suite: Sequence[Callable[[], T]]) -> list[T | str]:
        try:
            return [_answer(act, barrier) for act in suite]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(suites)) as threads:
        return [done.result() for done in [threads.submit(run, suite) for suite in suites]]


def _answer[T](act: Callable[[], T], barrier: Barrier) -> T | str:
    barrier.wait()
    try:
        return act()
    except Refus as refus:
        return refus.code
