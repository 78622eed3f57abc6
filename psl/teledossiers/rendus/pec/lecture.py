"""A zip that comes from anywhere, read without trust (pure): its directory first, whole and bounded, then its members, each bounded.

Nothing is written to the disk, no name is followed, nothing is inflated past what was announced. Whatever is wrong is a sentence.
Source: PKWARE APPNOTE 6.3.10, section 4.3.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

MEMBRES_MAX = 2_000
NOM_MAX = 255
ANNUAIRE_MAX = 1_000_000
TOTAL_MAX = 4 * 1024**3
RAPPORT_MAX, RAPPORT_LIBRE = 200, 1_000_000
LOT = 65_536
_FIN, _FIN_64, _RENVOI_64, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02", b"PK\x03\x04"
_LIGNE = struct.Struct("<6H3I5H2I")
_CHIFFRE, _SUITE, _UTF8 = 0x0001, 0x0008, 0x0800
_STOCKE, _DEFLATE = 0, 8
_LIEN, _MODE = 0o120000, 0o170000
_CHEMIN = re.compile(r"^[A-Za-z]:|^[/\\]|\\|(^|/)\.{1,2}(/|$)|//")


class ZipIllisible(Exception):  # noqa: N818 - named with the domain's words
    """A file whose directory cannot be trusted; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Entree:
    """A member as the directory announces it."""

    nom: str
    drapeaux: int
    methode: int
    crc: int
    comprime: int
    taille: int
    debut: int
    mode: int

    @property
    def is_safe(self) -> bool:
        """Say whether its bytes may be read: not encrypted, by a known method, of a size its compressed bytes can hold."""
        return why_not_read(self) is None


@dataclass(slots=True)
class Annuaire:
    """The directory of a zip, and the faults found in it."""

    entrees: list[Entree]
    defauts: list[str] = field(default_factory=list)

    def get(self, nom: str) -> Entree | None:
        """Return the first member of that name."""
        return next((entree for entree in self.entrees if entree.nom == nom), None)


def read_directory(fichier: BinaryIO) -> Annuaire:
    """Return the directory of a zip. Raises ZipIllisible when there is none that can be followed."""
    taille = fichier.seek(0, 2)
    fin, nombre, longueur, debut = _locate(fichier, taille)
    if longueur > ANNUAIRE_MAX or nombre > MEMBRES_MAX:
        raise ZipIllisible(f"Ce zip annonce {nombre} fichiers ; {MEMBRES_MAX} au plus sont lus.")
    if debut + longueur != fin:
        raise ZipIllisible("La table de ce zip n'est pas là où il le dit : il est abîmé, ou autre chose y est caché.")
    entrees = list(_lines(_at(fichier, debut, longueur)))
    annuaire = Annuaire(entrees)
    if len(entrees) != nombre:
        annuaire.defauts.append(f"Le zip annonce {nombre} fichiers et sa table en a {len(entrees)}.")
    annuaire.defauts += [*_name_faults(entrees), *(phrase for entree in entrees if (phrase := why_not_read(entree)))]
    if sum(entree.taille for entree in entrees) > TOTAL_MAX:
        raise ZipIllisible("Décompressé, ce zip dépasserait 4 Gio : il n'est pas lu.")
    annuaire.defauts += _layout_faults(fichier, entrees, debut)
    return annuaire


def inflate(fichier: BinaryIO, entree: Entree) -> Iterator[bytes]:
    """Yield the bytes of a member, never more than announced. Raises ZipIllisible when they are not what the directory says."""
    debut, crc, rendu = _body(fichier, entree), 0, 0
    for morceau in _inflated(fichier, entree, debut):
        rendu += len(morceau)
        if rendu > entree.taille:
            break
        crc = zlib.crc32(morceau, crc)
        yield morceau
    if rendu != entree.taille or crc != entree.crc:
        raise ZipIllisible(f"« {show(entree.nom)} » est abîmé : son contenu n'est pas celui que le zip annonce.")


