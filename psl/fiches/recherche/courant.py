"""The search of this process: its index, made again when a delivery or a démarche is published; what a page of answers shows.

Nothing is written. The first index is made before the first reader comes (`warm`); the former one goes on answering while the next
one is made, gently: most of the time is left to the readers.
"""

import gc
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count

from psl.demarches import queries as demarches
from psl.fiches import queries
from psl.fiches.models import Definition, Fiche, Lien
from psl.fiches.recherche.entrees import Document, Service, make
from psl.fiches.recherche.index import Entree, Index
from psl.fiches.recherche.moteur import Moteur, Reponse, unique
from psl.fiches.recherche.synonymes import Synonymes, read

LOT = 500  # rows read at once
FRAICHEUR = 5.0  # seconds a process may go on without asking whether something was published
MOTS: Path = settings.RACINE / "donnees" / "recherche"
AUDIENCES = {"particulier": "particuliers", "professionnel": "professionnels", "association": "associations"}
PREMIERES = 0.4  # of the best score: a démarche that answers so well comes first

FIL = "recherche"  # the thread that makes the next index
TRANCHE, PAUSE = 0.002, 0.004  # seconds of work, then of rest, of a thread that makes an index while others answer readers

type Signature = tuple[int, tuple[str, ...]]
log = logging.getLogger(__name__)


class _Courant:
    def __init__(self) -> None:
        self.moteur: Moteur | None = None
        self.signature: Signature | None = None
        self.vue = float("-inf")
        self.verrou = threading.Lock()
        self.en_cours = threading.Lock()

    def fresh(self) -> Moteur:
        if self.moteur is not None and time.monotonic() - self.vue < FRAICHEUR:
            return self.moteur
        with self.verrou:
            signature = (queries.state().livraison, demarches.published())
            self.vue = time.monotonic()
            if self.moteur is None:
                self.moteur, self.signature = build(), signature
            elif signature != self.signature and self.en_cours.acquire(blocking=False):
                threading.Thread(target=self._renew, args=(signature,), name=FIL, daemon=True).start()
            return self.moteur

    def _renew(self, signature: Signature) -> None:
        try:
            self.moteur = build(gently)
            self.signature = signature
            gc.freeze()  # the collector need not walk through the index, while everybody waits, each time it looks for garbage
        finally:
            connection.close()
            self.en_cours.release()


_courant = _Courant()


def forget() -> None:
    """Forget the index of this process (between tests)."""
    _courant.moteur = None
    _courant.vue = float("-inf")


def warm() -> None:
    """Make the index of a process that is about to serve; a base that does not answer leaves it to the first reader."""
    try:
        _courant.fresh()
    except DatabaseError:
        log.warning("l'index de la recherche se fera à la première recherche : la base ne répond pas")
    finally:
        connection.close()


def at_once[T](rows: Iterable[T]) -> Iterable[T]:
    """Work without rest: nobody else needs this process yet."""
    return rows


def gently[T](rows: Iterable[T]) -> Iterator[T]:
    """Rest between slices of work: a thread that computes makes the others wait for their turn."""
    start = time.monotonic()
    for row in rows:
        yield row
        if time.monotonic() - start > TRANCHE:
            time.sleep(PAUSE)
            start = time.monotonic()


def build(pace: Callable[[Iterable[Any]], Iterable[Any]] = at_once) -> Moteur:
    """Make the index from what is published: the documents, what links to them, the démarches, the words of the data files."""
    columns = ("ident", "audience", "genre", "titre", "sujet", "description", "theme", "url")
    documents = (Document(*row) for row in Fiche.objects.order_by("audience", "ident").values_list(*columns).iterator(LOT))
    liens = (
        Lien.objects.exclude(texte="")
        .values_list("audience_cible", "cible", "texte")
        .annotate(n=Count("id"))
        .order_by("cible")
        .iterator(LOT)
    )
    sigles = Definition.objects.exclude(sorte="definition").order_by("ident").values_list("titre", "texte")
    index = Index(pace(make(pace(documents), pace(liens), _services(), _mots_cles())))
    return Moteur(index, Synonymes(read((MOTS / "synonymes.tsv").read_text(encoding="utf-8").splitlines()), sigles))


def _services() -> list[Service]:
    """Return the démarches in French, found by the words of every language of the platform."""
    others: dict[tuple[str, str], list[str]] = {}
    for langue, _ in settings.LANGUAGES:
        for one in demarches.searchable(langue):
            others.setdefault((one.code, one.action), []).extend((*one.mots, *([one.titre] if langue != "fr" else [])))
    return [
        Service(
            one.code, one.action, one.url, one.titre, one.resume, tuple(AUDIENCES[p] for p in one.publics), others[one.code, one.action]
        )
        for one in demarches.searchable()
    ]


