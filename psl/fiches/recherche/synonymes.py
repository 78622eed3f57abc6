"""What people say and what the content says (pure): everyday words, word families, abbreviations with their full form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psl.fiches.recherche.mots import stem, surfaces

LONGUEUR_MAX = 4  # words of an expression


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Other words for an expression, as stems, and how much they are worth beside those that were typed."""

    racines: tuple[str, ...]
    poids: float


def read(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of a file of synonyms: « expression <tab> équivalent ; équivalent », # for remarks, = for both ways."""
    pairs = []
    for line in lines:
        expression, tab, reste = line.partition("\t")
        if not tab or line.startswith("#"):
            continue
        others = [other.strip() for other in reste.split(";")]
        pairs += [(expression, other.lstrip("= ")) for other in others]
        pairs += [(other.lstrip("= "), expression) for other in others if other.startswith("=")]
    return pairs


class Synonymes:
    """Expressions by their stems, the longest first when a query is read."""

    def __init__(self, pairs: Iterable[tuple[str, str]], sigles: Iterable[tuple[str, str]] = ()) -> None:
        self.par_expression: dict[tuple[str, ...], list[Equivalent]] = {}
        self.mots: set[str] = set()
        for expression, equivalent in pairs:
            self._add(expression, equivalent, 0.95)
        for sigle, forme in sigles:
            if len(surfaces(forme)) <= 7:
                self._add(sigle, forme, 0.6)

    def _add(self, expression: str, equivalent: str, poids: float) -> None:
        words = surfaces(expression)
        key, other = tuple(map(stem, words)), tuple(dict.fromkeys(map(stem, surfaces(equivalent))))
        if 0 < len(key) <= LONGUEUR_MAX and key != other and other:
            self.par_expression.setdefault(key, []).append(Equivalent(other, poids))
            self.mots.update(words)

    def read(self, racines: Sequence[str]) -> list[tuple[tuple[str, ...], list[Equivalent]]]:
        """Cut stems into expressions that are known, the longest first, and single stems."""
        cut: list[tuple[tuple[str, ...], list[Equivalent]]] = []
        i = 0
        while i < len(racines):
            for n in range(min(LONGUEUR_MAX, len(racines) - i), 0, -1):
                key = tuple(racines[i : i + n])
                if n == 1 or key in self.par_expression:
                    cut.append((key, self.par_expression.get(key, [])))
                    i += n
                    break
        return cut
