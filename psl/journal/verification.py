"""Proof that the journal is what was written: every chain, every body left, every leaf, every lot, every signature, every anchor.

Reads the base as a stream; the checks take plain rows, so that an export can be verified far from any base.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from psl.journal import empreintes, jetons
from psl.journal.horodateur import HorodateurError, horodateur
from psl.socle.crypto import coffre, is_signed


@dataclass(frozen=True, slots=True)
class Anomalie:
    """Something that is not as it was written: its nature, where, and a sentence for whoever must look."""

    nature: str
    lieu: str
    phrase: str


class FaitLu(NamedTuple):
    """A fait as stored (body as JSON text), with its leaf if it is in a lot, and whether it waits for the sealer."""

    id: UUID
    sorte: str
    sujet: UUID
    rang: int
    acteur_sorte: str
    acteur_id: UUID | None
    at: datetime
    corps: str | None
    sel: bytes | None
    digest: bytes
    precedent: bytes
    empreinte: bytes
    feuille: bytes | None
    a_sceller: bool


class LotLu(NamedTuple):
    """A lot as stored, with the positions and hashes of its leaves, by position; its token, and the signature of having received it."""

    rang: int
    taille: int
    racine: bytes
    precedent: bytes
    empreinte: bytes
    signature: bytes
    at: datetime
    positions: list[int]
    feuilles: list[bytes]
    jeton: bytes | None
    recu: bytes | None
    recu_at: datetime | None


_FAITS = """
SELECT f.id, f.sorte, f.sujet, f.rang, f.acteur_sorte, f.acteur_id, f.at, f.corps::text, f.sel, f.digest, f.precedent, f.empreinte,
    l.empreinte, a.fait_id IS NOT NULL
FROM journal_fait f
LEFT JOIN (journal_feuille l JOIN journal_lot ON journal_lot.rang = l.lot_id) ON l.fait_id = f.id
LEFT JOIN journal_a_sceller a ON a.fait_id = f.id
ORDER BY f.sujet, f.rang, f.id
"""
_LOTS = """
SELECT rang, taille, racine, precedent, empreinte, l.signature, l.at,
    ARRAY(SELECT position FROM journal_feuille WHERE lot_id = rang ORDER BY position),
    ARRAY(SELECT empreinte FROM journal_feuille WHERE lot_id = rang ORDER BY position),
    h.jeton, h.signature, h.at
FROM journal_lot l LEFT JOIN journal_horodatage h ON h.lot_id = l.rang ORDER BY rang
"""
_ORPHANS = """
SELECT fait_id FROM (SELECT fait_id FROM journal_feuille UNION SELECT fait_id FROM journal_a_sceller) AS attendu
WHERE NOT EXISTS (SELECT 1 FROM journal_fait WHERE id = fait_id) ORDER BY fait_id
"""


def verify(ancres: Iterable[str] = ()) -> list[Anomalie]:
    """Return everything that is wrong in the base's journal, as one consistent snapshot; `ancres` are lines that the sealer showed."""
    is_nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not is_nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(_ORPHANS)
        absents = [row[0] for row in cursor.fetchall()]
        return verify_rows(_faits(), _lots(), absents, cle_publique=coffre().public_key(), racines=_roots(), ancres=read_anchors(ancres))


def verify_rows(
    faits: Iterable[FaitLu],
    lots: Iterable[LotLu],
    absents: Iterable[UUID],
    *,
    cle_publique: bytes,
    racines: bytes,
    ancres: Mapping[int, str],
) -> list[Anomalie]:
    """Return everything that is wrong in an exported journal: `faits` by subject and rank, `lots` by rank, faits that leaves miss."""
    missing = [Anomalie("fait-absent", str(id_), "Ce fait a été retiré : sa place dans le journal est restée.") for id_ in absents]
    return [*check_faits(faits), *check_lots(lots, cle_publique, racines, ancres), *missing]


def read_anchors(lines: Iterable[str]) -> dict[int, str]:
    """Return rank → empreinte of the lines `12 <hex> <date>`, alone or at the end of a log line."""
    ancres = {}
    for line in lines:
        words = line.split("ancre ")[-1].split()
        if len(words) >= 2 and words[0].isdecimal():
            ancres[int(words[0])] = words[1]
    return ancres


def check_faits(faits: Iterable[FaitLu]) -> Iterator[Anomalie]:
    """Check each fait on its own and each chain, subject by subject."""
    sujet, rang, empreinte = None, 0, empreintes.ORIGINE
    for fait in faits:
        if fait.sujet != sujet:
            sujet, rang, empreinte = fait.sujet, 0, empreintes.ORIGINE
        lieu = f"{fait.sujet} n° {fait.rang}"
        if fait.rang != rang + 1:
            yield Anomalie("rang", lieu, f"Le fait n° {rang + 1} de ce sujet manque, ou un fait a changé de place.")
        elif fait.precedent != empreinte:
            yield Anomalie("chaine", lieu, "Ce fait ne suit pas celui qui le précède : l’un des deux a été changé, ajouté ou déplacé.")
        yield from (Anomalie(nature, lieu, phrase) for nature, phrase in _defects(fait))
        rang, empreinte = fait.rang, fait.empreinte


def _defects(fait: FaitLu) -> Iterator[tuple[str, str]]:
    if not _is_body_right(fait):
        yield "corps", "Le corps de ce fait a été changé."
    if fait.empreinte != _hash(fait):
        yield "empreinte", "Ce fait a été changé : son empreinte ne correspond plus."
    if fait.feuille is None and not fait.a_sceller:
        yield "feuille-absente", "Ce fait n’est dans aucun lot et n’attend pas de l’être."
    if fait.feuille is not None and fait.a_sceller:
        yield "deja-scelle", "Ce fait scellé a été remis parmi ceux à sceller."
    if fait.feuille is not None and fait.feuille != empreintes.leaf_hash(fait.empreinte):
        yield "feuille", "Ce fait n’est pas celui qui a été scellé."


