"""Regular expressions read: from XPath's syntax to a program of few instructions. References to groups and most blocks are refused."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

type Test = Callable[[str], bool]

REPETITIONS_MAX = 500
PROGRAMME_MAX = 2000
_CATEGORIES = frozenset(
    [
        "L",
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "M",
        "Mn",
        "Mc",
        "Me",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Z",
        "Zs",
        "Zl",
        "Zp",
        "S",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "C",
        "Cc",
        "Cf",
        "Co",
        "Cn",
    ]
)
_BLOCKS = {"IsBasicLatin": (0, 0x7F), "IsLatin-1Supplement": (0x80, 0xFF), "IsLatinExtended-A": (0x100, 0x17F)}
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_ITSELF = frozenset("\\|.?*+(){}-[]^$")


class ErreurMotif(ValueError):  # noqa: N818 - named with the domain's words
    """A regular expression that cannot be read, or that is well formed and not supported."""

    def __init__(self, message: str, *, is_refused: bool = False) -> None:
        self.is_refused = is_refused
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: read a character that passes `test`, go on at one of `ways`, note a place in `slot`, stand at an `edge`, or end."""

    kind: str
    test: Test | None = None
    ways: tuple[int, ...] = ()
    slot: int = 0
    edge: str = ""


def _category(names: str) -> Test:
    return lambda character: unicodedata.category(character).startswith(names)


