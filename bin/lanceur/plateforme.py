"""`make run`: the base, the tables, the data, then web, worker and simulators until somebody asks to stop."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from lanceur import antivirus, ecran, postgresql, taches
from lanceur.environnement import PYTHON, VENV, child_environment
from lanceur.etat import Etat, abri
from lanceur.panne import Panne
from lanceur.processus import Arret, Interrompu, Processus

if TYPE_CHECKING:
    from collections.abc import Iterator

HOTE = "127.0.0.1"
ATTENTE = 60  # seconds for every part to be up
MORTS_AU_DEPART = 3


def run() -> int:
    """Start everything, show the screen, watch; return when all is stopped."""
    arret = Arret()
    port = _port()
    etat = Etat()
    etat.prepare()
    try:
        with etat.held(f"http://{HOTE}:{port}"):
            # What a killed launcher left is stopping by itself: leave it the time.
            _check_ports(port, patience=8 if etat.environnement.exists() else 0)
            with _base(etat) as serveur:
                _serve(etat, port, serveur, arret)
    except Interrompu:
        pass
    print("Tout est arrêté.", flush=True)
    return 0


def _serve(etat: Etat, port: int, serveur: postgresql.Serveur | None, arret: Arret) -> None:
    environ = _environment(etat, port, serveur)
    assets = taches.EnCours(taches.ASSETS, etat, environ, arret, taches.assets_state())
    try:
        _fill(etat, environ, serveur, arret)
    finally:
        assets.wait()
    processus = _processes(etat, environ, port)
    try:
        print(antivirus.describe(), flush=True)
        for un in processus:
            un.start()
        _wait_ready(port, processus, arret)
        ecran.show(etat, port)
        _watch(processus, serveur, arret)
    finally:
        print("\nArrêt…", flush=True)
        etat.environnement.unlink(missing_ok=True)
        for un in processus:
            un.stop()


def _fill(etat: Etat, environ: dict[str, str], serveur: postgresql.Serveur | None, arret: Arret) -> None:
    """Migrate and load; with a server of somebody else's what was done before says nothing, so both are done again."""
    ailleurs = "" if serveur else f"{os.environ['DATABASE_URL']} {time.time()}"
    for tache in (taches.MIGRER, taches.DEMONSTRATION):
        arret.check()
        taches.EnCours(tache, etat, environ, arret, ailleurs).wait()


@contextlib.contextmanager
def _base(etat: Etat) -> Iterator[postgresql.Serveur | None]:
    """Run the embedded server, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    binaires = postgresql.find_binaries(VENV)
    if postgresql.demoted():
        binaires = postgresql.readable_binaries(binaires, abri())
    serveur = postgresql.Serveur(etat.base(), binaires, journal=etat.journaux / "base.log")
    try:
        if not serveur.exists:
            print("Création de la base…", flush=True)
            serveur.create()
        serveur.start()
        yield serveur
    finally:
        serveur.stop()


def _environment(etat: Etat, port: int, serveur: postgresql.Serveur | None) -> dict[str, str]:
    """Return what every process is told; bin/psl finds the same in the state folder while the platform runs."""
    ours = {"PSL_ADRESSE": os.environ.get("PSL_ADRESSE", f"http://{HOTE}:{port}"), "PSL_SMTP_PORT": str(port + 2), "PORT": str(port)}
    ours.update(antivirus.settings(etat))
    if serveur:
        ours["DATABASE_URL"] = serveur.url("psl_application")
        ours["DATABASE_URL_PROPRIETAIRE"] = serveur.url("psl_proprietaire")
        ours["DATABASE_URL_PURGE"] = serveur.url("psl_purge")
        etat.environnement.write_text(json.dumps(ours), encoding="utf-8")
    # Threads that allocate in a few arenas instead of eight each leave less memory unused (glibc).
    memoire = {"MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2")}
    return {**child_environment(), **memoire, **ours, "PSL_ETAT": str(etat.dossier)}


def _processes(etat: Etat, environ: dict[str, str], port: int) -> list[Processus]:
    granian = ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "8", "--no-ws", "--log-level", "warning"]
    web = [*granian, "--host", HOTE, "--port", str(port), "--respawn-failed-workers", "--workers-kill-timeout", "5", "psl.wsgi:application"]
    modules = {"web": web, "travaux": ["psl.commandes", "worker"], "simulateurs": ["psl.simulateurs"]}
    if atelier := os.environ.get("PSL_ATELIER"):
        modules["demarche"] = ["psl.commandes", "demarche", "suivre", atelier]
    processus = {nom: Processus(nom, [str(PYTHON), "-m", *reste], environ, etat.journaux / f"{nom}.log") for nom, reste in modules.items()}
    processus["web"].si_orphelin = signal.SIGTERM
    demon = antivirus.process(etat, environ)
    return [*([demon] if demon else []), *processus.values()]


def _watch(processus: list[Processus], serveur: postgresql.Serveur | None, arret: Arret) -> None:
    while not arret.demande:
        if serveur and not serveur.is_alive():
            print("La base s'est arrêtée : relance.", flush=True)
            serveur.restart()
        for un in processus:
            _revive(un)
        time.sleep(0.2)


def _wait_ready(port: int, processus: list[Processus], arret: Arret) -> None:
    """Wait until /sante says 200; a part that dies is started again meanwhile, but one that keeps dying ends the start."""
    until = time.monotonic() + ATTENTE
    manque = ""
    while time.monotonic() < until:
        arret.check()
        manque = _missing(port)
        if not manque:
            return
        for un in processus:
            _revive(un)
            if un.morts > MORTS_AU_DEPART:
                raise Panne(f"« {un.nom} » ne démarre pas :\n{un.last_words()}\n(journal entier : {un.journal})")
        time.sleep(0.1)
    raise Panne(f"La plateforme n'est pas prête après {ATTENTE} secondes : {manque}. Journaux : {processus[0].journal.parent}")


def _revive(un: Processus) -> None:
    if evenement := un.revive():
        print(evenement, flush=True)


def _missing(port: int) -> str:
    """Return what /sante finds missing, in words; nothing when all is up."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://{HOTE}:{port}/sante", timeout=5):
            return ""
    except urllib.error.HTTPError as error:
        return _missing_parts(error.read()) or f"le web répond par une erreur {error.code}"
    except OSError as error:
        return f"le web ne répond pas ({error})"


def _missing_parts(corps: bytes) -> str:
    try:
        parties = json.loads(corps)["parties"]
    except (ValueError, KeyError):
        return ""
    return "manquent " + ", ".join(nom for nom, est_la in parties.items() if not est_la)


def _port() -> int:
    texte = os.environ.get("PORT") or "8000"
    if not (texte.isdecimal() and 1024 <= int(texte) <= 65000):
        raise Panne(f"PORT vaut « {texte} » : donnez un nombre de 1024 à 65000.")
    return int(texte)


def _check_ports(port: int, *, patience: float) -> None:
    """Refuse a port that somebody listens on: the web server shares its port among its workers, so it would not notice."""
    until = time.monotonic() + patience
    while pris := [numero for numero in (port, port + 1, port + 2) if _is_taken(numero)]:
        if time.monotonic() > until:
            raise Panne(f"Le port {pris[0]} est déjà pris : choisissez-en un autre, par exemple « make run PORT={port + 100} ».")
        time.sleep(0.1)


def _is_taken(port: int) -> bool:
    with socket.socket() as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind((HOTE, port))
        except OSError:
            return True
    return False
