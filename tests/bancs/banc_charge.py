"""100 usagers and 20 agents for 5 minutes on the platform of `make run`: no error, quick answers, flat memory.

Each usager walks the whole civil status request again and again, with the time to think a page; one request in four brings a file.
Each agent logs in with both factors, then lists, reads, takes and decides.
`PSL_BANC_MINUTES` shortens it for a try; the limits are those of five minutes.
"""

import gzip
import http.client
import os
import random
import re
import statistics
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pyotp

from tests.bancs.lancement import Lancee, platform
from tests.bancs.mesure import Mesure
from tests.bancs.web import Client, Reponse
from tests.pieces.exemples import PDF
from tests.usager import gestes

LONG = True
MINUTES = float(os.environ.get("PSL_BANC_MINUTES", "5"))
USAGERS, AGENTS = 100, 20
REFLEXION = (1.5, 4.5)  # seconds between two pages
FICHIER = PDF.replace(b"%PDF-1.7\n", b"%PDF-1.7\n" + b"% un livret de famille\n" * 1500, 1)
_JETON = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(r'name="version" value="([0-9]+)"')
_LETTRE = re.compile(r'name="lettre"[^>]*>\n(.*?)</textarea>', re.DOTALL)
_DOSSIER = re.compile(r'href="(/agent/dossier/[0-9a-f-]{36})"')
_INACHEVES = "procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name NOT LIKE '%periodi%'"


class Perdu(Exception):  # noqa: N818 -- somebody who cannot go on, not a fault of this program
    """The platform did not answer as it should: the walk cannot go on."""


class Devance(Exception):  # noqa: N818
    """A colleague took this one first: the platform said so, in words."""


@dataclass
class Releves:
    """What everybody saw; appends are atomic."""

    usagers: list[float] = field(default_factory=list)
    agents: list[float] = field(default_factory=list)
    erreurs: Counter[str] = field(default_factory=Counter)
    faits: Counter[str] = field(default_factory=Counter)
    memoire: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: {"web": [], "travaux": []})
    fini: threading.Event = field(default_factory=threading.Event)


class Presse(Client):
    """A browser that accepts gzip, counts its time, and thinks before it asks."""

    def prepare(self, releves: Releves, temps: list[float], hasard: random.Random) -> None:
        self.releves, self.temps, self.hasard = releves, temps, hasard
        self.entetes["Accept-Encoding"] = "gzip"

    def send_file(self, path: str, piece: str) -> Reponse:
        borne = uuid.uuid4().hex
        parties = [f'--{borne}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.jeton}\r\n']
        parties.append(f'--{borne}\r\nContent-Disposition: form-data; name="{piece}"; filename="livret.pdf"\r\n')
        corps = "".join(parties).encode() + b"Content-Type: application/pdf\r\n\r\n" + FICHIER + f"\r\n--{borne}--\r\n".encode()
        return self._ask("POST", path, corps, {"Content-Type": f"multipart/form-data; boundary={borne}"})  # type: ignore[arg-type]

    def expect(self, statut: int, reponse: Reponse, lieu: str) -> Reponse:
        if reponse.status != statut:
            raise Perdu(f"{lieu} : {reponse.status} au lieu de {statut}")
        return reponse

    def _ask(self, verbe: str, path: str, corps: str | None, entetes: dict[str, str]) -> Reponse:
        if self.releves.fini.wait(self.hasard.uniform(*REFLEXION)):
            raise InterruptedError
        debut = time.perf_counter()
        try:
            reponse = super()._ask(verbe, path, corps, entetes)
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise Perdu(f"{verbe} {type(error).__name__}") from error
        self.temps.append((time.perf_counter() - debut) * 1000)
        if reponse.octets.startswith(b"\x1f\x8b"):
            reponse = Reponse(reponse.status, reponse.location, gzip.decompress(reponse.octets))
        if trouve := _JETON.search(reponse.octets):
            self.jeton = trouve.group(1).decode()
        return reponse


