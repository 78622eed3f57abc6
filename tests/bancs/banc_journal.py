"""The journal: what a fait costs beside a plain INSERT, sealing, verifying, keys, and how soon a worker wakes."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.bancs.mesure import Mesure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from psl.journal import operations as journal  # noqa: E402
from psl.journal import queries, verification  # noqa: E402
from psl.socle import cles, clock, crypto, ports  # noqa: E402
from psl.socle.acteur import SYSTEME, scope  # noqa: E402
from psl.socle.uuid7 import uuid7  # noqa: E402
from tests.harnais import bases  # noqa: E402
from tests.harnais.lieux import RACINE  # noqa: E402

TOURS = 400
_PLAIN = "INSERT INTO journal_traitement (fait_id, handler, at) VALUES (%s, %s, %s) RETURNING id"


def measure() -> Iterator[Mesure]:
    with _base() as base:
        yield from _faits()
        yield from _sealing()
        yield from _keys()
        yield _waking(base)


def _faits() -> Iterator[Mesure]:
    with transaction.atomic():
        plain = _time(_insert)
        for count, limit in ((0, 3), (1, 3), (2, 3)):
            cost = _time(lambda count=count: _record(f"essai.{('muet', 'suivi', 'double')[count]}"))
            yield Mesure(f"fait, {count} travail dû, dans sa transaction", cost, "ms", limit, ratio=cost / plain)
    committed = _time(_commit)
    yield Mesure("transaction d'un fait et de son travail", committed, "ms", 5, ratio=committed / plain)


def _sealing() -> Iterator[Mesure]:
    waiting = queries.unsealed()
    start = time.perf_counter()
    journal.seal(now=clock.now())
    yield Mesure("sceller mille faits", (time.perf_counter() - start) / waiting * 1e6, "ms", 500)
    start = time.perf_counter()
    if verification.verify():
        raise AssertionError("le journal du banc n'est pas intact")
    yield Mesure("vérifier mille faits", (time.perf_counter() - start) / waiting * 1e6, "ms", 500)


def _keys() -> Iterator[Mesure]:
    objet = uuid7()
    with scope(SYSTEME):
        key = cles.create("depot", objet, sujet=objet, now=clock.now())
        coffre, mois = crypto.coffre(), cles.periode(clock.now())
        box = coffre.wrap(key, mois)
        gcm = _time(lambda: crypto.decrypt(key, crypto.encrypt(key, key))) * 500
        yield Mesure("envelopper une clé", wrap := _time(lambda: coffre.wrap(key, mois)) * 1000, "µs", 20, ratio=wrap / gcm)
        yield Mesure("ouvrir une enveloppe", opened := _time(lambda: coffre.unwrap(box, mois)) * 1000, "µs", 20, ratio=opened / gcm)
        yield Mesure("lire et ouvrir une clé", _time(lambda: cles.open_key("depot", objet)), "ms", 1)


def _waking(base: bases.Base) -> Mesure:
    """Measure from commit to the committed effect of its handler, in another process."""
    environ = {**base.environ(str(settings.ETAT)), "DJANGO_SETTINGS_MODULE": "tests.journal.reglages_ouvrier", "PSL_LOG": "CRITICAL"}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    process = subprocess.Popen([sys.executable, "-m", "psl.commandes", "worker"], cwd=RACINE, env=environ)
    try:
        waits = [_wait_for_effect() for _ in range(31)][1:]
    finally:
        process.terminate()
        process.wait(10)
    return Mesure("du commit à l'effet du travail, p95", sorted(waits)[28] * 1000, "ms", 100)


def _wait_for_effect() -> float:
    sujet = uuid7()
    with transaction.atomic():
        journal.record("essai.suivi", sujet, by=SYSTEME, at=clock.now())
    start = time.perf_counter()
    while len(queries.of(sujet)) < 2:
        if time.perf_counter() > start + 30:
            raise AssertionError("l'ouvrier ne répond pas")
        time.sleep(0.001)
    return time.perf_counter() - start


def _insert() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, [uuid7(), "banc", clock.now()])


def _record(sorte: str) -> None:
    journal.record(sorte, uuid7(), by=SYSTEME, at=clock.now(), corps={"motif": "essai", "rang": 1})


def _commit() -> None:
    with transaction.atomic():
        _record("essai.suivi")


def _time(call: Callable[[], object]) -> float:
    """Return the median of a call, in milliseconds."""
    spent = []
    for _ in range(TOURS):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent) * 1000


@contextmanager
def _base() -> Iterator[bases.Base]:
    etat = tempfile.mkdtemp(prefix="psl-banc-")
    base = bases.copy(etat=etat)
    settings.ETAT, settings.ENCHAINEMENTS = etat, "tests.journal.enchainements.TABLE"
    ports.forget()
    for alias in ("default", "purge"):
        connections[alias].close()
        connections.databases[alias] |= {"NAME": base.nom, "HOST": str(base.prise)}
    try:
        yield base
    finally:
        connections.close_all()
        bases.drop(base)
