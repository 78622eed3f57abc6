"""Reading the journal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from psl.journal.models import ASceller, Fait, Panne

CONSULTATIONS = ("consultation", "fichier.consulte")


@dataclass(frozen=True, slots=True)
class PanneVue:
    """A parked work as an operator sees it."""

    id: int
    handler: str
    fait_id: UUID | None
    ids: dict[str, object]
    cause: str
    essais: int
    at: datetime


def of(sujet: UUID) -> list[Fait]:
    """Return the faits of a subject, in order."""
    return list(Fait.objects.filter(sujet=sujet).order_by("rang"))


def consultations(sujet: UUID) -> list[Fait]:
    """Return who looked at a subject, and when, in order."""
    return list(Fait.objects.filter(sujet=sujet, sorte__in=CONSULTATIONS).order_by("rang"))


def parked() -> list[PanneVue]:
    """Return the work that waits for a person, the oldest first."""
    pannes = Panne.objects.filter(rejouee_at=None).order_by("at", "id")
    return [PanneVue(p.id, p.handler, p.fait_id, p.ids, p.cause, p.essais, p.at) for p in pannes]


def workers() -> int:
    """Return how many workers have given a sign of life lately."""
    silence = timedelta(seconds=settings.OUVRIER_SILENCE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s::interval", [str(silence)])
        return int(cursor.fetchone()[0])


def unsealed() -> int:
    """Return how many faits no lot holds yet: more than a few minutes' worth means that no worker seals."""
    return ASceller.objects.count()
