"""Searching (pure): a query read into ideas, each met by the words typed, by others for them, or by their right spelling."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from psl.fiches.recherche.index import Entree, Index
from psl.fiches.recherche.mots import fold, stem, stems, surfaces
from psl.fiches.recherche.orthographe import Orthographe
from psl.fiches.recherche.synonymes import Synonymes

LONGUEUR_MAX = 200  # letters of a query that are read
MOTS_MAX = 12
RETENUES = 400  # entries weighed to the end
SEUIL = 0.12  # of the best score: what is under it does not answer
RARE, FREQUENT = 3, 5  # a word used so seldom may be a slip for another used so many times more
MOT_POUR_MOT = 1.3  # a title, or everyday words, searched whole
AUTRE = 0.92  # what another spelling is worth beside the likeliest
NOMBREUX = 1500  # a stem that so many entries hold only confirms what others found

type Voie = tuple[tuple[str, ...], float]  # stems, and what they are worth


@dataclass(frozen=True, slots=True)
class Idee:
    """One thing looked for: the ways to say it, the first being what was typed."""

    voies: tuple[Voie, ...]


class Reponse(NamedTuple):
    """An entry that answers, with its score."""

    entree: Entree
    score: float


@dataclass(frozen=True, slots=True)
class Resultat:
    """What a search gives: the answers, best first; the query as it was corrected, empty when it was not; the stems looked for."""

    reponses: tuple[Reponse, ...]
    corrigee: str
    racines: frozenset[str]


def unique(reponses: Iterable[Reponse]) -> list[Reponse]:
    """Return each document once, under the audience where it answers best."""
    first: dict[str, Reponse] = {}
    for reponse in reponses:
        first.setdefault(reponse.entree.cle, reponse)
    return list(first.values())


class Moteur:
    """An index, the synonyms and the spelling over it."""

    def __init__(self, index: Index, synonymes: Synonymes) -> None:
        self.index = index
        self.synonymes = synonymes
        self.orthographe = Orthographe(index.frequences | dict.fromkeys(synonymes.mots, 3))

    def search(self, q: str, *, corriger: bool = True) -> Resultat:
        """Return what answers `q`; one document stands there once for each of its audiences (see `unique`)."""
        words = surfaces(q[:LONGUEUR_MAX].replace("\x00", " "))[:MOTS_MAX]
        read, corrigee = self._spell(words) if corriger else ([(word,) for word in words], "")
        idees = self._ideas(read)
        reponses = self._rank(idees)
        if corrigee and reponses:
            corrigee = self._told(words, read, reponses[0].entree.titre)
        return Resultat(tuple(reponses), corrigee, frozenset(racine for idee in idees for voie, _ in idee.voies for racine in voie))

    def suggest(self, q: str, most: int = 8) -> list[Entree]:
        """Return what the words being typed may look for; the last one may be unfinished."""
        q = q[:LONGUEUR_MAX].replace("\x00", " ")
        words = surfaces(q)[:MOTS_MAX]
        if not words or len(words[-1]) < 2:
            return []
        # What ends with a space or a sign is a whole word.
        if not fold(q).endswith(words[-1]):
            return [reponse.entree for reponse in unique(self._rank(self._ideas(self._spell(words)[0]), retenues=60))[:most]]
        idees = [self._unfinished(words), *self._ideas(self._spell(words[:-1])[0])]
        return [reponse.entree for reponse in unique(self._rank(idees, retenues=60))[:most]]

    def _unfinished(self, words: Sequence[str]) -> Idee:
        """Return the idea of the last word: itself, what begins like it, what stands for all the words if they are an expression."""
        last = stem(words[-1])
        ways: list[Voie] = [((last,), 1.0)] if last in self.index.termes else []
        ways += [((racine,), 0.9) for racine in self.index.beginnings(words[-1]) if racine != last]
        ways += [(e.racines, e.poids) for e in self.synonymes.par_expression.get(tuple(map(stem, words)), [])]
        return Idee(tuple(ways)) if ways else self._ideas(self._spell(words[-1:])[0])[0]

    def _spell(self, words: Sequence[str]) -> tuple[list[tuple[str, ...]], str]:
        """Return what each word means, the likeliest first, and the corrected query when a word is written nowhere."""
        meant: list[tuple[str, ...]] = []
        told: list[str] = []
        for word in words:
            others = self._meant(word)
            is_written = word in self.orthographe.frequences or not others or stem(others[0]) == stem(word)
            known = (word,) if is_written or stem(word) in self.index.termes else ()
            meant.append((*known, *others) if is_written else (*others, *known))
            told.append(word if is_written else others[0])
        for i in range(len(meant)):
            if len(meant[i]) > 1:
                # Of two spellings, the one that stands in a title beside its neighbour: « carte d'identité » for « cate d'identité ».
                beside = {other: self._together(meant, i, other) for other in meant[i]}
                meant[i] = tuple(sorted(beside, key=beside.__getitem__, reverse=True))
                told[i] = told[i] if told[i] == words[i] else meant[i][0]
        return meant, " ".join(told) if told != list(words) else ""

    def _together(self, meant: Sequence[tuple[str, ...]], i: int, other: str) -> int:
        before, after = meant[i - 1][0] if i else "", meant[i + 1][0] if i + 1 < len(meant) else ""
        paires = self.index.paires
        return paires[stem(before), stem(other)] + paires[stem(other), stem(after)]

    def _told(self, words: Sequence[str], read: Sequence[tuple[str, ...]], titre: str) -> str:
        """Return the query as the best answer spells it."""
        racines = set(stems(titre))
        kept = [next((other for other in others if stem(other) in racines), others[0]) for others in read]
        return " ".join(word if word in self.orthographe.frequences else other for word, other in zip(words, kept, strict=True))

    def _meant(self, word: str) -> tuple[str, ...]:
        """Return the other words that a word may be a slip for: none when the content uses it often, or people do."""
        frequences = self.orthographe.frequences
        if word.isdigit() or frequences.get(word, 0) > RARE or word in self.synonymes.mots:
            return ()
        often = RARE * FREQUENT if word in frequences else 0
        return tuple(other for other, _ in self.orthographe.corrections(word) if frequences[other] >= often)

    def _ideas(self, read: Sequence[tuple[str, ...]]) -> list[Idee]:
        """Return the ideas of a query: its known expressions first, then its words."""
        firsts = [stem(words[0]) for words in read]
        idees, i = [], 0
        for key, equivalents in self.synonymes.read(firsts):
            voies: list[Voie] = [(key, 1.0), *((e.racines, e.poids) for e in equivalents)]
            if len(key) == 1:
                for other in read[i][1:]:
                    voies.append(((stem(other),), AUTRE))
                    voies += [(e.racines, AUTRE * e.poids) for e in self.synonymes.par_expression.get((stem(other),), [])]
            idees.append(Idee(tuple(dict.fromkeys(voies))))
            i += len(key)
        return idees

    def _rank(self, idees: Sequence[Idee], retenues: int = RETENUES) -> list[Reponse]:
        masses = [self._mass(idee) for idee in idees]
        sums: dict[int, float] = {}
        dans_titre: dict[int, float] = {}
        for mass, idee in sorted(zip(masses, idees, strict=True), key=lambda pair: -pair[0]):
            for rang, (value, titre) in self._meet(idee, sums).items():
                sums[rang] = sums.get(rang, 0.0) + mass * value
                if titre:
                    dans_titre[rang] = dans_titre.get(rang, 0.0) + titre
        whole = self.index.expressions.get(frozenset(racine for idee in idees for racine in idee.voies[0][0]), ())
        return self._weigh(self._likeliest(sums, retenues), dans_titre, sum(masses), whole)

    def _likeliest(self, sums: dict[int, float], retenues: int) -> Iterable[tuple[int, float]]:
        """Return the entries weighed to the end: all of them, or those that their worth puts first."""
        if len(sums) <= retenues:
            return sums.items()
        a_priori = self.index.a_priori
        return nlargest(retenues, sums.items(), key=lambda pair: pair[1] * a_priori[pair[0]])

    def _weigh(
        self, likeliest: Iterable[tuple[int, float]], dans_titre: dict[int, float], total: float, whole: Container[int]
    ) -> list[Reponse]:
        a_priori, titres, entrees = self.index.a_priori, self.index.titres, self.index.entrees
        scores: list[tuple[float, str, int]] = []
        for rang, value in likeliest:
            couvert = value / total
            score = couvert * couvert * a_priori[rang]
            if rang in dans_titre:
                score *= 1 + 0.7 * min(1.0, dans_titre[rang] / titres[rang])
            scores.append((-(score * MOT_POUR_MOT if rang in whole else score), entrees[rang].cle, rang))
        limit = SEUIL * min(scores)[0] if scores else 0.0
        return [Reponse(entrees[rang], -score) for score, _, rang in sorted(one for one in scores if one[0] <= limit)]

    def _mass(self, idee: Idee) -> float:
        termes = self.index.termes
        return max((sum(termes[racine].idf for racine in voie if racine in termes) for voie, _ in idee.voies), default=0.0)

    def _meet(self, idee: Idee, sums: dict[int, float]) -> dict[int, tuple[float, float]]:
        """Return, for each entry, how much of the idea it holds (0 to 1) by its best way, and what its title holds of it."""
        best: dict[int, tuple[float, float]] = {}
        for voie, worth in idee.voies:
            for rang, (value, titre) in self._walk(voie, sums).items():
                if rang not in best or best[rang][0] < value * worth:
                    best[rang] = (value * worth, titre)
        return best

    def _walk(self, voie: tuple[str, ...], sums: dict[int, float]) -> dict[int, tuple[float, float]]:
        termes = [self.index.termes[racine] for racine in voie if racine in self.index.termes]
        mass = sum(terme.idf for terme in termes)
        held: dict[int, float] = {}
        titres: dict[int, float] = {}
        if len(termes) < len(voie):
            mass *= len(voie) / max(1, len(termes))
        for terme in sorted(termes, key=lambda terme: -terme.idf):
            part, idf = terme.idf / mass / 255, terme.idf
            only = sums or held if len(terme.rangs) > NOMBREUX else None
            for rang, poids in zip(terme.rangs, terme.poids, strict=True):
                if only and rang not in only and rang not in held:
                    continue
                held[rang] = held.get(rang, 0.0) + part * poids
                if poids & 1:
                    titres[rang] = titres.get(rang, 0.0) + idf
        return {rang: (value * value if len(voie) > 1 else value, titres.get(rang, 0.0)) for rang, value in held.items()}
