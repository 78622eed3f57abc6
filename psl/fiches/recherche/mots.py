"""Words as search compares them (pure): folded, without stop words, cut to a light French stem."""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "\u2019": "'"})
_MOT = re.compile(r"[a-z0-9]+")
_SURFACE = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+")
_ECRIT = re.compile(r"[\w\u0300-\u036f]+")  # wider: a word as it is written, its accents apart or not

# Words that say nothing of what is looked for, question words and polite forms included.
_VIDES = """
a ai aller as au aucun aussi autre aux avant avec avez avoir avons c ca car ce ceci cela celle celui ces cet cette ceux chez ci
comme comment concernant d dans de des depuis dit dois doit doivent donc dont du elle elles en encore entre es est et etait etant
etc etes etre eu faire fais fait faut font furent ici il ils j je jusqu l la le les leur leurs lors lorsque lui m ma mais me meme
mes moi moins mon n ne ni nos notre nous on ont ou par parce pas pendant peut peuvent peux plus plutot pour pourquoi puis puisque
qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si soi soit son sont sous suis sur t ta tandis te tel telle
tes toi ton tous tout toute toutes tres tu un une vais vas vers veut veux voici voila vos votre vous vouloir voudrais vue y savoir
possible obtenir the of to an for how get my is are in and
"""
VIDES = frozenset(_VIDES.split())

# Endings taken away, the longest first, with the letters that must be left.
_FINALES = (
    ("issements", 4), ("issement", 4), ("ations", 4), ("ateurs", 4), ("atrice", 4), ("ation", 4), ("ateur", 4),
    ("ements", 4), ("ement", 4), ("ances", 4), ("ance", 4), ("aient", 4), ("eront", 4), ("ages", 4), ("age", 4),
    ("ment", 4), ("ions", 4), ("euse", 4), ("ant", 4), ("ais", 4), ("ait", 4), ("eur", 5), ("ees", 3), ("ee", 3), ("er", 3),
    ("ez", 3), ("es", 3), ("e", 3),
)  # fmt: skip


def fold(text: str) -> str:
    """Return the text in lower case, without accents or ligatures."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def surfaces(text: str) -> list[str]:
    """Return the words of a text, folded, stop words left out; when all are stop words, all of them."""
    every = [word for ecrit in _ECRIT.findall(text) for word in _folded(ecrit)]
    return [word for word in every if word not in VIDES] or every


@lru_cache(maxsize=100_000)
def _folded(ecrit: str) -> tuple[str, ...]:
    return tuple(_MOT.findall(fold(ecrit)))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a folded word: number, gender and the usual endings of verbs and nouns taken away."""
    if len(word) < 4 or word.isdigit():
        return word
    if word.endswith("aux") and len(word) > 5:
        word = f"{word[:-3]}al"
    word = word.rstrip("sx") if len(word) > 4 else word
    for ending, left in _FINALES:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def stems(text: str) -> list[str]:
    """Return the stems of the significant words of a text, in its order."""
    return [stem(word) for word in surfaces(text)]


def spans(text: str) -> list[tuple[int, int, str]]:
    """Return where each word of a text stands, with its stem (empty for a stop word): what highlights an extract."""
    return [(found.start(), found.end(), written(found[0])) for found in _SURFACE.finditer(text)]


@lru_cache(maxsize=100_000)
def written(word: str) -> str:
    """Return the stem of a word as it is written; nothing for a stop word."""
    folded = fold(word)
    return "" if folded in VIDES else stem(folded)
