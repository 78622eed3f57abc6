"""Démarches of known sizes through HTTP: what a whole journey costs the web processes, how fast a step is saved.

A journey: the start page, start, each page shown then sent, the recap, the submit. Every rule is evaluated by the server at every step,
every step is durable, CSRF, languages, logs and journal included.
"""

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.bancs import procedures
from tests.bancs.mesure import Mesure
from tests.bancs.procedures import L, M, S, Taille
from tests.bancs.web import Client, Web, web
from tests.harnais.lieux import RACINE

LIMITES = {S: 9, M: 20, L: 45}
SERIES, PAR_SERIE = 12, 8
CLIENTS, PARCOURS = 4, 12
PUBLIER = """
import django
django.setup()
from psl.demarches.operations import publish_catalogue
from psl.socle import clock
publish_catalogue(now=clock.now())
"""


def journey(une: Web, taille: Taille, temps: list[float] | None = None) -> None:
    """File a request of that size. `temps` receives the duration of each step's save."""
    client = Client(une.port)
    client.get(f"/mademarche/Banc{taille.nom}/demarche")
    racine = client.post(f"/mademarche/Banc{taille.nom}/commencer", {}).location.partition("/etape/")[0]
    for page, donnees in procedures.posts(taille):
        chemin = f"{racine}/etape/{page}"
        shown = client.get(chemin)
        debut = time.perf_counter()
        reponse = client.post(chemin, donnees)
        if temps is not None:
            temps.append((time.perf_counter() - debut) * 1000)
        if (shown.status, reponse.status) != (200, 302):
            raise AssertionError(f"{chemin} : {shown.status} {reponse.status}")
    client.get(f"{racine}/recapitulatif")
    envoi = client.post(f"{racine}/envoyer", {"declaration": "exactitude"})
    if envoi.status != 302 or not envoi.location.endswith("/accuse"):
        raise AssertionError(f"envoi : {envoi.status} {envoi.location}")


def measure() -> Iterator[Mesure]:
    """Measure S, M and L one client at a time, then M with four."""
    with tempfile.TemporaryDirectory() as catalogue, web() as une:
        for taille in LIMITES:
            procedures.write(taille, Path(catalogue))
        subprocess.run(
            [sys.executable, "-c", PUBLIER],
            cwd=RACINE,
            env={**une.environ, "PSL_CATALOGUE": catalogue, "DJANGO_SETTINGS_MODULE": "psl.settings"},
            check=True,
        )
        reference = _cost(une, lambda: [Client(une.port).get("/aide") for _ in range(10)])
        for taille, limite in LIMITES.items():
            cout = _cost(une, partial(journey, une, taille))
            yield Mesure(f"parcours {taille.nom}, CPU des processus web", cout, "ms", limite, ratio=cout / reference)
        rangs = statistics.quantiles(_saves(une), n=100)
        yield Mesure("enregistrement d'une étape de M, p50, 4 clients", rangs[49], "ms", 10)
        yield Mesure("enregistrement d'une étape de M, p95, 4 clients", rangs[94], "ms", 20)


def _cost(une: Web, action: Callable[[], object]) -> float:
    """Return the CPU of the web processes for one action: the median of several series, the first two apart."""
    couts = []
    for _ in range(SERIES):
        before = une.cpu()
        for _ in range(PAR_SERIE):
            action()
        couts.append((une.cpu() - before) / PAR_SERIE)
    return statistics.median(couts[2:])


def _insist(une: Web, temps: list[float]) -> None:
    for _ in range(PARCOURS):
        journey(une, M, temps)


def _saves(une: Web) -> list[float]:
    temps: list[float] = []
    clients = [threading.Thread(target=_insist, args=(une, temps)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return temps
