"""Regular expressions run: every way at once, so that the time is the length of the text times that of the program, whatever they are."""

from dataclasses import dataclass
from functools import lru_cache

from psl.langage.feel.fonctions.motif_lecture import ErreurMotif, Reading, Step
from psl.langage.feel.values.budget import TEXTE_MAX, BudgetEpuise, spend

__all__ = ["ErreurMotif", "Motif", "read"]

type _Slots = tuple[int, ...]


@lru_cache(maxsize=512)
def read(pattern: str, flags: str = "") -> "Motif":
    """Read a regular expression. Raises ErreurMotif."""
    if set(flags) - set("smix"):
        raise ErreurMotif("Motif : les options sont s, m, i et x")
    if len(pattern) > 1000:
        raise ErreurMotif("Motif : il est trop long", is_refused=True)
    reading = Reading(pattern, flags)
    program = tuple(reading.whole())
    return Motif(program, reading.groups)


@dataclass(frozen=True, slots=True)
class Motif:
    """A regular expression, ready."""

    program: tuple[Step, ...]
    groups: int

    def is_in(self, text: str) -> bool:
        """Tell whether some part of a text matches."""
        return self.find(text, 0, any_end=True) is not None

    def replace(self, text: str, replacement: str) -> str | None:
        """Replace each match; `$1` is what its first group holds. None when it matches nothing at all, or `replacement` is not one."""
        if self.find("", 0) is not None:
            return None
        parts, position = _template(replacement, self.groups), 0
        if parts is None:
            return None
        made: list[str] = []
        size = len(text)
        while (found := self.find(text, position)) is not None:
            put = "".join(part if isinstance(part, str) else text[found[2 * part] : found[2 * part + 1]] for part in parts)
            made += (text[position : found[0]], put)
            position, size = found[1], size + len(put)
            if size > TEXTE_MAX:
                raise BudgetEpuise
        return "".join([*made, text[position:]])

    def split(self, text: str) -> list[str] | None:
        """Cut a text at each match; None when the expression matches nothing at all."""
        if self.find("", 0) is not None:
            return None
        pieces, position = [], 0
        while (found := self.find(text, position)) is not None:
            pieces.append(text[position : found[0]])
            position = found[1]
        return [*pieces, text[position:]]

    def find(self, text: str, start: int, *, any_end: bool = False) -> _Slots | None:
        """Give the slots of the first match from a position: 0 and 1 are its ends, 2n and 2n+1 those of group n."""
        empty = (0,) * (2 * self.groups + 2)
        found: _Slots | None = None
        ways: list[tuple[int, _Slots]] = []
        for position in range(start, len(text) + 1):
            if found is None:
                ways.append((0, (position, *empty[1:])))
            reading, ended = self.advance(ways, text, position)
            found = ended or found
            if (ended and any_end) or (found and not reading) or position == len(text):
                break
            character = text[position]
            ways = [(step + 1, slots) for step, slots in reading if self.program[step].test(character)]  # type: ignore[misc]
        return found

    def advance(self, ways: list[tuple[int, _Slots]], text: str, position: int) -> tuple[list[tuple[int, _Slots]], _Slots | None]:
        """Follow every way to the steps that read, the preferred first; what comes after an end is dropped."""
        seen: set[int] = set()
        reading: list[tuple[int, _Slots]] = []
        pending = list(reversed(ways))
        while pending:
            step, slots = pending.pop()
            if step in seen:
                continue
            seen.add(step)
            instruction = self.program[step]
            if instruction.kind == "read":
                reading.append((step, slots))
            elif instruction.kind == "end":
                spend(len(seen))
                return reading, (slots[0], position, *slots[2:])
            else:
                pending.extend(_next(instruction, step, slots, text, position))
        spend(1 + len(seen))
        return reading, None


def _next(instruction: Step, step: int, slots: _Slots, text: str, position: int) -> list[tuple[int, _Slots]]:
    if instruction.kind == "save":
        return [(step + 1, (*slots[: instruction.slot], position, *slots[instruction.slot + 1 :]))]
    if instruction.kind == "edge":
        return [(step + 1, slots)] if _is_edge(instruction.edge, text, position) else []
    return [(way, slots) for way in reversed(instruction.ways)]


def _is_edge(edge: str, text: str, position: int) -> bool:
    if edge[0] == "^":
        return position == 0 or (edge == "^m" and text[position - 1] == "\n" and position < len(text))
    return position == len(text) or (edge == "$m" and text[position] == "\n")


def _template(replacement: str, groups: int) -> list[str | int] | None:
    parts: list[str | int] = []
    index = 0
    while index < len(replacement):
        character, after = replacement[index], replacement[index + 1 : index + 2]
        if character == "\\":
            if after not in ("\\", "$") or not after:
                return None
            parts.append(after)
            index += 2
        elif character == "$":
            digits = 1
            if not after.isdecimal():
                return None
            while replacement[index + 1 : index + 2 + digits].isdecimal() and int(replacement[index + 1 : index + 2 + digits]) <= groups:
                if len(replacement) < index + 2 + digits:
                    break
                digits += 1
            number = int(replacement[index + 1 : index + 1 + digits])
            parts.append(number if number <= groups else "")
            index += 1 + digits
        else:
            parts.append(character)
            index += 1
    return parts
