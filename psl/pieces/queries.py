"""What is read of files. Callers stand in a scope: a file whose key they may not see is not there."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, Sum

from psl.pieces.models import Etat, Fichier
from psl.socle import cles, crypto

_OF = """
SELECT f.id, f.piece, f.type, f.taille, f.boite, f.created_at, c.boite, c.periode
FROM pieces_fichier f JOIN socle_cle c ON c.objet = 'fichier' AND c.objet_id = f.id
WHERE f.sujet = %s AND f.etat = 'sain' ORDER BY f.id
"""


@dataclass(frozen=True, slots=True)
class FichierVu:
    """A sane file, its name and digest in clear."""

    id: UUID
    piece: str
    nom: str
    type: str
    taille: int
    sha256: bytes
    created_at: datetime


def of(sujet: UUID, piece: str | None = None) -> list[FichierVu]:
    """Return the files of a subject, oldest first, in one SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, [sujet])
        rows = cursor.fetchall()
    return [
        FichierVu(id_, code, *_open_box(bytes(boite), id_, cles.unwrap(bytes(cle), mois), type_, taille), created_at)
        for id_, code, type_, taille, boite, created_at, cle, mois in rows
        if piece in {None, code}
    ]


def keys(ids: Collection[UUID]) -> dict[str, bytes]:
    """Return the data keys of files, by their id in text, for whoever makes a recipient's copy."""
    return {str(fichier_id): cle for fichier_id, cle in cles.open_keys("fichier", ids).items()}


def count(sujet: UUID, piece: str) -> tuple[int, int]:
    """Return how many files a piece has, those being received included, and the bytes of all the files of the subject."""
    tailles = list(Fichier.objects.filter(sujet=sujet).exclude(etat=Etat.QUARANTAINE).values_list("piece", "taille"))
    return sum(code == piece for code, _ in tailles), sum(taille for _, taille in tailles)


def is_served(fichier_id: UUID) -> bool:
    """Say whether the file is there and was found sane."""
    return Fichier.objects.filter(id=fichier_id, etat=Etat.SAIN).exists()


@dataclass(frozen=True, slots=True)
class Ecarte:
    """A file in quarantine, as the exploitant sees it: never its name, its bytes or whose it is."""

    id: UUID
    virus: str
    type: str
    taille: int
    piece: str
    ecarte_at: datetime


def quarantine() -> list[Ecarte]:
    """Return the files set aside, the latest first."""
    champs = ("id", "virus", "type", "taille", "piece", "ecarte_at")
    return [Ecarte(*row) for row in Fichier.objects.filter(etat=Etat.QUARANTAINE).order_by("-ecarte_at").values_list(*champs)[:500]]


def quarantine_size(sujet: UUID) -> tuple[int, int, int]:
    """Return how many files are set aside, their bytes, and how many of them are of one subject."""
    ecartes = Fichier.objects.filter(etat=Etat.QUARANTAINE)
    sizes = ecartes.aggregate(tous=Count("id"), octets=Sum("taille"), siens=Count("id", filter=Q(sujet=sujet)))
    return sizes["tous"], sizes["octets"] or 0, sizes["siens"]


def named(fichier_id: UUID, cle: bytes) -> FichierVu | None:
    """Return a sane file for whoever holds its key, or None."""
    row = Fichier.objects.filter(id=fichier_id, etat=Etat.SAIN).first()
    if row is None:
        return None
    return FichierVu(row.id, row.piece, *_open_box(bytes(row.boite), row.id, cle, row.type, row.taille), row.created_at)


def close_box(nom: str, sha256: str, fichier_id: UUID, cle: bytes) -> bytes:
    """Return the encrypted name and digest of a file."""
    return crypto.encrypt(cle, json.dumps([nom, sha256]).encode(), b"nom" + fichier_id.bytes)


def _open_box(boite: bytes, fichier_id: UUID, cle: bytes, type_: str, taille: int) -> tuple[str, str, int, bytes]:
    nom, sha256 = json.loads(crypto.decrypt(cle, boite, b"nom" + fichier_id.bytes))
    return nom, type_, taille, bytes.fromhex(sha256)
