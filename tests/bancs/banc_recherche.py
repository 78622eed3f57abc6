"""The search: what it finds on the judged sets beside plain ts_rank and bm25, and how long a page and a suggestion take, 4 clients.

Over the shipped selection, or the whole corpus when PSL_BANC_FICHES names its archive.
"""

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from tests.bancs.mesure import Mesure
from tests.bancs.web import Client, Web, web

ARCHIVE = os.environ.get("PSL_BANC_FICHES", "")  # read before the settings of the tests forget it
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.reglages")

import django  # noqa: E402

django.setup()

from tests.bancs.moteurs import Corpus, Engine, bm25, idents, judge, load, ours, ts_rank  # noqa: E402
from tests.harnais import bases  # noqa: E402
from tests.harnais.lieux import RACINE  # noqa: E402
from tests.pertinence import Jugee, altered, judged, misspelt  # noqa: E402

FAUTES = 3  # slips drawn for each query
QUESTIONS = 600
CLIENTS = 4
MOT = "ornithorynque"  # stands in no document
TEMOIN = """
INSERT INTO fiches_fiche (ident, audience, genre, titre, sujet, description, theme, dossier, url, numero, arbre, empreinte)
VALUES ('F987654', 'particuliers', 'fiche', %(titre)s, '', '', '', '', '', '', '[]', '')
"""
LIVRAISON = """
INSERT INTO fiches_livraison (source, licence, contenu_on, empreinte, importee_at, rapport)
SELECT source, licence, contenu_on, 'banc', importee_at, rapport FROM fiches_livraison ORDER BY id DESC LIMIT 1
"""
# Set → share answered in the three first, mean reciprocal rank; the other engines are printed, and held to nothing.
ATTENDUS = {
    "quotidien": (0.95, 0.87),
    "quotidien, moitié jamais réglée": (0.95, 0.87),
    "une faute": (0.92, 0.0),
    "une faute, moitié jamais réglée": (0.92, 0.0),
    "titres altérés": (0.99, 0.87),
}


def measure() -> Iterator[Mesure]:
    corpus = load(Path(ARCHIVE) if ARCHIVE else None)
    jeux = sets(corpus)
    with tempfile.TemporaryDirectory() as etat:
        base = bases.copy(etat=etat)
        try:
            with base.connect() as connection:
                yield from compare(corpus, jeux, {"ts_rank": ts_rank(corpus, connection), "bm25": bm25(corpus)})
        finally:
            bases.drop(base)
    with web() as serveur:
        if ARCHIVE:
            command(serveur, "fiches", "importer", ARCHIVE)
        yield from renewal(serveur, len(corpus.documents), 25)
        yield from speed(serveur, len(corpus.documents), (25, 12))


def sets(corpus: Corpus) -> dict[str, list[Jugee]]:
    """Return the judged sets, kept to the queries whose main answer, written first, is in this corpus."""
    rng, there = random.Random(2026), corpus.idents
    halves = [[one for one in judged(name) if one[1][0] in there] for name in ("quotidien", "temoin")]
    slips = [[(misspelt(q, rng), answers) for _ in range(FAUTES) for q, answers in half] for half in halves]
    titles: dict[str, set[str]] = {}
    for document in corpus.documents:
        if document.genre == "question":
            titles.setdefault(document.titre, set()).add(document.ident)
    drawn = rng.sample(sorted(titles), min(QUESTIONS, len(titles)))
    questions = [(altered(title, rng), tuple(titles[title])) for title in drawn]
    return dict(zip(ATTENDUS, [*halves, *slips, questions], strict=True))


