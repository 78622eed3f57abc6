"""The judged sets: what people type, and the pages or démarches that answer. `temoin.tsv` was never used to tune anything."""

import random
import re
from pathlib import Path

from psl.fiches.recherche.mots import VIDES, fold

ICI = Path(__file__).parent
type Jugee = tuple[str, tuple[str, ...]]


def judged(name: str) -> list[Jugee]:
    """Return the queries of a set, each with the idents and the démarches (`code` or `code:ACTION`) that answer it."""
    rows = (line.split("\t") for line in (ICI / f"{name}.tsv").read_text(encoding="utf-8").splitlines())
    return [(q, tuple(answers.split())) for q, answers in rows]


def misspelt(q: str, rng: random.Random) -> str:
    """Return a query with one slip in one of its long words: a letter dropped, doubled, changed, or swapped with the next."""
    words = q.split()
    longs = [i for i, word in enumerate(words) if len(word) >= 5] or [max(range(len(words)), key=lambda i: len(words[i]))]
    at = rng.choice(longs)
    word = words[at]
    if len(word) < 4:
        return q
    i = rng.randint(1, len(word) - 2)
    words[at] = rng.choice(
        (
            word[:i] + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[:i] + rng.choice("aeiou") + word[i + 1 :],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        )
    )
    return " ".join(words)


def altered(title: str, rng: random.Random) -> str:
    """Return a title without its stop words, shuffled."""
    words = [word for word in re.findall(r"\w+", title) if fold(word) not in VIDES]
    rng.shuffle(words)
    return " ".join(words)
