"""Encryption: AES-256-GCM for small things, a stream of chunks for files, keyed hashes, and the port of the Coffre.

Boxes begin with a version byte, so that another algorithm can follow this one. Keys are 32 bytes.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from psl.socle.ports import connected

CHUNK = 65_536
_TAG = 16
_BOX = b"\x01"
_STREAM = b"\x02"
_LAST = b"\x01"
_MORE = b"\x00"


class BoiteIllisible(Exception):  # noqa: N818
    """A box that this key does not open: altered, truncated, reordered, or of another key."""


class CoffreError(Exception):
    """The coffre cannot answer now."""

    def __init__(self, public_message: str) -> None:
        super().__init__(public_message)
        self.public_message = public_message


class CleDetruite(CoffreError):  # noqa: N818
    """The period's key is no more: what it wrapped is lost for ever, as was wanted."""


class Coffre(Protocol):
    """Keep the keys that wrap the data keys, one per period (a month, "2026-11"), the named secrets and the journal's signing key."""

    def wrap(self, key: bytes, periode: str) -> bytes:
        """Return a data key wrapped under the period's key, which is made at first use where the coffre may."""

    def unwrap(self, box: bytes, periode: str) -> bytes:
        """Return the data key. Raises CleDetruite, BoiteIllisible, CoffreError."""

    def destroy(self, periode: str) -> None:
        """Destroy the period's key: whatever it still wraps, in the base as in its backups, cannot be read again."""

    def secret(self, nom: str) -> bytes:
        """Return 32 bytes, always the same for a name ("recherche", "suivi")."""

    def sign(self, data: bytes) -> bytes:
        """Return the ECDSA P-256 SHA-256 signature (DER) of the journal's key; drawn from the data (RFC 6979) where the coffre can."""

    def public_key(self) -> bytes:
        """Return the public half of the journal's key, PEM."""

    def certificate(self) -> bytes:
        """Return the certificate of the journal's key, PEM, followed by those of its authority if it has one."""

    def check(self) -> list[str]:
        """Return what is wrong with the configuration, in words; nothing when all is well."""


def coffre() -> Coffre:
    """Return the coffre that settings name."""
    connecteur: Coffre = connected("COFFRE")
    return connecteur


def new_key() -> bytes:
    return os.urandom(32)


def encrypt(key: bytes, clear: bytes, aad: bytes = b"") -> bytes:
    """Return a box: version, random 96-bit nonce, AES-256-GCM. `aad` binds the box to its place (an id) without being in it."""
    nonce = os.urandom(12)
    return _BOX + nonce + AESGCM(key).encrypt(nonce, clear, aad)


def decrypt(key: bytes, box: bytes, aad: bytes = b"") -> bytes:
    """Return what a box holds. Raises BoiteIllisible."""
    if box[:1] != _BOX or len(box) < 1 + 12 + _TAG:
        raise BoiteIllisible
    try:
        return AESGCM(key).decrypt(box[1:13], box[13:], aad)
    except InvalidTag:
        raise BoiteIllisible from None


def _cut(parts: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the parts cut anew into pieces of `size`, each with its flag; the last one, possibly empty, is flagged."""
    held = bytearray()
    for part in parts:
        held += part
        while len(held) > size:  # strictly: what fills the last piece exactly must not leave an empty one behind it
            yield bytes(held[:size]), _MORE
            del held[:size]
    yield bytes(held), _LAST


def encrypt_chunks(key: bytes, chunks: Iterable[bytes], aad: bytes = b"") -> Iterator[bytes]:
    """Yield an encrypted stream (STREAM construction, Hoang et al. 2015): a header, then chunks of 64 KiB and their tag.

    Each nonce is prefix (7 bytes) + counter (4) + last-chunk flag (1): a chunk lost, moved, repeated or cut off does not open.
    """
    cipher, prefix = AESGCM(key), os.urandom(7)
    yield _STREAM + prefix
    for counter, (piece, flag) in enumerate(_cut(chunks, CHUNK)):
        yield cipher.encrypt(prefix + counter.to_bytes(4) + flag, piece, aad)


def decrypt_chunks(key: bytes, chunks: Iterable[bytes], aad: bytes = b"") -> Iterator[bytes]:
    """Yield what an encrypted stream holds, chunk by chunk. Raises BoiteIllisible, at the end for a stream cut short."""
    source = iter(chunks)
    header = b""
    while len(header) < 8 and (part := next(source, None)) is not None:
        header += part
    if len(header) < 8 or header[:1] != _STREAM:
        raise BoiteIllisible
    cipher, prefix, rest = AESGCM(key), header[1:8], header[8:]
    for counter, (piece, flag) in enumerate(_cut(_chain(rest, source), CHUNK + _TAG)):
        try:
            yield cipher.decrypt(prefix + counter.to_bytes(4) + flag, piece, aad)
        except InvalidTag:
            raise BoiteIllisible from None


def _chain(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def keyed_hash(key: bytes, text: str) -> bytes:
    """Return HMAC-SHA256 of a text: equality without the text, for whoever does not hold the key."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")


def is_signed(public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether a signature (ECDSA, SHA-256, DER) of `data` is the one of a public key (PEM)."""
    key = load_pem_public_key(public_key)
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, data, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
