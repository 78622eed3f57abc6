"""From characters to tokens. Whatever is not of the language is refused here, at its character, with what to write instead."""

import re
import unicodedata
from dataclasses import dataclass

from psl.langage.feel.errors import ErreurFEEL

LONGUEUR_MAX = 4000
CHIFFRES_MAX = 34

KEYWORDS = frozenset({"and", "or", "in", "between", "if", "then", "else", "true", "false", "null", "not"})
# Keywords too: neither they nor the first ones are taken for names.
RESERVED = frozenset({"for", "return", "some", "every", "satisfies", "instance", "of", "function", "external"})

_TOKEN = re.compile(
    r"""
    (?P<space>[\s\ufeff\u200b]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<name>(?:[^\W\d]|[\U00010000-\U000effff])(?:[\w'’]|[\U00010000-\U000effff])*|\?)
  | (?P<sign><=|>=|!=|\.\.|\*\*|/(?!\*)|[<>=+\-*()\[\],.{}:@])
    """,
    re.VERBOSE | re.DOTALL,
)

_REMEDES = {
    '"': ("Ce texte n'est pas fermé", 'Ajoutez le guillemet droit " qui manque à la fin.'),
    "'": ("Un texte s'écrit entre guillemets droits", "Écrivez \"texte\" et non 'texte'."),
    "“": ("Guillemet typographique", 'Écrivez le guillemet droit ".'),
    "”": ("Guillemet typographique", 'Écrivez le guillemet droit ".'),
    "«": ("Guillemet typographique", 'Écrivez le guillemet droit ".'),
    "»": ("Guillemet typographique", 'Écrivez le guillemet droit ".'),
    "&": ("« & » n'est pas du FEEL", "Écrivez and."),
    "|": ("« | » n'est pas du FEEL", "Écrivez or."),
    "!": ("« ! » n'est pas du FEEL", "Écrivez not(…), ou != pour « différent de »."),
    "≤": ("« ≤ » n'est pas du FEEL", "Écrivez <=."),
    "≥": ("« ≥ » n'est pas du FEEL", "Écrivez >=."),
    "≠": ("« ≠ » n'est pas du FEEL", "Écrivez !=."),
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: kind is number, text, name, sign or end; keywords are signs."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(source: str) -> list[Token]:
    """Cut a text into tokens, the last one of kind `end`. Raises ErreurFEEL at the first character that has no place."""
    if len(source) > LONGUEUR_MAX:
        raise ErreurFEEL(LONGUEUR_MAX, f"L'expression dépasse {LONGUEUR_MAX} caractères", "Coupez-la en plusieurs conditions.")
    tokens, position = [], 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise _unknown(source, position)
        if match.lastgroup != "space":
            tokens.append(_token(str(match.lastgroup), match[0], position))
        position = match.end()
    tokens.append(Token("end", "", position, position))
    return tokens


def _token(kind: str, text: str, start: int) -> Token:
    end = start + len(text)
    if kind == "number" and sum(character.isdigit() for character in text.partition("e")[0]) > CHIFFRES_MAX:
        raise ErreurFEEL(start, f"Ce nombre a plus de {CHIFFRES_MAX} chiffres", "Écrivez un nombre plus court.", fin=end)
    if kind != "name":
        return Token(kind, unescape(text, start) if kind == "text" else text, start, end)
    name = unicodedata.normalize("NFC", text.replace("’", "'"))
    return Token("sign" if name in KEYWORDS or name in RESERVED else "name", name, start, end)


def _unknown(source: str, position: int) -> ErreurFEEL:
    character = source[position]
    if source.startswith("/*", position):
        return ErreurFEEL(position, "Ce commentaire n'est pas fermé", "Ajoutez */ à la fin.")
    message, remede = _REMEDES.get(character, (f"Le caractère « {character} » n'a pas de sens ici", "Retirez-le."))
    return ErreurFEEL(position, message, remede)


def unescape(quoted: str, start: int) -> str:
    """Give the text between the quotes, escapes replaced; a backslash before another letter stands for itself. Raises ErreurFEEL."""

    def replace(match: re.Match[str]) -> str:
        code, remede = match[1] or match[2], "Un caractère s'écrit \\u suivi de quatre chiffres hexadécimaux, ou \\U de six."
        if code is None and match[3] not in "uU":
            return _ESCAPES.get(match[3], match[0])
        number = int(code, 16) if code else -1
        if not 0 <= number <= 0x10FFFF:
            raise ErreurFEEL(start + 1 + match.start(), f"Échappement inconnu « {match[0]} »", remede)
        return chr(number)

    text = _ESCAPE.sub(replace, quoted[1:-1])
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
