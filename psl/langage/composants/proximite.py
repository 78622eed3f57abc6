"""Which entries of a list a few typed words may mean. Pure; the same for every list that is searched."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

LIMITE = 10


class Nommee(Protocol):
    """An entry that has a name."""

    @property
    def libelle(self) -> str: ...


@lru_cache(maxsize=16_384)
def fold(texte: str) -> str:
    """Return the words of a text in lower case, without accents or signs: « L'Île-d'Yeu » gives « l ile d yeu »."""
    bare = "".join(signe for signe in unicodedata.normalize("NFKD", texte.casefold()) if not unicodedata.combining(signe))
    return " ".join(re.findall(r"\w+", bare))


def near[N: Nommee](texte: str, entrees: Iterable[N], limite: int = LIMITE) -> list[N]:
    """Return the entries whose name has every word typed, or its beginning: those that begin with the text first."""
    wanted = fold(texte)
    if not wanted:
        return []
    found = [(not folded.startswith(wanted), entree) for entree in entrees if _has(folded := fold(entree.libelle), wanted)]
    return [entree for _, entree in sorted(found, key=lambda pair: pair[0])][:limite]


def only[N: Nommee](texte: str, entrees: Iterable[N]) -> N | None:
    """Return the entry that bears this name, else the only one near it; None when none or several do."""
    found = near(texte, entrees, limite=10_000)
    exact = [entree for entree in found if fold(entree.libelle) == fold(texte)]
    kept = exact or found
    return kept[0] if len(kept) == 1 else None


def _has(folded: str, wanted: str) -> bool:
    """Tell whether each word wanted begins a word of a folded name."""
    return all(f" {mot}" in f" {folded}" for mot in wanted.split())