@lru_cache(maxsize=1)
def _mots_cles() -> dict[str, tuple[str, ...]]:
    lines = (MOTS / "mots_cles.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if "\t" in line and not line.startswith("#"))
    return {ident: tuple(mots.strip() for mots in reste.split(";")) for ident, reste in pairs}


@dataclass(frozen=True, slots=True)
class Filtres:
    """What a reader narrows the answers to; empty for all. `genre` is a group of GROUPES."""

    audience: str = ""
    theme: str = ""
    genre: str = ""


# What kinds of documents are called on the page of answers.
GROUPES = {
    "demarche": "demarches", "teleservice": "demarches", "fiche": "fiches", "liens": "fiches", "comment_faire_si": "fiches",
    "guidee": "fiches", "dossier": "dossiers", "theme": "dossiers", "question": "questions", "formulaire": "formulaires",
    "modele": "formulaires", "simulateur": "outils", "outil": "outils",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouvees:
    """What answers: démarches first, then the rest, with how many there would be under each other filter."""

    reponses: tuple[Reponse, ...]
    total: int
    corrigee: str
    racines: frozenset[str]
    audiences: dict[str, int]
    themes: dict[str, int]
    genres: dict[str, int]


def search(q: str, filtres: Filtres = Filtres(), *, corriger: bool = True, debut: int = 0, nombre: int = 20) -> Trouvees:
    """Return the answers to `q` from the rank `debut`, with the counts of the filters."""
    resultat = _courant.fresh().search(q, corriger=corriger)
    fit, audiences, themes, genres = _sort(resultat.reponses, filtres)
    kept = _first(unique(fit))
    return Trouvees(tuple(kept[debut : debut + nombre]), len(kept), resultat.corrigee, resultat.racines, audiences, themes, genres)


def suggest(q: str, nombre: int = 8) -> list[Entree]:
    """Return what the words being typed may look for."""
    return _courant.fresh().suggest(q, nombre)


def theme_titles() -> dict[str, str]:
    """Return the titles of the themes, by ident."""
    return _courant.fresh().index.themes


def _first(reponses: list[Reponse]) -> list[Reponse]:
    limit = PREMIERES * reponses[0].score if reponses else 0.0
    return sorted(reponses, key=lambda one: not (one.entree.genre == "demarche" and one.score >= limit))


def _values(entree: Entree) -> tuple[tuple[str, ...], str, str]:
    """Return the audiences, the theme and the group of an entry: what it is filtered by."""
    theme = entree.theme or (entree.cle if entree.genre == "theme" else "")
    return tuple(entree.audience.split()), theme, GROUPES.get(entree.genre, "fiches")


def _sort(every: Iterable[Reponse], filtres: Filtres) -> tuple[list[Reponse], dict[str, int], dict[str, int], dict[str, int]]:
    """Return what the filters keep, and for each criterion the documents that each of its values would keep under the others."""
    kept: list[Reponse] = []
    audiences, themes, genres = (dict[str, set[str]]() for _ in range(3))
    for one in every:
        of_audience, theme, genre = _values(one.entree)
        cle = one.entree.cle
        for_audience = not filtres.audience or filtres.audience in of_audience
        for_theme = not filtres.theme or filtres.theme == theme
        for_genre = not filtres.genre or filtres.genre == genre
        if for_theme and for_genre:
            for audience in of_audience:
                audiences.setdefault(audience, set()).add(cle)
        if for_audience and for_genre and theme:
            themes.setdefault(theme, set()).add(cle)
        if for_audience and for_theme:
            genres.setdefault(genre, set()).add(cle)
        if for_audience and for_theme and for_genre:
            kept.append(one)
    return kept, _count(audiences), _count(themes), _count(genres)


def _count(seen: dict[str, set[str]]) -> dict[str, int]:
    return dict(Counter({value: len(cles) for value, cles in seen.items()}).most_common())


def localized(langue: str) -> dict[str, tuple[str, str]]:
    """Return the title and the summary of each démarche and action in a language, by address."""
    return _localized(langue, demarches.published())


@lru_cache(maxsize=8)
def _localized(langue: str, _published: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    return {one.url: (one.titre, one.resume) for one in demarches.searchable(langue)}
