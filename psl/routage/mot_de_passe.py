"""The password of a service (pure): drawn once for an affectation, written in the message of the PEC, typed by hand from it."""

import secrets

TAILLE = 10
# What XML writes as it stands and nobody mistakes for another: no & < > " ', no O o 0 I l 1.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789!#$%*+-=?@"


def draw() -> str:
    """Return ten printable characters drawn at random (61 bits), at least one of them neither a letter nor a digit."""
    while True:
        tire = "".join(secrets.choice(ALPHABET) for _ in range(TAILLE))
        if not tire.isalnum():
            return tire


def same(tape: str, attendu: str) -> bool:
    """Say whether what was typed is the password, in a time that does not tell how much of it is right."""
    return secrets.compare_digest(tape.strip().encode("utf-8", "surrogatepass"), attendu.encode())
