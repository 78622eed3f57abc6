"""Giving the bytes of a file: as it was filed, or as it leaves the platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from psl.pieces import queries, refus
from psl.pieces.apercus import rendu
from psl.pieces.queries import FichierVu
from psl.pieces.stockage import StockageError, stockage
from psl.socle import cles, crypto
from psl.socle.errors import Refus

SORTIE_PATIENCE = 300.0  # seconds that what leaves may wait for a place among the renderings: a page would not


@dataclass(frozen=True, slots=True)
class Sortie:
    """A file as it leaves the platform: its name, its type, its bytes, read only once somebody takes them."""

    nom: str
    type: str
    chunks: Iterator[bytes]


def read(fichier_id: UUID, *, cle: bytes | None = None) -> Iterator[bytes]:
    """Return the clear bytes of a sane file, as a stream; whoever holds its key in their copy of the dépôt may give it.

    Refuses: fichier-inconnu, detruit, stockage-absent.
    """
    if not queries.is_served(fichier_id):
        raise refus.unknown()
    return _open(fichier_id, cle or cles.open_key("fichier", fichier_id))


def open_clean(fichier_id: UUID, *, mention: str | None, cle: bytes) -> Sortie:
    """Return a PDF or a picture made harmless: no script, no action, no file inside; never the file as it was filed.

    `mention`: as for `open_outgoing`. It is made before this returns.
    Refuses: fichier-inconnu, stockage-absent, apercu-impossible, apercu-occupe.
    """
    vu = queries.named(fichier_id, cle)
    if vu is None:
        raise refus.unknown()
    octets = rendu.render(_open(vu.id, cle), vu.type, "filigrane" if mention else "propre", mention=mention or "").octets
    return Sortie(vu.nom, vu.type, iter([octets]))


def open_outgoing(fichier_id: UUID, *, mention: str | None, cle: bytes | None = None) -> Sortie:
    """Return a sane file as it leaves for a service: what every download and every archive must give instead of `read`.

    `mention` (service, number, date): the piece is an identity paper, it is written across each picture and each page. Without it
    a picture leaves decoded and encoded again, without metadata (where and when it was taken); anything else leaves as it was filed.
    The same file and mention give the same bytes. A damaged file, that nobody can decode, leaves as it was filed: both protect
    whoever gave the file, and must not keep the service from it. Nothing is rendered before the first chunk is asked.
    `cle`: as for `read`. The caller's transaction may be over when the chunks are read.
    Refuses: fichier-inconnu, detruit, stockage-absent; apercu-occupe while reading.
    """
    cle = cle or cles.open_key("fichier", fichier_id)
    vu = queries.named(fichier_id, cle)
    if vu is None:
        raise refus.unknown()
    action = "filigrane" if mention else "propre" if vu.type.startswith("image/") else ""
    if not action or not rendu.is_rendered(vu.type):
        return Sortie(vu.nom, vu.type, read(fichier_id, cle=cle))
    return Sortie(vu.nom, vu.type, _rendered(vu, action, mention or "", cle))


def _rendered(vu: FichierVu, action: str, mention: str, cle: bytes) -> Iterator[bytes]:
    try:
        octets = rendu.render(_open(vu.id, cle), vu.type, action, mention=mention, patience=SORTIE_PATIENCE).octets
    except Refus as refuse:
        if refuse.code != "apercu-impossible":
            raise
        yield from _open(vu.id, cle)
        return
    for debut in range(0, len(octets), crypto.CHUNK):
        yield octets[debut : debut + crypto.CHUNK]


def _open(fichier_id: UUID, cle: bytes) -> Iterator[bytes]:
    try:
        return crypto.decrypt_chunks(cle, stockage().open(fichier_id.hex), fichier_id.bytes)
    except StockageError as error:
        raise refus.not_stored() from error
