"""From the filing to the sealed, timestamped accusé: a web server, a worker, the demonstration's authority; and the PDF with the code."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bancs.banc_parcours import journey
from tests.bancs.mesure import Mesure
from tests.bancs.web import Client, Web, web
from tests.harnais.lieux import RACINE

DEPOTS = 40
_DUREE = (
    "SELECT extract(epoch FROM cree_at - t.depose_at) * 1000 FROM teledossiers_document d JOIN teledossiers_teledossier t ON t.id = d.sujet"
)


def measure() -> Iterator[Mesure]:
    with web() as une:
        worker = subprocess.Popen([sys.executable, "-m", "psl.commandes", "worker"], cwd=RACINE, env=une.environ)
        try:
            yield from _measure(une)
        finally:
            worker.terminate()
            worker.wait(30)


def _measure(une: Web) -> Iterator[Mesure]:
    _until(une, _file(une, 3))  # the worker has read its fonts
    avec_code = [_file_and_read(une) for _ in range(DEPOTS)]
    attendus = 3 + DEPOTS
    _until(une, attendus)
    with une.base.connect("postgres") as base:
        temps = [float(row[0]) for row in base.execute(f"{_DUREE} WHERE d.nature = 'accuse' ORDER BY d.cree_at").fetchall()[3:]]
    yield Mesure("accusé scellé et horodaté après le dépôt, p95", statistics.quantiles(temps, n=20)[18], "ms", 1000)
    yield Mesure("accusé avec le code, scellé à la demande, p95", statistics.quantiles(avec_code, n=20)[18], "ms", 1000)


def _file(une: Web, nombre: int) -> int:
    for _ in range(nombre):
        journey(Client(une.port))
    return nombre


def _file_and_read(une: Web) -> float:
    """File a request; return how long its PDF with the code takes (ms)."""
    client = Client(une.port)
    chemin = journey(client)
    debut = time.perf_counter()
    reponse = client.get(f"{chemin}.pdf")
    if b"ETSI.CAdES.detached" not in reponse.octets:
        raise AssertionError(f"{chemin}.pdf : {reponse.status}, pas de sceau")
    return (time.perf_counter() - debut) * 1000


def _until(une: Web, attendus: int) -> None:
    limite = time.monotonic() + 60
    with une.base.connect("postgres") as base:
        while base.execute("SELECT count(*) FROM teledossiers_document WHERE nature = 'accuse'").fetchone()[0] < attendus:
            if time.monotonic() > limite:
                raise AssertionError("les accusés n'arrivent pas")
            time.sleep(0.05)
