"""The tokens, where the reading stands, and the names it knows: those of several words or with signs are read whole."""

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from psl.langage.feel.errors import ErreurFEEL
from psl.langage.feel.fonctions import BUILTINS, REFUSEES
from psl.langage.feel.lexer import Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psl.langage.feel.values import Shape

PROFONDEUR_MAX = 50
_WORDS = {
    "et": "and",
    "ou": "or",
    "non": "not(…)",
    "si": "if",
    "sinon": "else",
    "alors": "then",
    "dans": "in",
    "vrai": "true",
    "faux": "false",
    "pour": "for",
    "chaque": "every",
}


def _pieces(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except ErreurFEEL:
        return ()


_BUILTIN_NAMES = sorted(((_pieces(name), name) for name in (*BUILTINS, *REFUSEES)), key=lambda pair: -len(pair[0]))
# The members whose name is of two words, whatever the context.
_MEMBERS = [(_pieces(name), name) for name in ("time offset", "start included", "end included")]


class Reader:
    """A walk along the tokens."""

    def __init__(self, source: str, names: Iterable[str], shapes: "Mapping[str, Shape]") -> None:
        self.source = source
        self.tokens = tokenize(source)
        self.index = 0
        self.depth = 0
        self.in_interval = False
        self.shapes = shapes
        self.scopes: list[dict[tuple[str, ...], str]] = [{_pieces(name): name for name in names}]
        self.members: dict[tuple[str, ...], str] = {**dict(_MEMBERS), **self.scopes[0]}

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def advance(self, count: int = 1) -> Token:
        self.index += count
        return self.tokens[self.index - 1]

    def at(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.text in signs

    def expect(self, *signs: str) -> Token:
        if not self.at(*signs):
            wanted = " ou ".join(f"« {sign} »" for sign in signs)
            raise self.unexpected(f"Écrivez {wanted} ici.")
        return self.advance()

    def unexpected(self, remede: str) -> ErreurFEEL:
        token = self.token
        if token.kind == "end":
            return ErreurFEEL(token.start, "L'expression s'arrête trop tôt", remede)
        if token.kind == "name" and token.text.lower() in _WORDS:
            remede = f"Écrivez {_WORDS[token.text.lower()]}."
        if token.text == "=" and self.index and self.tokens[self.index - 1].text == "=":
            remede = "L'égalité s'écrit avec un seul signe =."
        return ErreurFEEL(token.start, f"« {token.text} » n'est pas attendu ici", remede, fin=token.end)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > PROFONDEUR_MAX:
            raise ErreurFEEL(self.token.start, "Trop de parenthèses ou de if imbriqués", "Coupez l'expression en plusieurs conditions.")

    @contextmanager
    def scope(self) -> "Iterator[dict[tuple[str, ...], str]]":
        """Open a scope: the names put in it are known until it closes; brackets inside are brackets again."""
        outer, self.in_interval = self.in_interval, False
        self.scopes.append({})
        yield self.scopes[-1]
        self.scopes.pop()
        self.in_interval = outer

    def declare(self, name: str) -> None:
        """Make a name known in the innermost scope, and as a member everywhere."""
        if pieces := _pieces(name):
            self.scopes[-1][pieces] = name
            self.members[pieces] = name

    def is_declared(self, name: str) -> bool:
        return any(name in scope.values() for scope in self.scopes)

    def follows(self, pieces: tuple[str, ...]) -> bool:
        ahead = self.tokens[self.index : self.index + len(pieces)]
        return len(ahead) == len(pieces) and all(
            token.text == piece and token.kind != "text" for token, piece in zip(ahead, pieces, strict=True)
        )

    def known_name(self) -> tuple[str, int]:
        """Give the longest known name that stands here and its tokens; "" and 0 when none does."""
        found = [
            (len(pieces), name) for scope in reversed(self.scopes) for pieces, name in scope.items() if pieces and self.follows(pieces)
        ]
        count, name = max(found, key=lambda pair: pair[0], default=(0, ""))
        return name, count

    def builtin_name(self) -> tuple[str, int]:
        """Give the longest built-in that is called here and its tokens; "" and 0 when none is."""
        for pieces, name in _BUILTIN_NAMES:
            if self.follows(pieces) and self.tokens[self.index + len(pieces)].text == "(":
                return name, len(pieces)
        return "", 0

    def member_name(self) -> tuple[str, int]:
        found = [(len(pieces), name) for pieces, name in self.members.items() if pieces and self.follows(pieces)]
        count, name = max(found, default=(0, ""))
        if count > 1 or self.token.kind == "name":
            return (name, count) if count > 1 else (self.token.text, 1)
        return "", 0

    def words_until(self, *signs: str) -> str:
        """Read a new name, which a sign ends: `full name:`, `my item in`."""
        start, first = self.index, self.token
        if first.kind != "name":
            raise self.unexpected("Écrivez un nom ici.")
        while not self.at(*signs) and self.token.kind != "end":
            self.advance()
        if self.token.kind == "end":
            self.index = start + 1
            self.expect(*signs)
        return " ".join(self.source[first.start : self.tokens[self.index - 1].end].split()) if self.index - start > 1 else first.text
