"""The previews of a sane file: made at the first request, kept encrypted under its key, gone with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from psl.pieces import refus
from psl.pieces.apercus import rendu
from psl.pieces.models import Apercu, Etat, Fichier
from psl.pieces.operations.sortie import read
from psl.pieces.stockage import stockage
from psl.socle import crypto
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7

VIGNETTE = 0
COTES = {VIGNETTE: 240}
COTE_PAGE = 1_400
PAGES_MAX = 500


@dataclass(frozen=True, slots=True)
class Image:
    """A JPEG, and how many pages its file has."""

    octets: bytes
    pages: int


def preview(fichier_id: UUID, rang: int, *, type_: str, cle: bytes, now: datetime) -> Image:
    """Return the thumbnail of a file (rang 0) or one of its pages (from 1). No transaction is open while it is made.

    Refuses: fichier-inconnu, apercu-impossible, apercu-occupe, stockage-absent.
    """
    if not VIGNETTE <= rang <= PAGES_MAX:
        raise refus.unknown()
    if deja := Apercu.objects.filter(fichier=fichier_id, rang=rang).first():
        return _kept(deja, cle)
    try:
        chunks = read(fichier_id, cle=cle)
        fait = rendu.render(chunks, type_, "image", rang=max(rang, 1), cote=COTES.get(rang, COTE_PAGE))
    except Refus as non:
        if non.code == "apercu-impossible":
            _keep(fichier_id, rang, b"", 0, str(non.detail["cause"]), cle=cle, now=now)
        raise
    _keep(fichier_id, rang, fait.octets, fait.pages, "", cle=cle, now=now)
    return Image(fait.octets, fait.pages)


def _kept(apercu: Apercu, cle: bytes) -> Image:
    if apercu.cause:
        raise rendu.impossible(apercu.cause)
    boite = b"".join(stockage().open(apercu.id.hex))
    return Image(crypto.decrypt(cle, boite, apercu.id.bytes), apercu.pages)


def _keep(fichier_id: UUID, rang: int, octets: bytes, pages: int, cause: str, *, cle: bytes, now: datetime) -> None:
    """Keep a preview, bytes first; the one that another request has just kept stays, and a file just removed keeps none."""
    id_ = uuid7(now)
    if octets:
        stockage().put([crypto.encrypt(cle, octets, id_.bytes)], id_.hex)
    with transaction.atomic():
        is_there = Fichier.objects.select_for_update().filter(id=fichier_id, etat=Etat.SAIN).exists()
        apercu = Apercu(id=id_, fichier_id=fichier_id, rang=rang, pages=pages, cause=cause, created_at=now)
        is_kept = is_there and not Apercu.objects.filter(fichier=fichier_id, rang=rang).exists()
        if is_kept:
            apercu.save(force_insert=True)
    if octets and not is_kept:
        stockage().delete(id_.hex)
