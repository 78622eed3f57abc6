"""The journal's hashes, pure: bodies, faits, Merkle trees (RFC 6962 §2.1), lots. All SHA-256."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

ORIGINE = bytes(32)  # what the first fait of a subject, and the first lot, follow


def canonical(corps: object) -> str:
    """Return the one text of a JSON value: sorted keys, no space. Raises TypeError for what would not come back the same (a float)."""
    _check(corps)
    return json.dumps(corps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"une clé de corps est un texte, pas {type(key).__name__}")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif not (value is None or isinstance(value, str | int)):
        raise TypeError(f"un corps de fait ne porte pas de {type(value).__name__}")


def body_digest(sel: bytes, texte: str) -> bytes:
    """Return the digest that stays in the fait when its body goes. The salt keeps a short body from being guessed."""
    return sha256(sel + texte.encode()).digest()


def fait_hash(
    *,
    id: UUID,
    sorte: str,
    sujet: UUID,
    rang: int,
    acteur_sorte: str,
    acteur_id: UUID | None,
    at: datetime,
    digest: bytes,
    precedent: bytes,
) -> bytes:
    """Return what the next fait of the subject carries, and what its leaf seals: the SHA-256 of its head."""
    acteur = acteur_id.hex if acteur_id else None
    head = [id.hex, sorte, sujet.hex, rang, acteur_sorte, acteur, moment(at), digest.hex(), precedent.hex()]
    return sha256(canonical(head).encode()).digest()


def moment(at: datetime) -> str:
    """Return the one text of an instant."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def leaf_hash(empreinte: bytes) -> bytes:
    return sha256(b"\x00" + empreinte).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash of leaf hashes: a node is SHA-256(0x01, left, right), an odd last node goes up as it is."""
    level = list(leaves)
    if not level:
        return sha256(b"").digest()
    while len(level) > 1:
        above = [sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level = above + level[len(above) * 2 :]
    return level[0]


def merkle_path(leaves: Sequence[bytes], position: int) -> list[tuple[str, str]]:
    """Return what leads from a leaf to the root: at each level where it has one, the side of its neighbour and the neighbour (hex)."""
    path, level = [], list(leaves)
    while len(level) > 1:
        neighbour = position ^ 1
        if neighbour < len(level):
            path.append(("gauche" if neighbour < position else "droite", level[neighbour].hex()))
        above = [sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        level, position = above + level[len(above) * 2 :], position // 2
    return path


def climb(leaf: bytes, path: Sequence[tuple[str, str]]) -> bytes:
    """Return the root that a leaf and its path give."""
    for side, neighbour in path:
        other = bytes.fromhex(neighbour)
        leaf = sha256(b"\x01" + (other + leaf if side == "gauche" else leaf + other)).digest()
    return leaf


def lot_bytes(*, rang: int, taille: int, racine: bytes, precedent: bytes, at: datetime) -> bytes:
    """Return what is signed: the head of a lot."""
    return canonical(["lot", rang, taille, racine.hex(), precedent.hex(), moment(at)]).encode()


def lot_hash(head: bytes) -> bytes:
    """Return what the next lot carries, and what an anchor shows: who keeps it outside can tell a journal cut short or made again."""
    return sha256(head).digest()


def stamp_bytes(*, rang: int, jeton: bytes, at: datetime) -> bytes:
    """Return what is signed when the token of a lot comes: a token alone has parts that its authority does not sign."""
    return canonical(["horodatage", rang, sha256(jeton).hexdigest(), moment(at)]).encode()