def file_one(client: Presse) -> None:
    """Walk the whole journey once, as one person in a browser of their own."""
    client.expect(200, client.get("/mademarche/EtatCivil/demarche?action=MARIAGE"), "départ")
    commence = client.expect(302, client.post("/mademarche/EtatCivil/commencer", {"action": "MARIAGE"}), "commencer")
    racine = commence.location.partition("/etape/")[0]
    for page, donnees in gestes.ETAPES.items():
        chemin = f"{racine}/etape/{page}"
        client.expect(200, client.get(chemin), f"montrer {page}")
        client.expect(302, _save(client, chemin, donnees), f"enregistrer {page}")
    client.expect(200, client.get(f"{racine}/recapitulatif"), "récapitulatif")
    client.expect(302, client.post(f"{racine}/envoyer", {"declaration": "exactitude"}), "envoyer")
    client.expect(200, client.get(f"{racine}/accuse"), "accusé")
    client.releves.faits["demandes"] += 1


def _save(client: Presse, chemin: str, donnees: Mapping[str, str]) -> Reponse:
    if chemin.endswith("/pieces") and client.hasard.random() < 0.25:
        client.releves.faits["fichiers"] += 1
        return client.send_file(chemin, "preuveFiliation")
    return client.post(chemin, donnees)


def usager(port: int, releves: Releves, graine: int) -> None:
    while not releves.fini.is_set():
        client = Presse(port)
        client.prepare(releves, releves.usagers, random.Random(f"{graine}:{time.monotonic()}"))
        _attempt(releves, lambda client=client: file_one(client))  # type: ignore[misc]
        client.connection.close()


@dataclass(frozen=True)
class Compte:
    """An agent's account: what opens it."""

    courriel: str
    mot_de_passe: str
    secret: str


def agent(port: int, releves: Releves, graine: int, compte: Compte) -> None:
    client = Presse(port)
    client.prepare(releves, releves.agents, random.Random(graine))
    _attempt(releves, lambda: _log_in(client, compte))
    while not releves.fini.is_set():
        _attempt(releves, lambda: _instruct(client))


def _log_in(client: Presse, compte: Compte) -> None:
    client.get("/agent/connexion")
    client.expect(302, client.post("/agent/connexion", {"courriel": compte.courriel, "mot_de_passe": compte.mot_de_passe}), "connexion")
    client.get("/agent/verification")
    client.expect(302, client.post("/agent/verification", {"code": pyotp.TOTP(compte.secret).now()}), "code")
    client.releves.faits["connexions"] += 1


def _instruct(client: Presse) -> None:
    """List, read, take, decide; a colleague who took the same one first is no error: the platform says so (409)."""
    recus = _DOSSIER.findall(client.expect(200, client.get("/agent/"), "liste").texte)
    if not recus:
        return
    dossier = client.hasard.choice(recus)
    vu = client.expect(200, client.get(dossier), "dossier").texte
    _kept(302, client, client.post(f"{dossier}/prise", {"version": _VERSION.findall(vu)[0], "suite": "prise"}), "prise")
    formulaire = _kept(200, client, client.get(f"{dossier}/acceptation"), "répondre").texte
    reponse = {"version": _VERSION.findall(formulaire)[0], "lettre": _LETTRE.findall(formulaire)[0]}
    _kept(302, client, client.post(f"{dossier}/acceptation", reponse), "acceptation")
    client.releves.faits["décisions"] += 1


def _kept(statut: int, client: Presse, reponse: Reponse, lieu: str) -> Reponse:
    if reponse.status == 409:
        raise Devance
    return client.expect(statut, reponse, lieu)


def _attempt(releves: Releves, geste: Callable[[], None]) -> None:
    try:
        geste()
    except InterruptedError:
        return
    except Devance:
        releves.faits["pris par un collègue"] += 1
    except Perdu as perdu:
        releves.erreurs[str(perdu)] += 1
    except Exception as error:  # a page that is not what it should be: an error of the platform, not the end of the benchmark
        releves.erreurs[f"page inattendue : {error!r}"] += 1