def compare(corpus: Corpus, jeux: dict[str, list[Jugee]], autres: dict[str, Engine]) -> Iterator[Mesure]:
    engine = idents(ours(corpus))
    for name, jugees in jeux.items():
        note = judge(engine, jugees)
        besides = {autre: judge(other, jugees) for autre, other in autres.items()}
        for autre, its in besides.items():
            print(f"    {name}, {len(jugees)} requêtes, {autre} : {its.succes:.3f} dans les trois, MRR {its.mrr:.3f}, p95 {its.p95:.1f} ms")
        succes, mrr = ATTENDUS[name]
        best = max(its.succes for its in besides.values())
        yield Mesure(f"{name} ({len(jugees)}), dans les trois premiers", note.succes, "", succes, "min", ratio=note.succes / best)
        if mrr:
            yield Mesure(f"{name}, MRR à dix", note.mrr, "", mrr, "min", ratio=note.mrr / max(its.mrr for its in besides.values()))
        yield Mesure(f"{name}, moteur seul, p95", note.p95, "ms", 25)


def command(serveur: Web, *words: str) -> None:
    program = [sys.executable, "-m", "psl.commandes", *words]
    subprocess.run(program, cwd=RACINE, env=serveur.environ, check=True, stdout=subprocess.DEVNULL)


def renewal(serveur: Web, documents: int, limit: float) -> Iterator[Mesure]:
    """Publish a delivery; yield what readers wait while each process makes its next index, and how long that takes."""
    with serveur.base.connect("psl_proprietaire") as connection:
        connection.execute(TEMOIN, {"titre": MOT})
        connection.execute(LIVRAISON)
    start = time.monotonic()
    times: list[float] = []
    paths = asked("recherche", everyday())
    while not is_found(serveur):
        times += load_times(serveur.port, paths[:40])
        paths = paths[40:] + paths[:40]
    taken = time.monotonic() - start
    yield Mesure(f"page pendant que l'index se refait, {documents} documents, p95", p95(times), "ms", limit)
    yield Mesure(f"page pendant que l'index se refait, {documents} documents, la plus longue", max(times), "ms", 10 * limit)
    yield Mesure(f"de la livraison à la recherche, {documents} documents", taken, "s", 120)


def is_found(serveur: Web) -> bool:
    """Say whether every process finds what was delivered last: each connection goes to any of them."""
    return all("/vosdroits/F987654" in Client(serveur.port).get(f"/recherche?q={MOT}&exact=1").texte for _ in range(12))


def everyday() -> list[str]:
    return [q for name in ("quotidien", "temoin") for q, _ in judged(name)]


def asked(page: str, queries: list[str]) -> list[str]:
    return [f"/{page}?q={urllib.parse.quote(q)}" for q in queries]


def speed(serveur: Web, documents: int, limits: tuple[float, float]) -> Iterator[Mesure]:
    """Yield the p95 of the page of answers and of the suggestions, asked by CLIENTS at once, beside the help page asked so too."""
    pages, typed = asked("recherche", everyday()), asked("suggestions", [q[:n] for q in everyday() for n in range(2, len(q) + 1, 3)])
    for path in ("/recherche?q=permis", "/suggestions?q=permis"):
        load_pages(serveur.port, [path] * 40)
    help_page = load_pages(serveur.port, ["/aide"] * 400)
    found = load_pages(serveur.port, pages * 2)
    suggested = load_pages(serveur.port, typed)
    yield Mesure(f"page de résultats, {documents} documents, 4 clients, p95", found, "ms", limits[0], ratio=found / help_page)
    yield Mesure(f"suggestions, {documents} documents, 4 clients, p95", suggested, "ms", limits[1], ratio=suggested / help_page)
    yield Mesure(f"mémoire des deux processus web, {documents} documents", serveur.memory(), "Mo", 900)


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def load_pages(port: int, paths: list[str]) -> float:
    """Ask for pages from CLIENTS at once; return the p95 in ms."""
    return p95(load_times(port, paths))


def load_times(port: int, paths: list[str]) -> list[float]:
    """Ask for pages from CLIENTS at once; return what each took, in ms."""
    times: list[float] = []

    def one(mine: list[str]) -> None:
        client = Client(port)
        for path in mine:
            start = time.perf_counter()
            assert client.get(path).status == 200, path
            times.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=one, args=(paths[i::CLIENTS],)) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times
