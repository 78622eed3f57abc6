"""The kinds of faits of these tests, their handlers, and operations that are deferred."""

import os
import signal
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from psl.journal import operations as journal
from psl.journal import travaux
from psl.socle.acteur import SYSTEME

ICI = "tests.journal.enchainements"
TABLE = {
    "essai.muet": [],
    "essai.effet": [],
    "essai.suivi": [f"{ICI}.leave_effect"],
    "essai.double": [f"{ICI}.leave_effect", f"{ICI}.leave_another"],
    "essai.lent": [f"{ICI}.leave_effect_slowly"],
    "essai.tue_apres": [f"{ICI}.die_once_committed"],
    "essai.mortel": [f"{ICI}.die_always"],
    "essai.sans_fin": [f"{ICI}.never_end"],
    "essai.faute": [f"{ICI}.fail"],
}
PERIODIQUES = {"psl.journal.operations.seal": "* * * * *"}


def leave_effect(fait, *, now):
    journal.record("essai.effet", fait.sujet, by=SYSTEME, at=now)


def leave_another(fait, *, now):
    journal.record("essai.effet", fait.sujet, by=SYSTEME, at=now)


def first_time(fait):
    """Tell whether this fait is tried for the first time, by a file that survives a killed worker."""
    mark = Path(os.environ["PSL_ETAT"]) / f"essai-{fait.id}"
    is_first = not mark.exists()
    mark.touch()
    return is_first


def leave_effect_slowly(fait, *, now):
    leave_effect(fait, now=now)
    if first_time(fait):
        time.sleep(60)


def die_once_committed(fait, *, now):
    leave_effect(fait, now=now)
    if first_time(fait):
        transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))


def die_always(fait, *, now):
    os.kill(os.getpid(), signal.SIGKILL)


def never_end(fait, *, now):
    first_time(fait)
    threading.Event().wait()


def fail(fait, *, now):
    raise ValueError("Mme Dupont, 1 rue des Lilas")


calls = []


def note(*, now, **ids):
    calls.append((ids, now))


def fail_plainly(*, now, **ids):
    raise LookupError("Mme Dupont, 1 rue des Lilas")


def purge_two_batches(*, now):
    calls.append(now)
    return {1: 500, 2: 20}.get(len(calls), 0)


def purge_badly(*, now):
    raise OSError("disque plein")


def defer_note(**ids):
    travaux.defer(f"{ICI}.note", **ids)


def defer_late(**ids):
    travaux.defer(f"{ICI}.note", delay=timedelta(hours=2), **ids)
