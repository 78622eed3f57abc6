"""The end of a télédossier's content, contact and trace, under the purge role (docs/vies.md). The journal still verifies afterwards."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connections, transaction

from psl.courriers import operations as courriers
from psl.instruction.models import Instruction
from psl.journal import operations as journal
from psl.pieces import operations as pieces
from psl.routage.models import AccesService, Affectation, Copie, Mot
from psl.socle import cles
from psl.socle.acteur import SYSTEME
from psl.teledossiers.models import Depot, Document, Teledossier

HORS_PLATEFORME = timedelta(days=30)  # nobody instructs it here: its usager had the time to print it
TRACE = timedelta(days=3 * 365 + 1)
LOT = 100

# Every service has ended with it (psl.instruction erased its own part), and what no service holds is old enough.
_CONTENTS = """
SELECT t.id FROM teledossiers_teledossier t
WHERE EXISTS (SELECT FROM teledossiers_depot d WHERE d.teledossier_id = t.id AND d.octets IS NOT NULL)
  AND EXISTS (SELECT FROM routage_affectation a WHERE a.teledossier = t.id)
  AND NOT EXISTS (
    SELECT FROM routage_affectation a LEFT JOIN instruction_instruction i ON i.id = a.id
    WHERE a.teledossier = t.id AND NOT (CASE WHEN a.service IS NULL THEN a.cree_at <= %s ELSE i.efface_at IS NOT NULL END))
ORDER BY t.depose_at LIMIT %s
"""
_TRACES = """
SELECT t.id FROM teledossiers_teledossier t
WHERE NOT EXISTS (SELECT FROM teledossiers_depot d WHERE d.teledossier_id = t.id AND d.octets IS NOT NULL)
  AND NOT EXISTS (
    SELECT FROM routage_affectation a LEFT JOIN instruction_instruction i ON i.id = a.id
    WHERE a.teledossier = t.id AND NOT (CASE WHEN a.service IS NULL THEN a.cree_at <= %s ELSE i.trace_jusqu_on < %s END))
ORDER BY t.depose_at LIMIT %s
"""


def purge_contents(now: datetime) -> int:
    """Erase what was filed, what was made of it, and how to reach its usager. Returns how many télédossiers. May run twice.

    Records: purge.contenu, purge.contact.
    """
    with transaction.atomic(using="purge"):
        ids = _select(_CONTENTS, [now - HORS_PLATEFORME, LOT])
        affectations = _ids(Affectation, teledossier__in=ids)
        pieces.purge(ids, using="purge")
        for modele, objet, lignes in (
            (Document, "document", _ids(Document, sujet__in=ids)),
            (Copie, "copie", _ids(Copie, affectation__in=affectations)),
        ):
            cles.destroy(objet, lignes, using="purge")
            modele.objects.using("purge").filter(id__in=lignes).delete()
        Mot.objects.using("purge").filter(affectation__in=affectations).delete()
        cles.destroy("acces", affectations, using="purge")
        depots = _ids(Depot, teledossier__in=ids)
        cles.destroy("depot", depots, using="purge")
        Depot.objects.using("purge").filter(id__in=depots).update(octets=None)
        courriers.purge(ids, using="purge")
        journal.purge_bodies([*ids, *affectations])
        for id_ in ids:
            journal.record("purge.contenu", id_, by=SYSTEME, at=now, using="purge")
            journal.record("purge.contact", id_, by=SYSTEME, at=now, using="purge")
    return len(ids)


def purge_traces(now: datetime) -> int:
    """Erase the number, the states and the digests, three years after the end: the leaves of the journal remain, without a name.

    Returns how many télédossiers. May run twice. Records: purge.trace.
    """
    with transaction.atomic(using="purge"):
        ids = _select(_TRACES, [now - TRACE, now.date(), LOT])
        affectations = _ids(Affectation, teledossier__in=ids)
        Instruction.objects.using("purge").filter(id__in=affectations).delete()
        AccesService.objects.using("purge").filter(id__in=affectations).delete()
        Affectation.objects.using("purge").filter(id__in=affectations).delete()
        Depot.objects.using("purge").filter(teledossier__in=ids).delete()
        Teledossier.objects.using("purge").filter(id__in=ids).delete()
        for id_ in ids:
            journal.record("purge.trace", id_, by=SYSTEME, at=now, using="purge")
    return len(ids)


def _select(sql: str, parameters: Sequence[datetime | date | int]) -> list[UUID]:
    with connections["purge"].cursor() as cursor:
        cursor.execute(sql, parameters)
        return [id_ for (id_,) in cursor.fetchall()]


def _ids(modele: type[Affectation | Copie | Depot | Document], **filtre: object) -> list[UUID]:
    return list(modele.objects.using("purge").filter(**filtre).values_list("id", flat=True))