def why_not_read(entree: Entree) -> str | None:
    """Return why a member is not read, or None."""
    nom = show(entree.nom)
    if entree.drapeaux & _CHIFFRE:
        return f"« {nom} » est chiffré par un mot de passe : il ne peut pas être lu."
    if entree.methode not in (_STOCKE, _DEFLATE):
        return f"« {nom} » est compressé par une méthode inconnue ({entree.methode})."
    if entree.mode & _MODE == _LIEN:
        return f"« {nom} » est un lien, pas un fichier."
    if entree.taille > RAPPORT_MAX * entree.comprime + RAPPORT_LIBRE:
        return f"« {nom} » se gonflerait plus de {RAPPORT_MAX} fois : c'est une bombe, il n'est pas lu."
    return None


def show(nom: str, longueur: int = 80) -> str:
    """Return a member's name as it can be said in a sentence, on one line."""
    net = "".join(lettre if unicodedata.category(lettre)[0] not in "CZ" or lettre == " " else "�" for lettre in nom)
    return net if len(net) <= longueur else f"{net[: longueur - 1]}…"


def _at(fichier: BinaryIO, debut: int, longueur: int) -> bytes:
    fichier.seek(debut)
    return fichier.read(longueur)


def _locate(fichier: BinaryIO, taille: int) -> tuple[int, int, int, int]:
    """Return where the directory must end, how many members it has, its length and its start."""
    queue = min(taille, 22 + 0xFFFF)
    lu = _at(fichier, taille - queue, queue)
    rang = lu.rfind(_FIN)
    while rang >= 0 and (rang + 22 > len(lu) or rang + 22 + int.from_bytes(lu[rang + 20 : rang + 22], "little") != len(lu)):
        rang = lu.rfind(_FIN, 0, rang)
    if rang < 0:
        raise ZipIllisible("Ce fichier n'est pas un zip, ou il est coupé avant sa fin.")
    nombre, longueur, debut = struct.unpack("<HII", lu[rang + 10 : rang + 20])
    fin = taille - queue + rang
    if fin >= 20 and (renvoi := _at(fichier, fin - 20, 20))[:4] == _RENVOI_64:
        return _locate_64(fichier, int.from_bytes(renvoi[8:16], "little"), fin - 20)
    return fin, nombre, longueur, debut


def _locate_64(fichier: BinaryIO, place: int, limite: int) -> tuple[int, int, int, int]:
    bloc = _at(fichier, place, 56) if place + 56 <= limite else b""
    if bloc[:4] != _FIN_64:
        raise ZipIllisible("La fin de ce zip renvoie à une table qui n'existe pas.")
    nombre, longueur, debut = struct.unpack("<3Q", bloc[32:56])
    return place, nombre, longueur, debut


def _lines(table: bytes) -> Iterator[Entree]:
    place = 0
    while place < len(table):
        if table[place : place + 4] != _CENTRAL or place + 46 > len(table):
            raise ZipIllisible("La table de ce zip est abîmée.")
        _, _, drapeaux, methode, _, _, crc, comprime, taille, n, e, c, _, _, externe, debut = _LIGNE.unpack_from(table, place + 4)
        nom, suite = table[place + 46 : place + 46 + n], table[place + 46 + n : place + 46 + n + e]
        if len(nom) != n or len(suite) != e:
            raise ZipIllisible("La table de ce zip est abîmée.")
        taille, comprime, debut = _wide(suite, taille, comprime, debut)
        yield Entree(_decode(nom, drapeaux), drapeaux, methode, crc, comprime, taille, debut, externe >> 16)
        place += 46 + n + e + c


def _wide(suite: bytes, *valeurs: int) -> tuple[int, int, int]:
    """Return size, compressed size and offset, those written 0xFFFFFFFF taken from the zip64 extra."""
    place, large = 0, b""
    while place + 4 <= len(suite):
        sorte, longueur = struct.unpack("<2H", suite[place : place + 4])
        if sorte == 1:
            large = suite[place + 4 : place + 4 + longueur]
        place += 4 + longueur
    found = []
    for valeur in valeurs:
        is_wide = valeur == 0xFFFFFFFF and len(large) >= 8
        found.append(int.from_bytes(large[:8], "little") if is_wide else valeur)
        large = large[8:] if is_wide else large
    return found[0], found[1], found[2]


