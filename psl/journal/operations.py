"""Writing the journal: record a fait, seal the new ones, replay parked work, empty the bodies of a purged subject."""

import logging
import os
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from psl.journal import empreintes, travaux
from psl.journal.horodateur import HorodateurError, horodateur
from psl.journal.models import ASceller, Fait, Horodatage, Lot, Panne
from psl.socle.acteur import Acteur
from psl.socle.crypto import coffre
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7

log = logging.getLogger(__name__)

_TRIES = 50
_SEALER = 0x50534C_5345  # the advisory lock of the sealer ("PSL SE")
_LOT = 20_000
_LOTS_PER_STAMPING = 500

_LAST = "SELECT rang, empreinte FROM journal_fait WHERE sujet = %s ORDER BY rang DESC LIMIT 1"
# Nothing is inserted when another transaction took the rank first.
_INSERT = """
INSERT INTO journal_fait (id, sorte, sujet, rang, acteur_sorte, acteur_id, at, corps, sel, digest, precedent, empreinte)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s) ON CONFLICT (sujet, rang) DO NOTHING RETURNING id
"""
# The same, and the jobs it owes, in one statement.
_INSERT_OWING = """
WITH fait AS (<fait>), travail AS (
    INSERT INTO procrastinate_jobs (queue_name, task_name, args)
    SELECT 'default', %s, jsonb_build_object('fait_id', fait.id, 'handler', handler) FROM fait, unnest(%s::text[]) AS handler
)
SELECT id FROM fait
""".replace("<fait>", _INSERT)
_UNSEALED = "SELECT f.id, f.empreinte FROM journal_a_sceller a JOIN journal_fait f ON f.id = a.fait_id ORDER BY f.id LIMIT %s"
_LEAVES = """
INSERT INTO journal_feuille (fait_id, lot_id, position, empreinte)
SELECT fait_id, %s, rang - 1, empreinte FROM unnest(%s::uuid[], %s::bytea[]) WITH ORDINALITY AS feuille (fait_id, empreinte, rang)
"""


def record(sorte: str, sujet: UUID, *, by: Acteur, at: datetime, corps: Mapping[str, object] | None = None, using: str = "default") -> Fait:
    """Record a fait in the transaction under way, chained to the last of its subject, with the jobs that ENCHAINEMENTS owes it.

    KeyError when the kind has no row there. `using="purge"`: recorded by a purge, in its own transaction.
    Locks: the subject's next rank, until commit: a second writer waits for it. Record last, and subjects in the order of docs/verrous.md.
    """
    handlers: list[str] = import_string(settings.ENCHAINEMENTS)[sorte]
    if not connections[using].in_atomic_block:
        raise TransactionManagementError("journal.record s'appelle dans la transaction de ce qu'il raconte")
    fait = Fait(id=uuid7(at), sorte=sorte, sujet=sujet, acteur_sorte=by.sorte, acteur_id=by.id, at=at)
    texte = None if corps is None else empreintes.canonical(dict(corps))
    fait.corps, fait.sel = (None, None) if texte is None else (corps, os.urandom(16))
    fait.digest = empreintes.body_digest(fait.sel or b"", texte or "")
    with connections[using].cursor() as cursor:
        for _ in range(_TRIES):
            cursor.execute(_LAST, [sujet])
            rang, precedent = cursor.fetchone() or (0, empreintes.ORIGINE)
            _chain(fait, rang + 1, bytes(precedent))
            row = _row(fait, texte)
            cursor.execute(_INSERT_OWING, [*row, travaux.HANDLE, handlers]) if handlers else cursor.execute(_INSERT, row)
            if cursor.fetchone():
                return fait
    raise RuntimeError(f"{sorte} : le rang suivant a été pris {_TRIES} fois par d'autres")


def seal(*, now: datetime) -> int:
    """Seal every fait that no lot holds into signed lots; show their anchors in the log; have the lots timestamped.

    Returns how many faits were sealed. Locks: the sealer's advisory lock; a second sealer leaves at once.
    """
    sealed = 0
    while lot := _seal_lot(now):
        sealed += lot.taille
        _show_anchor(lot)
    stamp(now=now)
    return sealed


