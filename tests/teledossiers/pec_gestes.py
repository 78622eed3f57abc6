"""PEC zips in these tests: one of an essai, and the same with something changed."""

import io
import struct
import zipfile
from functools import cache
from pathlib import Path

from psl.langage import charger
from psl.langage.charger import Demarche
from psl.teledossiers.rendus.pec import essais
from psl.teledossiers.rendus.pec.controle import Constat, check
from psl.teledossiers.rendus.pec.paquet import Paquet, Remise, pack

AEC = Path(__file__).parents[2] / "catalogue" / "acte-etat-civil"


@cache
def aec() -> Demarche:
    return charger.load(AEC)


@cache
def deliveries() -> list[tuple[str, Remise]]:
    """Return what the zips of the essais of the AEC are made of."""
    return list(essais.deliveries(aec(), AEC))


@cache
def every() -> list[tuple[str, bytes, Paquet]]:
    """Return the zips themselves."""
    packs = ((nom, pack(remise)) for nom, remise in deliveries())
    return [(nom, b"".join(paquet.chunks()), paquet) for nom, paquet in packs]


@cache
def sample() -> bytes:
    """Return one with a piece."""
    return next(octets for _, octets, paquet in every() if paquet.message.pieces)


def members(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rebuilt(membres: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    """Return a zip of members, written by another's software."""
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in membres.items() if isinstance(membres, dict) else membres:
            archive.writestr(nom, octets)
    return tampon.getvalue()


def changed(avant: str, apres: str, *, where: str = "message.xml") -> bytes:
    """Return the sample with a text changed in the members whose name holds `where`."""
    membres = members(sample())
    neufs = {nom: octets.replace(avant.encode(), apres.encode()) if where in nom else octets for nom, octets in membres.items()}
    assert neufs != membres, f"« {avant} » n'est pas dans {where}"
    return rebuilt(neufs)


def faults(octets: bytes, nom: str = "") -> list[str]:
    return read(octets, nom).defauts


def read(octets: bytes, nom: str = "") -> Constat:
    return check(io.BytesIO(octets), nom=nom)


def announced(octets: bytes, nom: str, *, decalage: int, forme: str, valeur: int) -> bytes:
    """Return a zip whose directory says something else of a member: `decalage` from the beginning of its line."""
    place = octets.rindex(nom.encode()) - 46
    assert octets[place : place + 4] == b"PK\x01\x02"
    neuf = bytearray(octets)
    struct.pack_into(forme, neuf, place + decalage, valeur)
    return bytes(neuf)
