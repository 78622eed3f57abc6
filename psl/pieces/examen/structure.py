"""Walks through a file as it passes, to know that it is whole and how large its picture is.

Pure and in constant memory. A walker is a generator: it yields what it wants next and is sent the bytes it asked for.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass


@dataclass(frozen=True)
class Lire:
    """Wants exactly `octets` bytes."""

    octets: int


@dataclass(frozen=True)
class Sauter:
    """Wants `octets` bytes passed over; they are not kept."""

    octets: int


@dataclass(frozen=True)
class Chercher:
    """Wants everything passed over up to and including `motif`."""

    motif: bytes


@dataclass
class Mesures:
    """What a walker found: whether the end mark was met, and the size of the picture in pixels."""

    is_whole: bool = False
    pixels: int = 0


type Marche = Generator[Lire | Sauter | Chercher, bytes, None]
type Marcheur = Callable[[Mesures], Marche]

_SANS_CORPS = frozenset(range(0xD0, 0xD9)) | {0x01}
# Frame headers of ITU-T T.81 table B.1: C0 to CF, but for DHT (C4), JPG (C8) and DAC (CC).
_CADRES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DEBUT_DES_DONNEES = 0xDA


def walk_jpeg(mesures: Mesures) -> Marche:
    """ITU-T T.81: marker segments up to the scan, then the end of image; a thumbnail's own end lies inside its segment.

    What follows the end is let through: telephones append depth maps and short films there.
    """
    yield Lire(2)
    while True:
        marque = yield Lire(2)
        while marque == b"\xff\xff":
            marque = b"\xff" + (yield Lire(1))
        if marque[0] != 0xFF:
            return
        if marque[1] in _SANS_CORPS:
            continue
        taille = int.from_bytes((yield Lire(2)))
        if marque[1] == _DEBUT_DES_DONNEES:
            break
        if taille < 2:
            return
        corps = taille - 2
        if marque[1] in _CADRES and corps >= 5:
            cadre = yield Lire(5)
            mesures.pixels = int.from_bytes(cadre[1:3]) * int.from_bytes(cadre[3:5])
            corps -= 5
        yield Sauter(corps)
    yield Chercher(b"\xff\xd9")
    mesures.is_whole = True


def walk_png(mesures: Mesures) -> Marche:
    """ISO/IEC 15948: chunks of a length, a type, a body and a sum, up to IEND."""
    yield Lire(8)
    while True:
        entete = yield Lire(8)
        taille = int.from_bytes(entete[:4])
        if entete[4:] == b"IHDR" and taille == 13:
            cotes = yield Lire(8)
            mesures.pixels = int.from_bytes(cotes[:4]) * int.from_bytes(cotes[4:])
            taille -= 8
        yield Sauter(taille + 4)
        if entete[4:] == b"IEND":
            mesures.is_whole = True
            return


def walk_webp(mesures: Mesures) -> Marche:
    """RFC 9649: a RIFF container that says its own length."""
    entete = yield Lire(20)
    premier = yield Lire(10)
    if entete[12:16] == b"VP8X":
        mesures.pixels = (int.from_bytes(premier[4:7], "little") + 1) * (int.from_bytes(premier[7:10], "little") + 1)
    elif entete[12:16] == b"VP8L":
        cotes = int.from_bytes(premier[1:5], "little")
        mesures.pixels = ((cotes & 0x3FFF) + 1) * ((cotes >> 14 & 0x3FFF) + 1)
    else:
        mesures.pixels = (int.from_bytes(premier[6:8], "little") & 0x3FFF) * (int.from_bytes(premier[8:10], "little") & 0x3FFF)
    yield Sauter(max(int.from_bytes(entete[4:8], "little") + 8 - 30, 0))
    mesures.is_whole = True


class Promenade:
    """Gives a walker the bytes it wants, from chunks of any size."""

    def __init__(self, marcheur: Marcheur) -> None:
        self.mesures = Mesures()
        self._marche = marcheur(self.mesures)
        self._reserve = b""
        self._voulu: Lire | Sauter | Chercher | None = None
        self._ask(None)

    def feed(self, chunk: bytes) -> None:
        self._reserve += chunk
        while self._voulu is not None and self._serve(self._voulu):
            pass
        if self._voulu is None:
            self._reserve = b""

    def _serve(self, voulu: Lire | Sauter | Chercher) -> bool:
        """Serve one wish if the bytes are there; say whether it was fully served."""
        match voulu:
            case Lire(octets) if len(self._reserve) >= octets:
                pris, self._reserve = self._reserve[:octets], self._reserve[octets:]
                return self._ask(pris)
            case Lire():
                return False
            case Sauter(octets):
                reste = octets - len(self._reserve)
                self._reserve = self._reserve[octets:]
                self._voulu = Sauter(reste) if reste > 0 else voulu
                return reste <= 0 and self._ask(b"")
            case Chercher(motif):
                _, trouve, apres = self._reserve.partition(motif)
                self._reserve = apres if trouve else self._reserve[-(len(motif) - 1) :]
                return bool(trouve) and self._ask(b"")

    def _ask(self, pris: bytes | None) -> bool:
        try:
            self._voulu = next(self._marche) if pris is None else self._marche.send(pris)
        except StopIteration:
            self._voulu = None
        return True