def _decode(nom: bytes, drapeaux: int) -> str:
    try:
        return nom.decode("utf-8" if drapeaux & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise ZipIllisible("Un nom de fichier de ce zip se dit en UTF-8 et ne l'est pas.") from None


def _name_faults(entrees: list[Entree]) -> Iterator[str]:
    vus: set[str] = set()
    for entree in entrees:
        nom, plat = entree.nom, unicodedata.normalize("NFKC", entree.nom).casefold()
        if plat in vus:
            yield f"Deux fichiers s'appellent « {show(nom)} » : un seul pourrait être lu."
        vus.add(plat)
        if len(nom) > NOM_MAX:
            yield f"Le nom « {show(nom)} » dépasse {NOM_MAX} signes."
        elif not nom or any(unicodedata.category(lettre) in ("Cc", "Cf", "Cs") for lettre in nom):
            yield f"Le nom « {show(nom)} » est vide, ou contient des signes invisibles."
        elif _CHEMIN.search(nom):
            yield f"Le nom « {show(nom)} » mène hors du dossier : il n'est pas suivi."
        elif "/" in nom:
            yield f"« {show(nom)} » est dans un dossier : tout doit être à la racine du zip."


def _layout_faults(fichier: BinaryIO, entrees: list[Entree], limite: int) -> list[str]:
    """Return what does not stand where the directory says: bytes before, between or under members, other names in their headers."""
    attendu = 0
    for entree in sorted(entrees, key=lambda entree: entree.debut):
        nom = show(entree.nom)
        if entree.debut < attendu:
            raise ZipIllisible(f"« {nom} » recouvre un autre fichier du zip : c'est une bombe, il n'est pas lu.")
        if entree.debut > attendu:
            return [f"Des octets qui ne sont à aucun fichier précèdent « {nom} » : le zip est peut-être aussi autre chose."]
        tete = _at(fichier, entree.debut, 30)
        if tete[:4] != _LOCAL or len(tete) < 30:
            return [f"« {nom} » n'est pas là où la table le dit."]
        longueur, extra = struct.unpack("<2H", tete[26:30])
        if _at(fichier, entree.debut + 30, longueur) != _encoded(entree):
            return [f"« {nom} » porte un autre nom à sa place : selon le logiciel, ce n'est pas le même fichier qui est lu."]
        attendu = entree.debut + 30 + longueur + extra + entree.comprime
        if entree.drapeaux & _SUITE:
            attendu += _after(fichier, attendu, entree)
    return [] if attendu == limite else ["Des octets qui ne sont à aucun fichier précèdent la table du zip."]


def _encoded(entree: Entree) -> bytes:
    return entree.nom.encode("utf-8" if entree.drapeaux & _UTF8 else "cp437")


def _after(fichier: BinaryIO, place: int, entree: Entree) -> int:
    """Return the length of the data descriptor: with or without its signature, with sizes of four or eight bytes."""
    lu = _at(fichier, place, 24)
    signe = 4 if lu[:4] == b"PK\x07\x08" else 0
    court = struct.pack("<3I", entree.crc, entree.comprime & 0xFFFFFFFF, entree.taille & 0xFFFFFFFF)
    return signe + (12 if lu[signe : signe + 12] == court else 20)


def _body(fichier: BinaryIO, entree: Entree) -> int:
    tete = _at(fichier, entree.debut, 30)
    if tete[:4] != _LOCAL or len(tete) < 30:
        raise ZipIllisible(f"« {show(entree.nom)} » n'est pas là où la table le dit.")
    longueur, extra = struct.unpack("<2H", tete[26:30])
    return entree.debut + 30 + int(longueur) + int(extra)


def _inflated(fichier: BinaryIO, entree: Entree, place: int) -> Iterator[bytes]:
    reste = entree.comprime
    gonfle = zlib.decompressobj(-15)
    while reste > 0 and not gonfle.eof:
        lu = _at(fichier, place, min(LOT, reste))
        if not lu:
            return
        place, reste = place + len(lu), reste - len(lu)
        if entree.methode == _STOCKE:
            yield lu
            continue
        try:
            yield from _grown(gonfle, lu)
        except zlib.error:
            return
    if entree.methode == _DEFLATE and (reste or gonfle.unused_data):
        raise ZipIllisible(f"« {show(entree.nom)} » cache des octets après sa fin.")


def _grown(gonfle: "zlib._Decompress", lu: bytes) -> Iterator[bytes]:
    while True:
        sorti = gonfle.decompress(lu, LOT)
        if sorti:
            yield sorti
        lu = gonfle.unconsumed_tail
        if gonfle.eof or (not lu and len(sorti) < LOT):
            return
