"""The civil status request through HTTP: what a whole journey costs the web processes, how fast a step is saved, what a page weighs."""

import gzip
import statistics
import threading
import time
from collections.abc import Iterator

from tests.bancs.mesure import Mesure
from tests.bancs.web import Client, Web, web
from tests.usager import gestes

PARCOURS = 60
CLIENTS = 4


def journey(client: Client, temps: list[float] | None = None) -> str:
    """File a request, every page shown then sent; return the path of its accusé. `temps` receives the duration of each step's save."""
    client.get("/mademarche/EtatCivil/demarche?action=MARIAGE")
    racine = client.post("/mademarche/EtatCivil/commencer", {"action": "MARIAGE"}).location.partition("/etape/")[0]
    for page, donnees in gestes.ETAPES.items():
        chemin = f"{racine}/etape/{page}"
        shown = client.get(chemin)
        if shown.status != 200:
            raise AssertionError(f"{chemin} : {shown.status} {shown.location}")
        debut = time.perf_counter()
        reponse = client.post(chemin, donnees)
        if temps is not None:
            temps.append((time.perf_counter() - debut) * 1000)
        if reponse.status != 302:
            raise AssertionError(f"{chemin} : {reponse.status}")
    client.get(f"{racine}/recapitulatif")
    envoi = client.post(f"{racine}/envoyer", {"declaration": "exactitude"})
    if envoi.status != 302 or not envoi.location.endswith("/accuse"):
        raise AssertionError(f"envoi : {envoi.status} {envoi.location}")
    return envoi.location


def measure() -> Iterator[Mesure]:
    with web() as une:
        for _ in range(8):
            journey(Client(une.port))
        yield _weight(une)
        reference = _cost(une, lambda: [Client(une.port).get("/aide") for _ in range(16)])
        parcours = _cost(une, lambda: journey(Client(une.port)))
        yield Mesure("parcours AEC, CPU des processus web", parcours, "ms", 45, ratio=parcours / reference)
        yield from _saves(une)
        yield Mesure("mémoire du serveur web (2 processus)", une.memory(), "Mo", 400)


def _weight(une: Web) -> Mesure:
    client = Client(une.port)
    client.get("/mademarche/EtatCivil/demarche")  # its form has the proof that the next request needs
    page = client.get(client.post("/mademarche/EtatCivil/commencer", {"action": "MARIAGE"}).location)
    total = len(gzip.compress(page.octets, 6)) if not page.octets.startswith(b"\x1f\x8b") else len(page.octets)
    client.entetes["Accept-Encoding"] = "br, gzip"
    for adresse in set(_assets(page.octets)):
        total += len(client.get(adresse).octets)
    return Mesure("première page de formulaire, transférée sans polices", total / 1000, "ko", 25)


def _assets(page: bytes) -> list[str]:
    texte = page.decode()
    return [part.partition('"')[0] for part in texte.split('"') if part.startswith("/static/")]


def _cost(une: Web, action: object) -> float:
    before = une.cpu()
    for _ in range(PARCOURS):
        action()  # type: ignore[operator]
    return (une.cpu() - before) / PARCOURS


def _saves(une: Web) -> Iterator[Mesure]:
    temps: list[float] = []
    before = une.cpu()
    clients = [threading.Thread(target=lambda: [journey(Client(une.port), temps) for _ in range(15)]) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    cpu = (une.cpu() - before) / (15 * CLIENTS)
    rangs = statistics.quantiles(temps, n=100)
    yield Mesure("enregistrement d'une étape, p50, 4 clients", rangs[49], "ms", 10)
    yield Mesure("enregistrement d'une étape, p95, 4 clients", rangs[94], "ms", 20)
    yield Mesure("parcours AEC sous 4 clients, CPU web", cpu, "ms", 45)
