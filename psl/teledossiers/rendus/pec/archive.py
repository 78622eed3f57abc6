"""A zip written as a stream (pure): members come one after the other, nothing is held but the chunk at hand.

Deflate, flags 0x808 (names in UTF-8, sizes after the data), no directory entry, no comment: what the real platform writes.
Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

LOT = 65_536
PLEIN = 0xFFFFFFFF
_VERSION, _VERSION_64 = 20, 45
_DRAPEAUX, _DEFLATE = 0x0808, 8
_LOCAL = struct.Struct("<4s5H3I2H")
_SUITE = struct.Struct("<4s3I")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_FIN = struct.Struct("<4s4H2IH")
_FIN_64 = struct.Struct("<4sQ2H2I4Q")
_RENVOI_64 = struct.Struct("<4sIQI")
_DEBUT_64 = struct.Struct("<2HQ")


@dataclass(frozen=True, slots=True)
class Membre:
    """A member to write: its name, its bytes in chunks; `est_dense` when they are compressed already and deflating gains nothing."""

    nom: str
    octets: Iterable[bytes]
    est_dense: bool = False


@dataclass(frozen=True, slots=True)
class _Ecrit:
    nom: bytes
    crc: int
    comprime: int
    taille: int
    debut: int


def write(membres: Iterable[Membre], *, at: datetime, plein: int = PLEIN) -> Iterator[bytes]:
    """Yield the bytes of a zip, 64 KiB at a time or so, every member dated `at` (wall-clock time, to two seconds).

    The same members and date give the same bytes. Offsets over `plein` are written in the zip64 way. Raises ValueError for a member
    of 4 GiB or more.
    """
    tenu, rendu = bytearray(), 0
    ecrits: list[_Ecrit] = []
    for membre in membres:
        nom, debut = membre.nom.encode(), rendu + len(tenu)
        tenu += _LOCAL.pack(b"PK\x03\x04", _VERSION, _DRAPEAUX, _DEFLATE, *_dos(at), 0, 0, 0, len(nom), 0) + nom
        corps, deflate = _Corps(), zlib.compressobj(0 if membre.est_dense else 6, zlib.DEFLATED, -15)
        for morceau in corps.deflate(membre.octets, deflate):
            tenu += morceau
            if len(tenu) >= LOT:
                yield bytes(tenu)
                rendu += len(tenu)
                tenu.clear()
        tenu += _SUITE.pack(b"PK\x07\x08", corps.crc, corps.comprime, corps.taille)
        ecrits.append(_Ecrit(nom, corps.crc, corps.comprime, corps.taille, debut))
    yield bytes(tenu) + _directory(ecrits, rendu + len(tenu), at, plein)


class _Corps:
    """What is counted while the bytes of a member pass."""

    __slots__ = ("comprime", "crc", "taille")

    def __init__(self) -> None:
        self.comprime = self.crc = self.taille = 0

    def deflate(self, octets: Iterable[bytes], deflate: "zlib._Compress") -> Iterator[bytes]:
        for morceau in octets:
            self.crc = zlib.crc32(morceau, self.crc)
            self.taille += len(morceau)
            yield self._counted(deflate.compress(morceau))
        yield self._counted(deflate.flush())
        if max(self.taille, self.comprime) >= PLEIN:
            raise ValueError("un fichier de 4 Gio ou plus ne tient pas dans le zip")

    def _counted(self, morceau: bytes) -> bytes:
        self.comprime += len(morceau)
        return morceau


def _directory(ecrits: list[_Ecrit], debut: int, at: datetime, plein: int) -> bytes:
    lignes = b"".join(_line(ecrit, at, plein) for ecrit in ecrits)
    nombre, taille = len(ecrits), len(lignes)
    longue = b""
    if debut >= plein or nombre >= 0xFFFF:
        longue = _FIN_64.pack(b"PK\x06\x06", 44, _VERSION_64, _VERSION_64, 0, 0, nombre, nombre, taille, debut)
        longue += _RENVOI_64.pack(b"PK\x06\x07", 0, debut + taille, 1)
        nombre, debut = min(nombre, 0xFFFF), PLEIN
    return lignes + longue + _FIN.pack(b"PK\x05\x06", 0, 0, nombre, nombre, taille, debut, 0)


def _line(ecrit: _Ecrit, at: datetime, plein: int) -> bytes:
    est_loin = ecrit.debut >= plein
    suite = _DEBUT_64.pack(1, 8, ecrit.debut) if est_loin else b""
    version = _VERSION_64 if est_loin else _VERSION
    tete = (b"PK\x01\x02", version, version, _DRAPEAUX, _DEFLATE, *_dos(at), ecrit.crc, ecrit.comprime, ecrit.taille)
    return _CENTRAL.pack(*tete, len(ecrit.nom), len(suite), 0, 0, 0, 0, PLEIN if est_loin else ecrit.debut) + ecrit.nom + suite


def _dos(at: datetime) -> tuple[int, int]:
    annee = min(max(at.year, 1980), 2107) - 1980
    return at.hour << 11 | at.minute << 5 | at.second // 2, annee << 9 | at.month << 5 | at.day
