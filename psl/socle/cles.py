"""Data keys: one per object, wrapped by the coffre, guarded by row-level security. Callers stand in a scope."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connections, transaction
from django.utils.translation import gettext as _

from psl.socle.acteur import SYSTEME, scope
from psl.socle.crypto import BoiteIllisible, CleDetruite, CoffreError, coffre, new_key
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.socle.postgresql.rows import insert

_BATCH = 500
_READ = "SELECT objet_id, boite, periode FROM socle_cle WHERE objet = %s AND objet_id = ANY(%s)"
_DESTROY = "DELETE FROM socle_cle WHERE objet = %s AND objet_id = ANY(%s)"


def periode(now: datetime) -> str:
    """Return the period (month, UTC) whose key wraps what is made now."""
    return f"{now:%Y-%m}"


def create(
    objet: str,
    objet_id: UUID,
    *,
    sujet: UUID | None = None,
    service: UUID | None = None,
    vie: str = "contenu",
    now: datetime,
    using: str = "default",
) -> bytes:
    """Make the data key of an object and keep it wrapped.

    Refuses: coffre-indisponible.
    """
    key, mois = new_key(), periode(now)
    with _coffre_refusals():
        boite = coffre().wrap(key, mois)
    insert(Cle, using=using, objet=objet, objet_id=objet_id, sujet=sujet, service=service, vie=vie, periode=mois, boite=boite)
    return key


def open_key(objet: str, objet_id: UUID, *, using: str = "default") -> bytes:
    """Return the data key of an object, in one SELECT.

    Refuses: detruit (also when this acteur may not see it), coffre-indisponible.
    """
    return open_keys(objet, [objet_id], using=using).get(objet_id) or _gone()


def open_keys(objet: str, ids: Collection[UUID], *, using: str = "default") -> dict[UUID, bytes]:
    """Return the data keys that are left, of those this acteur may see, in one SELECT: a page of a list at a time."""
    with connections[using].cursor() as cursor:
        cursor.execute(_READ, [objet, list(ids)])
        rows = cursor.fetchall()
    return {objet_id: unwrap(bytes(boite), mois) for objet_id, boite, mois in rows}


def unwrap(boite: bytes, mois: str) -> bytes:
    """Return the data key of a row read together with its object (one query for both).

    Refuses: detruit, coffre-indisponible.
    """
    with _coffre_refusals():
        return coffre().unwrap(boite, mois)


def destroy(objet: str, ids: Iterable[UUID], *, using: str = "default") -> int:
    """Destroy the keys of some objects: their encrypted bytes, wherever they are, are lost once the period's key goes too."""
    with connections[using].cursor() as cursor:
        cursor.execute(_DESTROY, [objet, list(ids)])
        return int(cursor.rowcount)


def adopt(objet: str, ids: Iterable[UUID], *, sujet: UUID | None, service: UUID | None = None, now: datetime) -> int:
    """Give objects to another subject, their keys wrapped anew under the period of now; their bytes are not encrypted again."""
    rows = list(Cle.objects.filter(objet=objet, objet_id__in=list(ids)).select_for_update().order_by("id"))
    for row in rows:
        row.sujet, row.service = sujet, service
        _rewrap(row, periode(now))
    Cle.objects.bulk_update(rows, ["sujet", "service", "periode", "boite"])
    return len(rows)


def rewrap_period(ancienne: str, nouvelle: str) -> int:
    """Wrap anew what a past period still wraps, then destroy that period's key: the backups' copies of dead keys die with it.

    Returns how many keys moved. Locks: the keys of the period, 500 at a time. Can run twice, and after a crash.
    """
    moved = 0
    while batch := _rewrap_batch(ancienne, nouvelle):
        moved += batch
    coffre().destroy(ancienne)
    return moved


def rotate(now: datetime) -> list[str]:
    """Re-wrap and destroy every period older than the previous month. Returns the periods destroyed."""
    previous = periode(datetime.combine(date(now.year, now.month, 1) - timedelta(days=1), now.timetz()))
    with scope(SYSTEME):
        old = list(Cle.objects.filter(periode__lt=previous).order_by("periode").values_list("periode", flat=True).distinct())
    for ancienne in old:
        rewrap_period(ancienne, periode(now))
    return old


def _rewrap_batch(ancienne: str, nouvelle: str) -> int:
    with transaction.atomic(), scope(SYSTEME):
        rows = list(Cle.objects.filter(periode=ancienne).select_for_update().order_by("id")[:_BATCH])
        for row in rows:
            _rewrap(row, nouvelle)
        Cle.objects.bulk_update(rows, ["periode", "boite"])
    return len(rows)


def _rewrap(row: Cle, nouvelle: str) -> None:
    row.boite = coffre().wrap(unwrap(bytes(row.boite), row.periode), nouvelle)
    row.periode = nouvelle


def _gone() -> bytes:
    raise Refus("detruit", _("Ces données ont été effacées : leur durée de conservation est passée."), statut=410)


@contextmanager
def _coffre_refusals() -> Iterator[None]:
    try:
        yield
    except (CleDetruite, BoiteIllisible):
        _gone()
    except CoffreError as error:
        phrase = _("Le coffre des clés ne répond pas. Rien n’est perdu : réessayez dans quelques minutes.")
        raise Refus("coffre-indisponible", phrase, statut=503) from error
