"""The words an affectation can be found by (pure but for the secret): normalised, cut into prefixes, hashed under a key per service."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from psl.socle import crypto

PREFIXE_MIN = 3
APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`"))


def normalise(text: str) -> list[str]:
    """Return the words of a text: lower case, no accent, two letters or more."""
    plat = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae")).encode("ascii", "ignore").decode()
    return [mot for mot in re.findall(r"[a-z0-9]+", plat) if len(mot) >= 2]


def prefixes(mot: str) -> list[str]:
    """Return a word and its beginnings of three letters or more."""
    return [mot[:taille] for taille in range(PREFIXE_MIN, len(mot))] + [mot]


def key_of(service: UUID) -> bytes:
    """Return the key of a service's words: two services' hashes of the same word differ."""
    return crypto.keyed_hash(crypto.coffre().secret("recherche"), service.hex)


def hash_word(cle: bytes, mot: str) -> bytes:
    """Return the 128-bit keyed hash under which a word is stored and searched."""
    return crypto.keyed_hash(cle, mot)[:16]


def hashes(valeurs: Mapping[str, Any], champs: Iterable[str], numero: str, service: UUID) -> set[bytes]:
    """Return the hashes of every word, and word beginning, of the searchable answers and of the number.

    "N'Guyen" is found as "guyen" and as "nguyen": people type it both ways.
    """
    cle = key_of(service)
    textes = [str(valeurs[champ]) for champ in champs if valeurs.get(champ)]
    mots = {mot for texte in textes for mot in normalise(texte) + normalise(texte.translate(APOSTROPHES))} | {
        numero.replace("-", "").lower()
    }
    return {hash_word(cle, debut) for mot in mots for debut in prefixes(mot)}


def searched(q: str, service: UUID) -> list[bytes]:
    """Return the hashes that an affectation must all have to answer a search."""
    cle = key_of(service)
    compact = q.replace("-", "").replace(" ", "").lower()
    mots = [compact] if re.fullmatch(r"a[0-9][0-9a-z]{8,9}", compact) else normalise(q)
    return [hash_word(cle, mot) for mot in mots[:8]]
