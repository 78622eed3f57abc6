"""The inverted index (pure): which entries hold which stems, where, and how much that says.

An entry is found by its head only: title, everyday words, words of the links that lead to it, subject, description. `poids` of a
stem in an entry goes from 1 to 255, its last bit telling that the stem is in the title.
"""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log, log1p

from psl.fiches.recherche.mots import stem, surfaces

TITRE, MOTS, ANCRES, SUJET, DESCRIPTION = 1.0, 0.9, 0.7, 0.3, 0.35
ANCRES_GARDEES = 12


@dataclass(frozen=True, slots=True)
class Entree:
    """What may be found. `cle` names it in all audiences; `a_priori` is what it is worth before any word is read."""

    cle: str
    url: str
    titre: str
    genre: str
    audience: str
    theme: str = ""
    resume: str = ""
    sujet: str = ""
    mots: Sequence[str] = ()
    ancres: Sequence[tuple[str, int]] = ()
    cites: int = 0
    a_priori: float = 1.0


@dataclass(slots=True)
class Terme:
    """Where a stem is: the ranks of the entries and its weight in each, side by side; `idf` is what it tells."""

    rangs: array[int] = field(default_factory=lambda: array("I"))
    poids: bytearray = field(default_factory=bytearray)
    idf: float = 0.0


class Index:
    """The entries and their stems. Built once, then only read: threads share it."""

    def __init__(self, entrees: Iterable[Entree]) -> None:
        self.entrees: list[Entree] = []
        self.termes: dict[str, Terme] = defaultdict(Terme)
        self.titres = array("f")  # what the stems of each title tell, summed
        self.a_priori = array("f")
        self.expressions: dict[frozenset[str], set[int]] = defaultdict(set)  # the stems of titles and everyday words, whole
        self.paires: Counter[tuple[str, str]] = Counter()  # stems side by side in titles
        self.frequences: Counter[str] = Counter()  # words as they are written, folded
        self.debuts: list[str] = []  # those of titles and everyday words, in order: what is being typed begins like one of them
        shown: set[str] = set()
        par_entree: list[list[str]] = []
        for rang, entree in enumerate(entrees):
            par_entree.append(self._add(rang, entree, shown))
        self.termes.default_factory = None
        self._weigh(par_entree)
        self.debuts = sorted(shown)
        self.themes = {entree.cle: entree.titre for entree in self.entrees if entree.genre == "theme"}

    def _add(self, rang: int, entree: Entree, shown: set[str]) -> list[str]:
        self.entrees.append(entree)
        self.a_priori.append(entree.a_priori * (1 + 0.06 * log1p(entree.cites)))
        titre = surfaces(entree.titre)
        expressions = [surfaces(mots) for mots in entree.mots]
        proches = [surface for mots in expressions for surface in mots]
        shown.update(titre, proches)
        manque: dict[str, float] = {}
        seen: set[str] = set()
        for force, words in (
            (TITRE, titre),
            (MOTS, proches),
            *_ancres(entree),
            (SUJET, surfaces(entree.sujet)),
            (DESCRIPTION, surfaces(entree.resume)),
        ):
            seen.update(words)
            left = 1 - min(force, 0.99)
            for racine in set(map(stem, words)):
                manque[racine] = manque.get(racine, 1.0) * left
        self.frequences.update(seen)
        for expression in (titre, *expressions):
            self.expressions[frozenset(map(stem, expression))].add(rang)
        racines = list(map(stem, titre))
        self.paires.update(pairwise(racines))
        du_titre = set(racines)
        for racine, reste in manque.items():
            terme = self.termes[racine]
            terme.rangs.append(rang)
            terme.poids.append(max(2, round((1 - reste) * 254)) & 0xFE | (racine in du_titre))
        return list(du_titre)

    def _weigh(self, par_entree: list[list[str]]) -> None:
        total = len(self.entrees)
        for terme in self.termes.values():
            n = len(terme.rangs)
            terme.idf = log(1 + (total - n + 0.5) / (n + 0.5))
        self.titres.extend(sum(self.termes[racine].idf for racine in racines) or 1.0 for racines in par_entree)

    def beginnings(self, word: str, most: int = 12) -> list[str]:
        """Return the stems of the words that begin so, the most used first."""
        start = bisect_left(self.debuts, word)
        end = bisect_left(self.debuts, f"{word}\x7f", start)
        found = sorted(self.debuts[start:end], key=lambda other: -self.frequences[other])[: most * 2]
        return list(dict.fromkeys(map(stem, found)))[:most]


def _ancres(entree: Entree) -> list[tuple[float, list[str]]]:
    total = sum(n for _, n in entree.ancres) or 1
    return [(ANCRES * (0.4 + 0.6 * n / total), surfaces(texte)) for texte, n in entree.ancres[:ANCRES_GARDEES]]
