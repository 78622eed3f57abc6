"""The engines compared on the judged sets, over the same documents: ours, PostgreSQL's ts_rank, SQLite's bm25."""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection

from psl.fiches.extraction import extract
from psl.fiches.operations import LIVREES
from psl.fiches.recherche.courant import MOTS, _mots_cles
from psl.fiches.recherche.entrees import Document, make
from psl.fiches.recherche.index import Index
from psl.fiches.recherche.moteur import Moteur, unique
from psl.fiches.recherche.mots import surfaces
from psl.fiches.recherche.synonymes import Synonymes, read
from psl.fiches.sources.archives import documents, shipped
from psl.fiches.sources.lus import Lu
from tests.pertinence import Jugee

type Engine = Callable[[str], list[str]]  # a query → idents, best first


@dataclass
class Corpus:
    """The documents, what links to them, the abbreviations."""

    documents: list[Document]
    liens: list[tuple[str, str, str, int]]
    sigles: list[tuple[str, str]]

    @property
    def idents(self) -> set[str]:
        return {document.ident for document in self.documents}


def load(path: Path | None) -> Corpus:
    """Return the whole corpus of an archive, or the shipped selection."""
    liens: Counter[tuple[str, str, str]] = Counter()
    found, sigles = [], {}
    for lu in documents(path) if path else shipped(LIVREES):
        if isinstance(lu, Lu):
            e = extract(lu)
            found.append(Document(lu.ident, lu.audience, e.genre, e.titre, e.sujet, e.description, e.theme, e.url))
            liens.update((audience, cible, texte) for cible, audience, _, texte in e.liens if texte)
            sigles |= {titre: texte for sorte, titre, texte in e.definitions.values() if sorte != "definition"}
    return Corpus(found, [(*cle, n) for cle, n in liens.items()], sorted(sigles.items()))


def ours(corpus: Corpus) -> Moteur:
    pairs = read((MOTS / "synonymes.tsv").read_text(encoding="utf-8").splitlines())
    return Moteur(Index(make(corpus.documents, corpus.liens, (), _mots_cles())), Synonymes(pairs, corpus.sigles))


def idents(moteur: Moteur) -> Engine:
    return lambda q: [one.entree.cle for one in unique(moteur.search(q).reponses)[:10]]


def ts_rank(corpus: Corpus, connection: Connection) -> Engine:
    """Return plain full text in French: title, subject, description; every word asked."""
    connection.execute("CREATE TEMP TABLE banc_texte (ident text, mots tsvector)")
    vectors = _vectors(corpus, connection)
    with connection.cursor() as cursor, cursor.copy("COPY banc_texte FROM STDIN") as copy:
        for d, mots in zip(corpus.documents, vectors, strict=True):
            copy.write_row((d.ident, mots))
    connection.execute("CREATE INDEX ON banc_texte USING gin (mots)")
    sql = """SELECT ident FROM banc_texte, plainto_tsquery('french', %s) q WHERE mots @@ q ORDER BY ts_rank(mots, q) DESC, ident LIMIT 20"""
    return lambda q: list(dict.fromkeys(row[0] for row in connection.execute(sql, [q])))[:10]


def _vectors(corpus: Corpus, connection: Connection) -> list[str]:
    texts = [f"{d.titre} {d.sujet} {d.description}" for d in corpus.documents]
    sql = "SELECT to_tsvector('french', t)::text FROM unnest(%s::text[]) WITH ORDINALITY AS u(t, n) ORDER BY n"
    return [row[0] for row in connection.execute(sql, [texts])]


def bm25(corpus: Corpus) -> Engine:
    """Return SQLite's FTS5, the title weighing four times the rest, any word."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(ident UNINDEXED, titre, reste, tokenize='unicode61 remove_diacritics 2')")
    base.executemany("INSERT INTO t VALUES (?, ?, ?)", ((d.ident, d.titre, f"{d.sujet} {d.description}") for d in corpus.documents))

    def search(q: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in surfaces(q))
        rows = base.execute("SELECT ident FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 4, 1) LIMIT 20", [asked]) if asked else ()
        return list(dict.fromkeys(row[0] for row in rows))[:10]

    return search


@dataclass(frozen=True)
class Note:
    """How well an engine answers a set: share of the queries answered in the three first, mean reciprocal rank of ten; p95 in ms."""

    succes: float
    mrr: float
    p95: float


def judge(engine: Engine, jugees: Iterable[Jugee]) -> Note:
    ranks, times = [], []
    for q, answers in jugees:
        start = time.perf_counter()
        found = engine(q)
        times.append((time.perf_counter() - start) * 1000)
        ranks.append(next((rank for rank, ident in enumerate(found, 1) if ident in answers), 0))
    n = len(ranks)
    return Note(sum(0 < rank <= 3 for rank in ranks) / n, sum(1 / rank for rank in ranks if rank) / n, sorted(times)[int(n * 0.95)])
