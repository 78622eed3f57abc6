"""Watches a PDF pass, to know that it is encrypted or made of too many objects. Pure, in constant memory."""

import re

OBJETS_MAX = 100_000
_MARGE = 256
_QUEUE = 4_096
# The trailer, or the dictionary of the cross-reference stream, is never itself encrypted nor compressed (ISO 32000-1, 7.5.5, 7.5.8, 7.6.1).
# Each letter of a name may be written by its code (#45), and what parts two words be a comment: readers know it, so must we.
_NOM = b"".join(b"(?:%c|#%02x|#%02X)" % (lettre, lettre, lettre) for lettre in b"Encrypt")
_BLANC = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]{0,80}[\r\n])"
_CHIFFRE = re.compile(b"/" + _NOM + _BLANC + rb"{0,80}(\d+" + _BLANC + rb"{1,20}\d+" + _BLANC + rb"{1,20}R|<<)")
_OBJET = re.compile(rb"\d\s+obj\b")
_TAILLE = re.compile(rb"/Size\s+(\d{1,12})")


class Protection:
    """Fed with the chunks of one PDF in order."""

    def __init__(self) -> None:
        self.is_encrypted = False
        self._objets = 0
        self._reste = b""
        self._queue = b""

    def feed(self, chunk: bytes) -> None:
        fenetre = self._reste + chunk
        self._reste = fenetre[-_MARGE:]
        self.is_encrypted = self.is_encrypted or bool(_CHIFFRE.search(fenetre))
        # What the margin already counted is not counted again: a match must end in the new bytes.
        debut = len(fenetre) - len(chunk)
        self._objets += sum(trouve.end() > debut for trouve in _OBJET.finditer(fenetre))
        self._queue = fenetre[-_QUEUE:] if len(fenetre) >= _QUEUE else (self._queue + chunk)[-_QUEUE:]

    def is_too_complex(self) -> bool:
        """Say whether it has, or says it has, more objects than any honest document."""
        dites = [int(taille) for taille in _TAILLE.findall(self._queue)] if b"/Root" in self._queue else []
        return max([self._objets, *dites]) > OBJETS_MAX
