"""What a misspelt word may have meant, among the words that the content uses (pure)."""

import math
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping

_ALPHABET = string.ascii_lowercase
LONGUEUR_DEUX = 7  # letters from which two slips may be forgiven
LONGUEUR_MAX = 30


def distance(one: str, other: str, most: int = 2) -> int:
    """Return the number of letters added, dropped, changed or swapped (Damerau-Levenshtein, adjacent), or most + 1 beyond."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, other_letter in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != other_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _one_slip(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _ALPHABET)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _ALPHABET)


class Orthographe:
    """The words of the content and how often each is used."""

    def __init__(self, frequences: Mapping[str, int]) -> None:
        self.frequences = frequences
        self._rangees: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in frequences:
            if len(word) >= LONGUEUR_DEUX - 1:
                self._rangees[word[0], len(word)].append(word)

    def corrections(self, word: str, most: int = 3) -> list[tuple[str, float]]:
        """Return the likeliest meant words with a weight of 0 to 1: the nearest, the same first letter, the most used."""
        if len(word) < 3 or len(word) > LONGUEUR_MAX or word.isdigit():
            return []
        near = {other for other in _one_slip(word) if other in self.frequences}
        ranked = sorted(near, key=lambda other: (-self._worth(word, other), other))[:most]
        if not ranked and len(word) >= LONGUEUR_DEUX:
            return [(other, 0.6) for other in self._two_slips(word)[:most]]
        return [(other, 0.85 if other[0] == word[0] else 0.7) for other in ranked]

    def _worth(self, word: str, other: str) -> float:
        twice_or_swapped = sorted(word) == sorted(other) or set(word) == set(other)
        return math.sqrt(self.frequences[other]) * (3 if word[0] == other[0] else 1) * (2 if twice_or_swapped else 1)

    def _two_slips(self, word: str) -> list[str]:
        letters = set(word)
        found = [
            other
            for length in range(len(word) - 2, len(word) + 3)
            for other in self._rangees.get((word[0], length), ())
            if len(letters ^ set(other)) <= 4 and distance(word, other) <= 2
        ]
        return sorted(found, key=lambda other: (-self.frequences[other], other))
