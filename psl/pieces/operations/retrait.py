"""Removing files, for good: one by one, with their subject, left half received, set aside long ago; giving them to another subject."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from psl.journal import operations as journal
from psl.journal import travaux
from psl.pieces import refus
from psl.pieces.models import Apercu, Etat, Fichier
from psl.pieces.stockage import stockage
from psl.socle import cles
from psl.socle.acteur import SYSTEME, scope

ABANDON = timedelta(hours=1)


def remove(fichier_id: UUID, *, now: datetime) -> None:
    """Remove a file for good: its key in the transaction under way, its bytes by the job that this transaction owes."""
    ids = [fichier_id, *Apercu.objects.filter(fichier=fichier_id).values_list("id", flat=True)]
    Fichier.objects.filter(id=fichier_id).delete()
    cles.destroy("fichier", [fichier_id])
    for id_ in ids:
        travaux.defer("psl.pieces.operations.erase", fichier_id=id_)


def erase(fichier_id: UUID, *, now: datetime) -> None:
    """Remove the bytes of a file, or of its preview, that is no more. May run twice."""
    stockage().delete(fichier_id.hex)


def adopt(ids: Collection[UUID], sujet: UUID, *, now: datetime) -> None:
    """Give sane files to another subject (the télédossier that seals them); their bytes do not move.

    Refuses: fichier-inconnu.
    """
    if not ids:
        return
    adoptes = Fichier.objects.filter(id__in=ids, etat=Etat.SAIN).update(sujet=sujet)
    if adoptes != len(set(ids)) or cles.adopt("fichier", ids, sujet=sujet, now=now) != adoptes:
        raise refus.unknown()


def purge(sujets: Collection[UUID], *, using: str = "default") -> int:
    """Remove every file of some subjects: bytes first, so that a crash leaves rows to start again from. Returns how many.

    May run twice.
    """
    ids = list(Fichier.objects.using(using).filter(sujet__in=sujets).values_list("id", flat=True))
    return destroy(ids, using=using)


def remove_stale(*, now: datetime) -> int:
    """Remove what was being received when its process died. Returns how many. May run twice."""
    with scope(SYSTEME):
        ids = list(Fichier.objects.filter(etat=Etat.RECU, created_at__lt=now - ABANDON).values_list("id", flat=True)[:500])
        return destroy(ids)


def purge_quarantine(*, now: datetime) -> int:
    """Destroy what has been set aside for long enough (settings.QUARANTAINE_JOURS). Returns how many. May run twice.

    Records: fichier.detruit.
    """
    with scope(SYSTEME):
        avant = now - timedelta(days=settings.QUARANTAINE_JOURS)
        ids = list(Fichier.objects.filter(etat=Etat.QUARANTAINE, ecarte_at__lt=avant).values_list("id", flat=True)[:500])
        for id_ in ids:
            journal.record("fichier.detruit", id_, by=SYSTEME, at=now)
        return destroy(ids)


def destroy(ids: Collection[UUID], *, using: str = "default") -> int:
    """Remove files with their previews: bytes first, so that a crash leaves rows to start again from. Returns how many files."""
    apercus = Apercu.objects.using(using).filter(fichier__in=ids)
    for id_ in [*ids, *apercus.values_list("id", flat=True)]:
        stockage().delete(id_.hex)
    apercus.delete()
    cles.destroy("fichier", ids, using=using)
    Fichier.objects.using(using).filter(id__in=ids).delete()
    return len(ids)
