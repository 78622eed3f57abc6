"""`kill -9` of web, worker and database at random while requests are sent: every acknowledged one there whole, once, its work done."""

import contextlib
import http.client
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg

from tests.bancs.lancement import Lancee, platform
from tests.bancs.mesure import Mesure
from tests.bancs.web import Client, Reponse
from tests.usager import gestes

LONG = True
ENVOIS = int(os.environ.get("PSL_BANC_ENVOIS", "500"))
CLIENTS = 4
PATIENCE = 180  # seconds for one request to be answered at last, and for the work to be done at the end


@dataclass
class Bilan:
    """What the usagers were told."""

    acquittes: set[str] = field(default_factory=set)
    erreurs: int = 0
    morts: dict[str, int] = field(default_factory=dict)


def measure() -> Iterator[Mesure]:
    with platform(PSL_RELANCES_MILLIEMES="20") as lancee:
        yield from _verdict(lancee, _storm(lancee))


def _storm(lancee: Lancee) -> Bilan:
    bilan, fini, reste = Bilan(), threading.Event(), iter(range(ENVOIS))
    verrou = threading.Lock()

    def usager() -> None:
        while True:
            with verrou:
                if next(reste, None) is None:
                    return
            brouillon = _file(lancee.port, bilan)
            bilan.acquittes.add(brouillon)

    tueur = threading.Thread(target=_kill_around, args=(lancee, bilan, fini))
    usagers = [threading.Thread(target=usager) for _ in range(CLIENTS)]
    for fil in [tueur, *usagers]:
        fil.start()
    for fil in usagers:
        fil.join()
    fini.set()
    tueur.join()
    return bilan


class Tenace(Client):
    """A usager who tries again when nothing, or an error of the platform, comes back."""

    bilan: Bilan

    def _ask(self, verbe: str, path: str, corps: str | None, entetes: dict[str, str]) -> Reponse:
        until = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                reponse = super()._ask(verbe, path, corps, entetes)
                if reponse.status < 500:
                    return reponse
            self.bilan.erreurs += 1
            self.connection.close()
            if time.monotonic() > until:
                raise RuntimeError(f"{verbe} {path} : rien après {PATIENCE} s")
            time.sleep(0.3)


def _file(port: int, bilan: Bilan) -> str:
    client = Tenace(port)
    client.bilan = bilan
    client.get("/mademarche/EtatCivil/demarche?action=MARIAGE")
    racine = client.post("/mademarche/EtatCivil/commencer", {"action": "MARIAGE"}).location.partition("/etape/")[0]
    for page, donnees in gestes.ETAPES.items():
        client.get(f"{racine}/etape/{page}")
        client.post(f"{racine}/etape/{page}", donnees)
    envoi = client.post(f"{racine}/envoyer", {"declaration": "exactitude"})
    if not envoi.location.endswith("/accuse"):
        raise RuntimeError(f"envoi : {envoi.status} {envoi.location}")
    return racine.rpartition("/")[2]


def _kill_around(lancee: Lancee, bilan: Bilan, fini: threading.Event) -> None:
    hasard = random.Random(20261123)
    while not fini.wait(hasard.uniform(1.5, 3.5)):
        cible = hasard.choice(["web", "web", "travaux", "travaux", "postgres"])
        if pids := lancee.pids(cible):
            with contextlib.suppress(ProcessLookupError):
                os.kill(hasard.choice(pids), signal.SIGKILL)
            bilan.morts[cible] = bilan.morts.get(cible, 0) + 1


_CONTROLES = {
    "dépôts sans brouillon acquitté": "SELECT count(*) FROM teledossiers_depot WHERE NOT brouillon = ANY(%(a)s::uuid[])",
    "acquittés sans dépôt": """SELECT count(*) FROM unnest(%(a)s::uuid[]) b
        WHERE NOT EXISTS (SELECT FROM teledossiers_depot WHERE brouillon = b)""",
    "télédossiers en double": "SELECT count(*) - count(DISTINCT brouillon) FROM teledossiers_depot",
    "télédossiers sans affectation unique": """SELECT count(*) FROM teledossiers_teledossier t
        WHERE (SELECT count(*) FROM routage_affectation a WHERE a.teledossier = t.id) <> 1""",
    "affectations sans copie": """SELECT count(*) FROM routage_affectation a
        WHERE NOT EXISTS (SELECT FROM routage_copie c WHERE c.affectation_id = a.id)""",
    "affectations sans instruction": """SELECT count(*) FROM routage_affectation a
        WHERE NOT EXISTS (SELECT FROM instruction_instruction i WHERE i.id = a.id)""",
    "télédossiers sans accusé PDF": """SELECT count(*) FROM teledossiers_teledossier t
        WHERE (SELECT count(*) FROM teledossiers_document d WHERE d.sujet = t.id AND d.nature = 'accuse') <> 1""",
    "accusés non envoyés": "SELECT count(*) FROM courriers_envoi WHERE gabarit = 'accuse' AND etat <> 'envoye'",
    "travaux inachevés": "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name NOT LIKE '%%periodi%%'",
    "travaux arrêtés": "SELECT count(*) FROM journal_panne WHERE rejouee_at IS NULL",
}


def _verdict(lancee: Lancee, bilan: Bilan) -> Iterator[Mesure]:
    until = time.monotonic() + PATIENCE
    while True:
        comptes = _counts(lancee.url, sorted(bilan.acquittes))
        if not any(comptes.values()) or time.monotonic() > until:
            break
        time.sleep(2)
    yield Mesure("envois acquittés", len(bilan.acquittes), "envois", ENVOIS, "min")
    yield Mesure("processus tués", sum(bilan.morts.values()), "morts", 10, "min")
    for nom, compte in comptes.items():
        yield Mesure(nom, compte, "", 0)
    yield Mesure("anomalies du journal", 0 if lancee.psl("journal", "verifier").returncode == 0 else 1, "", 0)


def _counts(url: str, acquittes: list[str]) -> dict[str, float]:
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
        return {nom: float(connection.execute(sql, {"a": acquittes}).fetchone()[0]) for nom, sql in _CONTROLES.items()}  # type: ignore[index]
    return {"base injoignable": 1.0}
