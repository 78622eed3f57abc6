"""Patterns that a partner writes, run in linear time: an automaton that never goes back, so that no answer makes one explode.

Understood: letters, digits, `.`, \\d \\w \\s, escaped signs, [a-z], [^a-z], groups, |, ?, *, +, {n}, {n,m}. A whole text matches or not.
"""

import string
from collections.abc import Callable
from functools import lru_cache

ETATS_MAX = 2000
REPETITIONS_MAX = 256

type Sign = Callable[[str], bool]
type Node = tuple[str, tuple["Node", ...] | Sign | None]


class ErreurMotif(ValueError):  # noqa: N818 - named with the domain's words
    """A pattern that is not understood: what is wrong, and at which character (from 1)."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position + 1


_CLASSES: dict[str, Sign] = {
    "d": lambda sign: sign in string.digits,
    "w": lambda sign: sign.isalnum() or sign == "_",
    "s": str.isspace,
}


def matches(motif: str, texte: str) -> bool:
    """Tell whether a whole text follows a pattern already checked; the time is that of its length times the pattern's."""
    states = _compile(motif)
    here = _closure(states, {0})
    for sign in texte:
        here = _closure(
            states, {target for state in here if (step := states[state])[0] is not None and step[0](sign) for target in step[1]}
        )
        if not here:
            return False
    return len(states) - 1 in here


def check(motif: str) -> None:
    """Refuse a pattern that is not understood, or too large. Raises ErreurMotif."""
    _compile(motif)


type State = tuple[Sign | None, tuple[int, ...]]


def _closure(states: list[State], start: set[int]) -> set[int]:
    found, waiting = set(start), list(start)
    while waiting:
        sign, targets = states[waiting.pop()]
        if sign is None:
            waiting.extend(target for target in targets if target not in found)
            found.update(targets)
    return found


@lru_cache(maxsize=1024)
def _compile(motif: str) -> list[State]:
    reader = _Reader(motif)
    tree = reader.alternatives()
    if reader.here < len(motif):
        raise ErreurMotif("cette parenthèse n'a pas d'ouverture", reader.here)
    machine = _Machine()
    machine.add(tree)
    machine.state(None, ())
    return [(sign, tuple(targets)) for sign, targets in machine.states]


class _Machine:
    """The states, each a sign to read and where it leads; without sign it leads there at once."""

    def __init__(self) -> None:
        self.states: list[tuple[Sign | None, list[int]]] = []

    def state(self, sign: Sign | None, targets: tuple[int, ...]) -> int:
        if len(self.states) >= ETATS_MAX:
            raise ErreurMotif("ce motif est trop grand", 0)
        self.states.append((sign, list(targets)))
        return len(self.states) - 1

    def add(self, node: Node) -> None:
        """Append the states of a node: they begin at the next index and end by falling on the one after them."""
        kind, inside = node
        if callable(inside):
            self.state(inside, (len(self.states) + 1,))
        elif kind == "suite":
            for part in inside or ():
                self.add(part)
        elif kind == "ou":
            self._either(inside or ())
        elif inside:
            self._repeat(kind, inside[0])

    def _either(self, parts: tuple[Node, ...]) -> None:
        ends = []
        for part in parts[:-1]:
            fork = self.state(None, (len(self.states) + 1,))
            self.add(part)
            ends.append(self.state(None, ()))
            self.states[fork][1].append(len(self.states))
        self.add(parts[-1])
        for end in ends:
            self.states[end][1].append(len(self.states))

    def _repeat(self, kind: str, part: Node) -> None:
        fork = self.state(None, (len(self.states) + 1,))
        self.add(part)
        if kind == "*":
            self.state(None, (fork,))
        self.states[fork][1].append(len(self.states))


