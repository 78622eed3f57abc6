"""The content: its import, whether all of it renders, what a page costs, how many a second with validators, what travels.

The shipped selection, or the whole corpus when PSL_BANC_FICHES names its archive.
"""

import gzip
import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

from tests.bancs.mesure import Mesure
from tests.bancs.web import Web, web
from tests.harnais.lieux import RACINE

ARCHIVE = os.environ.get("PSL_BANC_FICHES", "")  # read before the settings of the tests forget it
PAGES = ("F1427", "F1344", "F14128", "N19810", "R1406", "F21089", "F1372")
TOURS = 150
DUREE = 4.0


def measure() -> Iterator[Mesure]:
    with web() as une:
        yield from content(une)
        addresses = [f"/particuliers/vosdroits/{ident}" for ident in PAGES]
        seen = {address: ask(une.port, address) for address in addresses for _ in range(8)}  # each process makes each page once
        yield Mesure("page de fiche, octets transférés", max(len(body) for _, body in seen.values()) / 1000, "ko", 20)
        start = une.cpu()
        for _ in range(TOURS):
            for address in addresses:
                ask(une.port, address)
        yield Mesure("page de fiche, CPU à chaud", (une.cpu() - start) / (TOURS * len(addresses)), "ms", 6)
        whole = rate(une, dict.fromkeys(addresses, ""))
        known = rate(une, {address: etag for address, (etag, _) in seen.items()})
        yield Mesure("pages de fiches par seconde, avec validateur", known, "/s", 500, "min", ratio=known / whole)


def content(une: Web) -> Iterator[Mesure]:
    """Import the archive, twice, then render every document of the base; a command that fails, or tells a fault, stops the benchmark."""
    if ARCHIVE:
        yield Mesure("import du corpus entier", command(une, "importer", ARCHIVE)[0], "s", 60)
        yield Mesure("le même import, rien n'ayant changé", command(une, "importer", ARCHIVE)[0], "s", 60)
    seconds, told = command(une, "verifier")
    rendus, fautes = (int(number) for number in re.findall(r"^(\d+) documents rendus, (\d+) en faute", told)[0])
    yield Mesure(f"documents en faute, sur {rendus} rendus en {seconds:.0f} s", fautes, "", 0)


def command(une: Web, *words: str) -> tuple[float, str]:
    """Run a command of the content; return how long it took and what it told."""
    start = time.monotonic()
    program = [sys.executable, "-m", "psl.commandes", "fiches", *words]
    done = subprocess.run(program, cwd=RACINE, env=une.environ, check=False, capture_output=True, text=True)
    print(f"    fiches {words[0]} : {' ; '.join(' '.join(line.split()) for line in done.stdout.splitlines()[:12])}{done.stderr}")
    return time.monotonic() - start, done.stdout


def ask(port: int, address: str, etag: str = "") -> tuple[str, bytes]:
    """Return the name of the content and the body as it travelled."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", address, headers=_headers(etag))
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status == 200 and not gzip.decompress(body):
        raise RuntimeError(f"{address} : page vide")
    return response.headers["ETag"], body


def _headers(etag: str) -> dict[str, str]:
    return {"Accept-Encoding": "gzip", "Accept-Language": "fr"} | ({"If-None-Match": etag} if etag else {})


def rate(une: Web, etags: dict[str, str]) -> float:
    """Return how many answers a second four readers get."""
    counts = [0] * 4
    until = time.perf_counter() + DUREE

    def read(rank: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", une.port, timeout=10)
        while time.perf_counter() < until:
            for address, etag in etags.items():
                connection.request("GET", address, headers=_headers(etag))
                response = connection.getresponse()
                response.read()
                counts[rank] += response.status == (304 if etag else 200)

    threads = [threading.Thread(target=read, args=(rank,)) for rank in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / DUREE


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")
    for mesure in measure():
        print(mesure)