def measure() -> Iterator[Mesure]:
    with platform() as lancee:
        comptes = [_account(lancee, rang) for rang in range(AGENTS)]
        releves = _load(lancee, comptes)
        for quoi, compte in releves.faits.items():
            print(f"  {quoi} : {compte}")
        for quoi, compte in releves.erreurs.most_common(10):
            print(f"  {compte} × {quoi}")
        yield from _report(releves)
        yield from _work(lancee)


def _account(lancee: Lancee, rang: int) -> Compte:
    courriel = f"charge{rang}@la-rochelle.example.org"
    cree = lancee.psl("agent", "creer", courriel, f"Agent Charge {rang}").stdout
    habilite = lancee.psl("agent", "habiliter", courriel, "la-rochelle-etat-civil")
    if habilite.returncode:
        raise RuntimeError(habilite.stderr)
    lignes = dict(ligne.split(maxsplit=1) for ligne in cree.replace("Mot de passe", "Passe").splitlines()[:2])
    return Compte(courriel, lignes["Passe"], lignes["Secret"])


def _load(lancee: Lancee, comptes: list[Compte]) -> Releves:
    releves = Releves()
    fils = [threading.Thread(target=usager, args=(lancee.port, releves, rang)) for rang in range(USAGERS)]
    fils += [threading.Thread(target=agent, args=(lancee.port, releves, rang, compte)) for rang, compte in enumerate(comptes)]
    debut = time.monotonic()
    for fil in fils:
        fil.start()
    while (passe := time.monotonic() - debut) < MINUTES * 60:
        for cible, valeurs in releves.memoire.items():
            valeurs.append((passe, sum(_rss(pid) for pid in lancee.pids(cible))))
        time.sleep(2)
    releves.fini.set()
    for fil in fils:
        fil.join()
    return releves


def _rss(pid: int) -> float:
    try:
        lignes = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(ligne.split()[1]) / 1024 for ligne in lignes if ligne.startswith("VmRSS:")), 0.0)


def _report(releves: Releves) -> Iterator[Mesure]:
    tous = releves.usagers + releves.agents
    yield Mesure("charge : requêtes", len(tous), "", 100 * MINUTES, "min")
    yield Mesure("charge : demandes envoyées", releves.faits["demandes"], "", 20 * MINUTES, "min")
    yield Mesure("charge : réponses données par les agents", releves.faits["décisions"], "", 5 * MINUTES, "min")
    yield Mesure("charge : erreurs", sum(releves.erreurs.values()), "", 0)
    for nom, temps in (("tous", tous), ("usagers", releves.usagers), ("agents", releves.agents)):
        yield Mesure(f"charge : p95, {nom}", statistics.quantiles(temps, n=100)[94], "ms", 300)
    for cible, valeurs in releves.memoire.items():
        minute = min(60.0, MINUTES * 20)
        debut = statistics.median(mo for passe, mo in valeurs if minute / 2 <= passe <= minute)
        fin = statistics.median(mo for passe, mo in valeurs if passe >= MINUTES * 60 - minute / 2)
        yield Mesure(f"charge : mémoire à la fin, {cible} ({len(valeurs)} relevés)", fin, "Mo", 500)
        yield Mesure(f"charge : mémoire, dernière minute sur première, {cible}", fin / debut, "×", 1.1)


def _work(lancee: Lancee) -> Iterator[Mesure]:
    """Say how long the workers took to be done with everything, and what they parked."""
    debut = time.monotonic()
    with psycopg.connect(lancee.url, autocommit=True) as connection:
        while time.monotonic() - debut < 120 and _count(connection, _INACHEVES):
            time.sleep(0.5)
        yield Mesure("charge : travaux finis après le dernier envoi", time.monotonic() - debut, "s", 30)
        yield Mesure("charge : travaux arrêtés", _count(connection, "journal_panne WHERE rejouee_at IS NULL"), "", 0)


def _count(connection: psycopg.Connection, table: str) -> int:
    ligne = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # type: ignore[call-overload]
    return int(ligne[0])