def _word(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PZC"


def _initial(character: str) -> bool:
    return character in ":_" or unicodedata.category(character)[0] == "L"


def _named(character: str) -> bool:
    return character in ":_-.·" or unicodedata.category(character)[0] in "LNM"


_CLASSES: dict[str, Test] = {
    "s": lambda character: character in " \t\n\r",
    "d": _category("Nd"),
    "w": _word,
    "i": _initial,
    "c": _named,
}


def _not(test: Test) -> Test:
    return lambda character: not test(character)


def _variants(character: str) -> set[str]:
    return {character, character.lower(), character.upper(), character.casefold()}


class Reading:
    """A regular expression being read: its characters, where the reading stands, the program so far."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.text = _without_space(pattern) if "x" in flags else pattern
        self.flags = flags
        self.index = 0
        self.groups = 0
        self.depth = 0
        self.program: list[Step] = []

    def whole(self) -> list[Step]:
        self.alternatives()
        if self.index < len(self.text):
            self.fail("une parenthèse fermante est de trop")
        self.add(Step("end"))
        return self.program

    def fail(self, message: str, *, is_refused: bool = False) -> NoReturn:
        raise ErreurMotif(f"Motif : {message}", is_refused=is_refused)

    def add(self, step: Step) -> int:
        if len(self.program) >= PROGRAMME_MAX:
            self.fail("il est trop long ou répète trop", is_refused=True)
        self.program.append(step)
        return len(self.program) - 1

    def next(self) -> str:
        return self.text[self.index : self.index + 1]

    def take(self, word: str) -> bool:
        if self.text.startswith(word, self.index):
            self.index += len(word)
            return True
        return False

    def alternatives(self) -> None:
        self.depth += 1
        if self.depth > 30:
            self.fail("trop de parenthèses imbriquées", is_refused=True)
        start = len(self.program)
        self.sequence()
        ends = []
        while self.take("|"):
            self.insert(start, lambda first, size: [Step("split", ways=(first + 1, first + size + 2))])
            ends.append(self.add(Step("jump")))
            start = len(self.program)
            self.sequence()
        for end in ends:
            self.program[end] = Step("jump", ways=(len(self.program),))
        self.depth -= 1

    def insert(self, start: int, make: Callable[[int, int], list[Step]]) -> None:
        """Put steps before those from `start` on, whose ways are moved along."""
        below = self.program[start:]
        added = make(start, len(below))
        del self.program[start:]
        for step in added:
            self.add(step)
        for step in below:
            self.add(_moved(step, len(added), start))

    def sequence(self) -> None:
        while self.next() not in ("", "|", ")"):
            start = len(self.program)
            self.atom()
            self.quantified(start)

    def quantified(self, start: int) -> None:
        bounds = self.bounds()
        if bounds is None:
            return
        least, most = bounds
        is_lazy = self.take("?")
        if self.next() in ("*", "+", "?"):
            self.fail("deux répétitions se suivent")
        body = self.program[start:]
        del self.program[start:]
        for _ in range(least):
            self.copy(body, start)
        if most is None:
            self.loop(body, start, is_lazy=is_lazy)
        else:
            self.options(body, start, most - least, is_lazy=is_lazy)

    def bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(sign):
                return bounds
        if not self.take("{"):
            return None
        inside, closed, _ = self.text[self.index :].partition("}")
        least, comma, most = inside.partition(",")
        if not closed or not least.isdecimal() or not (most.isdecimal() or not most):
            self.fail("une répétition s'écrit {2}, {2,} ou {2,5}")
        self.index += len(inside) + 1
        low, high = int(least), int(most) if most else None if comma else int(least)
        if max(low, high or 0) > REPETITIONS_MAX:
            self.fail(f"il répète plus de {REPETITIONS_MAX} fois", is_refused=True)
        if high is not None and high < low:
            self.fail("une répétition va du plus petit au plus grand")
        return low, high

    def copy(self, body: list[Step], origin: int) -> None:
        shift = len(self.program) - origin
        for step in body:
            self.add(_moved(step, shift, origin))

    def loop(self, body: list[Step], origin: int, *, is_lazy: bool) -> None:
        head = self.add(Step("split"))
        self.copy(body, origin)
        self.add(Step("jump", ways=(head,)))
        self.program[head] = _choice(head + 1, len(self.program), is_lazy=is_lazy)

    def options(self, body: list[Step], origin: int, count: int, *, is_lazy: bool) -> None:
        heads = []
        for _ in range(count):
            heads.append(self.add(Step("split")))
            self.copy(body, origin)
        for head in heads:
            self.program[head] = _choice(head + 1, len(self.program), is_lazy=is_lazy)

    def atom(self) -> None:
        character = self.next()
        if character in "*+?{":
            self.fail(f"« {character} » ne répète rien")
        if character in "]}":
            self.fail(f"« {character} » s'écrit \\{character}")
        self.index += 1
        if character == "(":
            self.group()
        elif character in "^$":
            self.add(Step("edge", edge=character + ("m" if "m" in self.flags else "")))
        elif character == ".":
            self.add(Step("read", test=(lambda _: True) if "s" in self.flags else (lambda read: read not in "\n\r")))
        elif character == "[":
            self.add(Step("read", test=self.characters()))
        else:
            self.add(Step("read", test=self.escape() if character == "\\" else self.exactly(character)))

    def group(self) -> None:
        if self.take("?:"):
            self.alternatives()
        else:
            if self.next() == "?":
                self.fail("ce groupe n'est pas pris en charge", is_refused=True)
            self.groups += 1
            slot = self.groups * 2
            self.add(Step("save", slot=slot))
            self.alternatives()
            self.add(Step("save", slot=slot + 1))
        if not self.take(")"):
            self.fail("une parenthèse n'est pas fermée")

    def exactly(self, character: str) -> Test:
        if "i" in self.flags:
            wanted = _variants(character)
            return lambda read: not wanted.isdisjoint(_variants(read))
        return lambda read: read == character

    def escape(self) -> Test:
        letter = self.next()
        self.index += 1
        if letter and letter in _ITSELF:
            return self.exactly(letter)
        if letter in _ESCAPED:
            return self.exactly(_ESCAPED[letter])
        if letter.lower() in _CLASSES:
            return _CLASSES[letter] if letter in _CLASSES else _not(_CLASSES[letter.lower()])
        if letter in ("p", "P"):
            test = self.category()
            return test if letter == "p" else _not(test)
        if letter.isdecimal() and 0 < int(letter) <= self.groups:
            self.fail("une référence à un groupe n'est pas prise en charge", is_refused=True)
        return self.fail(f"« \\{letter} » n'a pas de sens")

    def category(self) -> Test:
        inside, closed, _ = self.text[self.index + 1 :].partition("}")
        if self.next() != "{" or not closed:
            self.fail("une catégorie s'écrit \\p{L}")
        self.index += len(inside) + 2
        if inside in _BLOCKS:
            low, high = _BLOCKS[inside]
            return lambda read: low <= ord(read) <= high
        if inside in _CATEGORIES:
            return _category(inside)
        return self.fail(f"la catégorie « {inside} » n'est pas prise en charge", is_refused=inside[:2] == "Is" and inside.isalnum())

    def characters(self) -> Test:
        """Read `[…]` after its bracket: characters, ranges, categories, what is taken away."""
        is_negated = self.take("^")
        tests: list[Test] = []
        without: Test | None = None
        while not self.take("]"):
            if not self.next():
                self.fail("un crochet n'est pas fermé")
            if self.take("-["):
                without = self.characters()
                if self.next() != "]":
                    self.fail("rien ne suit ce que l'on retire")
            else:
                tests.append(self.member(is_first=not tests))
        if not tests:
            self.fail("les crochets sont vides")
        return self.union(tests, without, is_negated=is_negated)

    def union(self, tests: list[Test], without: Test | None, *, is_negated: bool) -> Test:
        folds = "i" in self.flags

        def passes(read: str) -> bool:
            found = any(test(one) for one in (_variants(read) if folds else (read,)) if len(one) == 1 for test in tests)
            return found is not is_negated and (without is None or not without(read))

        return passes

    def member(self, *, is_first: bool) -> Test:
        low = self.single()
        if callable(low):
            return low
        if self.next() == "-" and self.text[self.index + 1 : self.index + 2] not in ("]", "["):
            self.index += 1
            high = self.single()
            if callable(high) or high < low:
                self.fail("un intervalle de caractères s'écrit a-z")
            return lambda read: low <= read <= high
        if low == "-" and not is_first and self.next() != "]" and self.text[self.index - 2] != "\\":
            self.fail("un tiret parmi d'autres caractères s'écrit \\-")
        return lambda read: read == low

    def single(self) -> str | Test:
        character = self.next()
        self.index += 1
        if character == "[":
            self.fail("un crochet s'écrit \\[")
        if character != "\\":
            return character
        letter = self.next()
        if letter and letter in _ITSELF:
            self.index += 1
            return letter
        if letter in _ESCAPED:
            self.index += 1
            return _ESCAPED[letter]
        if letter.isdecimal():
            self.fail("un groupe ne se répète pas entre crochets")
        return self.escape()


def _moved(step: Step, shift: int, origin: int) -> Step:
    if not step.ways:
        return step
    return Step(step.kind, ways=tuple(way + shift if way >= origin else way for way in step.ways))


def _choice(into: int, past: int, *, is_lazy: bool) -> Step:
    return Step("split", ways=(past, into) if is_lazy else (into, past))


def _without_space(pattern: str) -> str:
    kept, depth, escaped = [], 0, False
    for character in pattern:
        if not escaped:
            depth += (character == "[") - (character == "]")
        if depth > 0 or character not in " \t\n\r":
            kept.append(character)
            escaped = character == "\\" and not escaped
    return "".join(kept)