def _hash(fait: FaitLu) -> bytes:
    return empreintes.fait_hash(
        id=fait.id,
        sorte=fait.sorte,
        sujet=fait.sujet,
        rang=fait.rang,
        acteur_sorte=fait.acteur_sorte,
        acteur_id=fait.acteur_id,
        at=fait.at,
        digest=fait.digest,
        precedent=fait.precedent,
    )


def _is_body_right(fait: FaitLu) -> bool:
    """Tell whether what is left of a body is right: purged, or never there, it leaves nothing to compare."""
    if fait.corps is None or fait.sel is None:
        return fait.corps is None and fait.sel is None
    try:
        texte = empreintes.canonical(json.loads(fait.corps))
    except TypeError:
        return False
    return fait.digest == empreintes.body_digest(fait.sel, texte)


def check_lots(lots: Iterable[LotLu], cle_publique: bytes, racines: bytes, ancres: Mapping[int, str]) -> Iterator[Anomalie]:
    """Check each lot's tree, head, signature and token, their chain, and that every anchor is still there.

    No `racines`: the authority does not answer, and the tokens are checked by our own signature alone.
    """
    rang, empreinte, left, is_waiting = 0, empreintes.ORIGINE, dict(ancres), False
    for lot in lots:
        lieu = f"lot {lot.rang}"
        if lot.rang != rang + 1:
            yield Anomalie("lot-rang", lieu, f"Le lot {rang + 1} manque.")
        elif lot.precedent != empreinte:
            yield Anomalie("lot-chaine", lieu, "Ce lot ne suit pas celui qui le précède.")
        if left.pop(lot.rang, lot.empreinte.hex()) != lot.empreinte.hex():
            yield Anomalie("ancre", lieu, "Ce lot n’est pas celui dont l’ancre a été gardée : le journal a été refait.")
        yield from (Anomalie(nature, lieu, phrase) for nature, phrase in _lot_defects(lot, cle_publique))
        yield from (Anomalie(nature, lieu, phrase) for nature, phrase in _stamp_defects(lot, cle_publique, racines, is_waiting=is_waiting))
        is_waiting = is_waiting or lot.jeton is None
        rang, empreinte = lot.rang, lot.empreinte
    for missing in sorted(left):
        yield Anomalie("ancre", f"lot {missing}", "Une ancre a été gardée de ce lot, qui n’est plus là : la fin du journal a été coupée.")


def _lot_defects(lot: LotLu, cle_publique: bytes) -> Iterator[tuple[str, str]]:
    head = empreintes.lot_bytes(rang=lot.rang, taille=lot.taille, racine=lot.racine, precedent=lot.precedent, at=lot.at)
    if lot.positions != list(range(lot.taille)):
        yield "feuilles", "Des feuilles de ce lot manquent, sont en trop ou ont changé de place."
    if empreintes.merkle_root(lot.feuilles) != lot.racine:
        yield "racine", "Les feuilles de ce lot ne donnent plus sa racine."
    if empreintes.lot_hash(head) != lot.empreinte:
        yield "lot-empreinte", "L’en-tête de ce lot a été changé."
    if not is_signed(cle_publique, head, lot.signature):
        yield "signature", "La signature de ce lot n’est pas la nôtre."


def _stamp_defects(lot: LotLu, cle_publique: bytes, racines: bytes, *, is_waiting: bool) -> Iterator[tuple[str, str]]:
    if lot.jeton is None or lot.recu is None or lot.recu_at is None:
        return
    if is_waiting:  # lots are timestamped in their order
        yield "jeton-absent", "Le jeton d’un lot d’avant celui-ci a été retiré."
    if not is_signed(cle_publique, empreintes.stamp_bytes(rang=lot.rang, jeton=lot.jeton, at=lot.recu_at), lot.recu):
        yield "jeton-recu", "Ce jeton d’horodatage n’est pas celui qui a été reçu."
    try:
        if racines:
            jetons.check(lot.jeton, digest=lot.empreinte, racines=racines)
    except jetons.JetonFaux as error:
        yield "jeton", f"L’horodatage de ce lot est faux : {error}."


def _roots() -> bytes:
    try:
        return horodateur().certificates()
    except HorodateurError:
        return b""


def _faits() -> Iterator[FaitLu]:
    for row in _stream("faits", _FAITS):
        id_, sorte, sujet, rang, acteur_sorte, acteur_id, at, corps, *octets, a_sceller = row
        sel, digest, precedent, empreinte, feuille = (None if part is None else bytes(part) for part in octets)
        assert digest is not None and precedent is not None and empreinte is not None  # noqa: PT018, S101 -- NOT NULL columns
        yield FaitLu(id_, sorte, sujet, rang, acteur_sorte, acteur_id, at, corps, sel, digest, precedent, empreinte, feuille, a_sceller)


def _lots() -> Iterator[LotLu]:
    for rang, taille, racine, precedent, empreinte, signature, at, positions, feuilles, jeton, recu, recu_at in _stream("lots", _LOTS):
        heads = (bytes(racine), bytes(precedent), bytes(empreinte), bytes(signature))
        stamps = (jeton and bytes(jeton), recu and bytes(recu), recu_at)
        yield LotLu(rang, taille, *heads, at, positions, [bytes(feuille) for feuille in feuilles], *stamps)


def _stream(name: str, query: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows through a server-side cursor: the journal may be larger than the memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(2_000):
            yield from rows