def stamp(*, now: datetime) -> int:
    """Have the lots that wait for it timestamped, the oldest first; stop at the first failure of the authority, and say so.

    Returns how many were. The lots left wait for the next minute: nothing else waits for them.
    """
    done = 0
    for lot in Lot.objects.filter(horodatage=None).order_by("rang")[:_LOTS_PER_STAMPING]:
        try:
            jeton = horodateur().stamp(bytes(lot.empreinte))
        except HorodateurError as error:
            log.warning("%s Les lots attendent depuis le %s.", error.public_message, lot.at.isoformat(timespec="seconds"))
            break
        signature = coffre().sign(empreintes.stamp_bytes(rang=lot.rang, jeton=jeton, at=now))
        Horodatage.objects.bulk_create(
            [Horodatage(lot=lot, jeton=jeton, signature=signature, at=now)], ignore_conflicts=True
        )  # a second sealer may have been quicker
        done += 1
    return done


def replay(panne_id: int, *, now: datetime) -> None:
    """Give parked work back to the workers, from its first try.

    Refuses: panne-inconnue.
    Locks: the panne.
    """
    with transaction.atomic():
        panne = Panne.objects.select_for_update().filter(id=panne_id, rejouee_at=None).first()
        if panne is None:
            raise Refus("panne-inconnue", _("Aucun travail arrêté ne porte le numéro %(numero)s.") % {"numero": panne_id}, statut=404)
        panne.rejouee_at = now
        panne.save(update_fields=["rejouee_at"])
        if panne.fait_id:
            travaux.defer_handler(panne.fait_id, panne.handler)
        else:
            travaux.defer(panne.handler, **panne.ids)


def purge_bodies(sujets: Collection[UUID], *, using: str = "purge") -> int:
    """Empty the bodies and salts of some subjects' faits: their leaves still verify, what they said is gone. Under the purge role."""
    return Fait.objects.using(using).filter(sujet__in=sujets, sel__isnull=False).update(corps=None, sel=None)


def _chain(fait: Fait, rang: int, precedent: bytes) -> None:
    fait.rang, fait.precedent = rang, precedent
    fait.empreinte = empreintes.fait_hash(
        id=fait.id,
        sorte=fait.sorte,
        sujet=fait.sujet,
        rang=rang,
        acteur_sorte=fait.acteur_sorte,
        acteur_id=fait.acteur_id,
        at=fait.at,
        digest=bytes(fait.digest),
        precedent=precedent,
    )


def _row(fait: Fait, texte: str | None) -> list[Any]:
    head = [fait.id, fait.sorte, fait.sujet, fait.rang, fait.acteur_sorte, fait.acteur_id, fait.at]
    return [*head, texte, fait.sel, fait.digest, fait.precedent, fait.empreinte]


def _seal_lot(now: datetime) -> Lot | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(_UNSEALED, [_LOT])
        rows = cursor.fetchall()
        if not rows:
            return None
        ids = [row[0] for row in rows]
        leaves = [empreintes.leaf_hash(bytes(row[1])) for row in rows]
        lot = _sign(leaves, now)
        lot.save(force_insert=True)
        cursor.execute(_LEAVES, [lot.rang, ids, leaves])
        ASceller.objects.filter(fait_id__in=ids).delete()
    return lot


def _sign(leaves: list[bytes], now: datetime) -> Lot:
    last = Lot.objects.order_by("-rang").first()
    rang, precedent = (last.rang + 1, bytes(last.empreinte)) if last else (1, empreintes.ORIGINE)
    racine = empreintes.merkle_root(leaves)
    head = empreintes.lot_bytes(rang=rang, taille=len(leaves), racine=racine, precedent=precedent, at=now)
    signature = coffre().sign(head)
    return Lot(
        rang=rang, taille=len(leaves), racine=racine, precedent=precedent, empreinte=empreintes.lot_hash(head), signature=signature, at=now
    )


def _show_anchor(lot: Lot) -> None:
    """Say the lot outside the base: with one such line kept elsewhere, nobody can cut or remake the journal unseen."""
    ancre = f"{lot.rang} {lot.empreinte.hex()} {lot.at.isoformat()}"
    log.info("journal scellé, ancre %s", ancre)
    path = Path(settings.ETAT) / "journal" / "ancres.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(ancre + "\n")
