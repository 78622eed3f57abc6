"""Examines a file while it passes: its type, its size, its digest, and what makes it suspect. Pure, in constant memory."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from psl.pieces.examen import structure
from psl.pieces.examen.detection import JPEG, PDF, PNG, TETE, WEBP, TypeFichier, describe, detect
from psl.pieces.examen.protection import Protection

# An archive's end record may be followed by a comment of 65,535 bytes (APPNOTE.TXT 4.3.16): readers look for it that far back.
QUEUE = 65_535 + 22
# Larger than any telephone's picture (200 million pixels); a bomb decompresses to thousands of millions.
PIXELS_MAX = 250_000_000
PIXELS_SANS_REDUCTION = 100_000_000  # of what cannot be decoded at a fraction of its size, as a JPEG can

_MARCHEURS: dict[TypeFichier, structure.Marcheur] = {
    JPEG: structure.walk_jpeg,
    PNG: structure.walk_png,
    WEBP: structure.walk_webp,
}
_BALISES = re.compile(rb"(?i)<(!doctype html|html|head|body|script|iframe|svg|\?php)[\s>/]")


class Soupcon(StrEnum):
    """Why a file of an accepted type is refused all the same."""

    ABIME = "abime"
    DOUBLE = "double"
    DEMESURE = "demesure"
    CHIFFRE = "chiffre"
    COMPLEXE = "complexe"


@dataclass(frozen=True)
class Constat:
    """What the examination found; `mime` and `extension` are empty for a type that the platform does not keep."""

    mime: str
    extension: str
    description: str
    taille: int
    sha256: str
    soupcon: Soupcon | None


class Examen:
    """Fed with the chunks of one file in order, then concluded once."""

    def __init__(self) -> None:
        self.taille = 0
        self._tete = b""
        self._queue = b""
        self._empreinte = hashlib.sha256()
        self._promenade: structure.Promenade | None = None
        self._en_attente: list[bytes] = []
        self._protection = Protection()

    def feed(self, chunk: bytes) -> None:
        self.taille += len(chunk)
        self._empreinte.update(chunk)
        self._queue = (self._queue + chunk)[-QUEUE:] if len(chunk) < QUEUE else chunk[-QUEUE:]
        if len(self._tete) < TETE:
            self._tete = (self._tete + chunk)[:TETE]
        if self._tete.startswith(b"%PDF"):
            self._protection.feed(chunk)
        self._walk(chunk)

    def detected(self) -> TypeFichier | None:
        """Return the type as soon as the first bytes say it."""
        return detect(self._tete)

    def conclude(self) -> Constat:
        connu = self.detected()
        return Constat(
            mime=connu.mime if connu else "",
            extension=connu.extension if connu else "",
            description=describe(self._tete),
            taille=self.taille,
            sha256=self._empreinte.hexdigest(),
            soupcon=self._why_suspect(),
        )

    def _walk(self, chunk: bytes) -> None:
        """Start the walker once the type is known; what came before is walked first."""
        if self._promenade is None:
            self._en_attente.append(chunk)
            if len(self._tete) < 24:
                return
            marcheur = _MARCHEURS.get(detect(self._tete) or PDF, _stand_still)
            self._promenade = structure.Promenade(marcheur)
            chunk = b"".join(self._en_attente)
            self._en_attente = []
        self._promenade.feed(chunk)

    def _why_suspect(self) -> Soupcon | None:
        connu = self.detected()
        mesures = self._promenade.mesures if self._promenade else structure.Mesures()
        if connu is None:
            return None
        if is_archive_end(self._queue, self.taille) or _BALISES.search(self._tete, 0, 1_024) or self._tete.find(b"%PDF-", 1, 1_024) > 0:
            return Soupcon.DOUBLE
        if self._protection.is_encrypted or self._protection.is_too_complex():
            return Soupcon.CHIFFRE if self._protection.is_encrypted else Soupcon.COMPLEXE
        if mesures.pixels > (PIXELS_MAX if connu == JPEG else PIXELS_SANS_REDUCTION):
            return Soupcon.DEMESURE
        if (connu in _MARCHEURS and not mesures.is_whole) or (connu == PDF and b"%%EOF" not in self._queue):
            return Soupcon.ABIME
        return None


def is_archive_end(queue: bytes, taille: int) -> bool:
    """Say whether a file of `taille` bytes also opens as a ZIP archive, from its last bytes (APPNOTE.TXT 4.3.16)."""
    place = queue.rfind(b"PK\x05\x06")
    while place >= 0:
        fin = queue[place : place + 22]
        disque, debut, ici, entrees, repertoire = (
            int.from_bytes(fin[a:b], "little") for a, b in ((4, 6), (6, 8), (8, 10), (10, 12), (12, 16))
        )
        if len(fin) == 22 and disque == debut == 0 and ici == entrees and entrees > 0 and repertoire <= taille:
            return True
        place = queue.rfind(b"PK\x05\x06", 0, place)
    return False


def _stand_still(_mesures: structure.Mesures) -> structure.Marche:
    yield from ()