class _Reader:
    """Reads a pattern into a tree: ("suite", nodes), ("ou", nodes), ("?", node), ("*", node), ("signe", predicate)."""

    def __init__(self, motif: str) -> None:
        self.motif = motif
        self.here = 0
        self.depth = 0

    def peek(self) -> str:
        return self.motif[self.here : self.here + 1]

    def take(self) -> str:
        sign = self.peek()
        self.here += 1
        return sign

    def alternatives(self) -> Node:
        parts = [self.sequence()]
        while self.peek() == "|":
            self.here += 1
            parts.append(self.sequence())
        return ("ou", tuple(parts)) if len(parts) > 1 else parts[0]

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.peek() and self.peek() not in "|)":
            parts.append(self.quantified(self.atom()))
        return "suite", tuple(parts)

    def quantified(self, node: Node) -> Node:
        sign = self.peek()
        if sign and sign in "?*+":
            self.here += 1
            return ("suite", (node, ("*", (node,)))) if sign == "+" else (sign, (node,))
        return self.counted(node) if sign == "{" else node

    def counted(self, node: Node) -> Node:
        start = self.here
        end = self.motif.find("}", start)
        low, _, high = self.motif[start + 1 : end if end > 0 else start + 1].partition(",")
        if not low.isdecimal() or (high and not high.isdecimal()):
            raise ErreurMotif("écrivez {2} ou {2,5}", start)
        self.here = end + 1
        minimum = int(low)
        maximum = int(high) if high else minimum
        is_open = "," in self.motif[start:end] and not high
        if max(minimum, maximum) > REPETITIONS_MAX or maximum < minimum:
            raise ErreurMotif(f"de 0 à {REPETITIONS_MAX} répétitions, la plus petite d'abord", start)
        rest: Node = ("*" if is_open else "?", (node,))
        return "suite", (*[node] * minimum, *[rest] * (1 if is_open else maximum - minimum))

    def atom(self) -> Node:
        start = self.here
        sign = self.take()
        if sign == "(":
            return self.group(start)
        if sign == "[":
            return "signe", self.bracket(start)
        if sign == ".":
            return "signe", lambda _sign: True
        if sign == "\\":
            return "signe", self.escaped(start)
        if sign in "?*+{}^$])":
            raise ErreurMotif(f"« {sign} » n'est pas attendu ici", start)
        return "signe", _exactly(sign)

    def group(self, start: int) -> Node:
        self.depth += 1
        if self.peek() == "?" or self.depth > 20:
            raise ErreurMotif("un groupe s'écrit (…), sans ?: ni ?=", start)
        inside = self.alternatives()
        if self.take() != ")":
            raise ErreurMotif("cette parenthèse n'est pas fermée", start)
        self.depth -= 1
        return inside

    def escaped(self, start: int) -> Sign:
        sign = self.take()
        if sign in _CLASSES:
            return _CLASSES[sign]
        if not sign or sign.isalnum():
            raise ErreurMotif("après une barre oblique inverse : d, w, s ou un signe", start)
        return _exactly(sign)

    def bracket(self, start: int) -> Sign:
        is_negated = self.peek() == "^"
        self.here += is_negated
        inside: list[Sign] = []
        while self.peek() != "]":
            if not self.peek():
                raise ErreurMotif("ce crochet n'est pas fermé", start)
            inside.append(self.span(start))
        self.here += 1
        if not inside:
            raise ErreurMotif("ce crochet est vide", start)
        parts = tuple(inside)
        return lambda sign: any(part(sign) for part in parts) != is_negated

    def span(self, start: int) -> Sign:
        first = self.take()
        if first == "\\":
            return self.escaped(start)
        if self.peek() != "-" or self.motif[self.here + 1 : self.here + 2] in ("]", ""):
            return _exactly(first)
        self.here += 1
        last = self.take()
        if last < first:
            raise ErreurMotif(f"{first}-{last} est à l'envers", start)
        return lambda sign: first <= sign <= last


def _exactly(wanted: str) -> Sign:
    return lambda sign: sign == wanted
