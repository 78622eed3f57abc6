"""Numbers and codes that people copy by hand: drawn at random, read with tolerance."""

import re
import secrets

from psl.socle.errors import Refus

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_CONFUSED = str.maketrans("ILO", "110")
_NUMBER = re.compile("A[0-9][0-9A-Z]{8}")
_DASHES = str.maketrans(dict.fromkeys("-‐‑‒–—−_ \t\u00a0\u202f"))


def draw() -> str:
    """Return a new télédossier number, `A-n-XXXXXXXX`: a digit, seven characters, a check character."""
    digit = secrets.choice(_ALPHABET[:10])
    body = "".join(secrets.choice(_ALPHABET) for _ in range(7))
    return f"A-{digit}-{body}{check_character(digit + body)}"


def check_character(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 character that closes a text of [0-9A-Z]: it shows any one error and any swap of neighbours."""
    product = 36
    for character in text:
        total = (product + _ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return _ALPHABET[(37 - product) % 36]


def check(text: str) -> str:
    """Return a number as the platform writes it, whatever its case, its spaces and its dashes.

    Refuses: numero-errone.
    """
    bare = text.upper().translate(_DASHES)
    if _NUMBER.fullmatch(bare) and check_character(bare[1:-1]) == bare[-1]:
        return f"A-{bare[1]}-{bare[2:]}"
    raise Refus(
        "numero-errone",
        "Ce numéro n’existe pas. Un numéro ressemble à A-1-ABCD1234 : vérifiez chaque caractère sur votre accusé de réception.",
        statut=404,
    )


def draw_code() -> str:
    """Return a new tracking code: 80 random bits, shown in four groups of four."""
    symbols = "".join(secrets.choice(_CROCKFORD) for _ in range(16))
    return "-".join(symbols[start : start + 4] for start in range(0, 16, 4))


def normalise_code(text: str) -> str:
    """Return a typed code as it is hashed: no dash, no space, look-alike letters read as digits. A wrong code stays wrong."""
    return text.upper().translate(_DASHES).translate(_CONFUSED)
