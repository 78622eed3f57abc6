"""Reading the journal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min

from psl.journal import empreintes
from psl.journal.models import ASceller, Fait, Feuille, Horodatage, Lot, Panne

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


_QUEUE = """
SELECT count(*) FILTER (WHERE j.status = 'todo' AND coalesce(j.scheduled_at, %(now)s) <= %(now)s),
       count(*) FILTER (WHERE j.status = 'doing'),
       count(*) FILTER (WHERE j.status = 'todo' AND j.scheduled_at > %(now)s AND j.attempts > 0),
       min(coalesce(j.scheduled_at, e.at)) FILTER (WHERE j.status = 'todo' AND coalesce(j.scheduled_at, %(now)s) <= %(now)s)
FROM procrastinate_jobs j
LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events WHERE job_id = j.id AND type = 'deferred') e ON true
WHERE j.status IN ('todo', 'doing')
"""


@dataclass(frozen=True, slots=True)
class FileVue:
    """The queue: what is due, what is being done, what will be tried again; since when the oldest due work waits."""

    en_attente: int
    en_cours: int
    a_reessayer: int
    depuis: datetime | None


def queue(now: datetime) -> FileVue:
    """Return how deep the queue is."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, {"now": now})
        return FileVue(*cursor.fetchone())


@dataclass(frozen=True, slots=True)
class Attente:
    """How many lots wait for the timestamp authority, and since when."""

    lots: int
    depuis: datetime | None


def unstamped() -> Attente:
    """Return what waits for the timestamp authority: more than a quarter of an hour means that somebody must look at it."""
    lots, depuis = Lot.objects.filter(horodatage=None).aggregate(lots=Count("rang"), depuis=Min("at")).values()
    return Attente(lots, depuis)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fait stands: its lot, its position there, what leads from its leaf to the lot's root."""

    lot: int
    position: int
    chemin: list[tuple[str, str]]


def place(fait_id: UUID) -> Place | None:
    """Return where a fait stands, or None while no lot holds it."""
    feuille = Feuille.objects.filter(fait_id=fait_id).first()
    if feuille is None:
        return None
    leaves = [bytes(leaf) for leaf in Feuille.objects.filter(lot=feuille.lot_id).order_by("position").values_list("empreinte", flat=True)]
    return Place(feuille.lot_id, feuille.position, empreintes.merkle_path(leaves, feuille.position))


@dataclass(frozen=True, slots=True)
class LotVu:
    """A lot without its leaves: what was signed, our signature, the authority's token when it came."""

    tete: bytes
    signature: bytes
    jeton: bytes | None


def lot(rang: int) -> LotVu:
    """Return a lot by its rank."""
    found = Lot.objects.get(rang=rang)
    jeton = Horodatage.objects.filter(lot=rang).values_list("jeton", flat=True).first()
    head = empreintes.lot_bytes(rang=rang, taille=found.taille, racine=bytes(found.racine), precedent=bytes(found.precedent), at=found.at)
    return LotVu(head, bytes(found.signature), bytes(jeton) if jeton else None)
