"""E-mail addresses that may be written in a header and given to a server. Pure.

Stricter than RFC 5321: what no mailbox of this world uses (quoted local parts, comments, literals) is refused.
"""

import re
import unicodedata

_LOCALE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAINE = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class AdresseErronee(ValueError):  # noqa: N818
    """Not an address that can be written to."""


def normalise(courriel: str) -> str:
    """Return an address as it is sent to: trimmed, its domain in lower-case ASCII (RFC 5891). Raises AdresseErronee."""
    adresse = unicodedata.normalize("NFC", courriel.strip())
    locale, arobase, domaine = adresse.rpartition("@")
    try:
        ascii_ = domaine.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise AdresseErronee from None
    if (
        not arobase
        or not _LOCALE.fullmatch(locale)
        or not _DOMAINE.fullmatch(ascii_)
        or len(locale) > 64
        or len(locale) + len(ascii_) > 253
    ):
        raise AdresseErronee
    return f"{locale}@{ascii_}"


def mask(courriel: str) -> str:
    """Return an address that its owner recognises and nobody learns: « c•••@e•••.fr »."""
    locale, _, domaine = courriel.rpartition("@")
    nom, _, suite = domaine.rpartition(".")
    return f"{locale[:1]}•••@{nom[:1]}•••.{suite}"
