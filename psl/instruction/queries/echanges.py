"""What passed between a service and a usager: state, requests, thread, answer. Readable by both, each under their own scope."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from psl.instruction.etats import Etat
from psl.instruction.models import Decision, Demande, Instruction, Message
from psl.routage import queries as routage
from psl.socle import cles, crypto

OBJET = "instruction"


@dataclass(frozen=True, slots=True)
class InstructionVue:
    """Where an instruction stands, without any text."""

    id: UUID
    teledossier: UUID
    service: UUID
    etat: Etat
    agent: UUID | None
    version: int
    recu_at: datetime
    silence_on: date | None
    echeance_on: date | None
    decide_at: datetime | None
    efface_at: datetime | None


@dataclass(frozen=True, slots=True)
class DemandeVue:
    """A complément asked: keys of champs, codes of pieces, the reason in clear, until when."""

    id: UUID
    affectation: UUID
    teledossier: UUID
    champs: tuple[str, ...]
    pieces: tuple[str, ...]
    motif: str
    echeance_on: date
    demandee_at: datetime
    repondue_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageVu:
    """A message in clear. `sens`: "service" or "usager"; the agent's id is for their colleagues only."""

    id: UUID
    affectation: UUID
    sens: str
    agent: UUID | None
    texte: str
    envoye_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionVue:
    """The answer of a service in clear; `motif` and `recours` are empty when there is none."""

    affectation: UUID
    etat: Etat
    lettre: str
    motif: str
    recours: str
    agent: UUID
    decide_at: datetime


def close_box(clair: Any, id_: UUID, cle: bytes) -> bytes:
    """Return the encrypted box of a row."""
    return crypto.encrypt(cle, orjson.dumps(clair), id_.bytes)


def open_box(boite: bytes | memoryview, id_: UUID, cle: bytes) -> Any:
    """Return what the box of a row holds."""
    return orjson.loads(crypto.decrypt(cle, bytes(boite), id_.bytes))


def key_of(affectation_id: UUID) -> bytes:
    """Return the key of every text of an instruction: its service's agents and its usager see it. Refuses: detruit."""
    return cles.open_key(OBJET, affectation_id)


_CHAMPS = (
    "id", "teledossier", "service", "etat", "agent", "version", "recu_at", "silence_on", "echeance_on", "decide_at", "efface_at",
)  # fmt: skip


def get_instruction(affectation_id: UUID) -> InstructionVue:
    """Return where an instruction stands; Refus 404 when it is not there, or not theirs."""
    row = Instruction.objects.filter(id=affectation_id).values(*_CHAMPS).first()
    if row is None:
        raise routage.unknown()
    return InstructionVue(**{**row, "etat": Etat(row["etat"])})


def state(affectation_id: UUID) -> Etat | None:
    """Return the state of an instruction; None before it is open, or when no service of the platform has it."""
    etat = Instruction.objects.filter(id=affectation_id).values_list("etat", flat=True).first()
    return Etat(etat) if etat else None


def open_request(affectation_id: UUID) -> DemandeVue | None:
    """Return the complément that is awaited now, or None."""
    if state(affectation_id) is not Etat.A_COMPLETER:
        return None
    return next((demande for demande in requests(affectation_id) if demande.repondue_at is None), None)


def requests(affectation_id: UUID) -> list[DemandeVue]:
    """Return the compléments asked, oldest first."""
    rows = list(Demande.objects.filter(affectation=affectation_id).order_by("demandee_at", "id"))
    cle = key_of(affectation_id) if rows else b""
    return [
        DemandeVue(
            row.id,
            row.affectation,
            row.teledossier,
            tuple(row.champs),
            tuple(row.pieces),
            open_box(row.boite, row.id, cle),
            row.echeance_on,
            row.demandee_at,
            row.repondue_at,
        )
        for row in rows
    ]


def messages(affectation_id: UUID) -> list[MessageVu]:
    """Return the thread, oldest first."""
    rows = list(Message.objects.filter(affectation=affectation_id).order_by("envoye_at", "id"))
    cle = key_of(affectation_id) if rows else b""
    return [MessageVu(row.id, row.affectation, row.sens, row.agent, open_box(row.boite, row.id, cle), row.envoye_at) for row in rows]


def decision(affectation_id: UUID) -> DecisionVue | None:
    """Return the answer of the service, or None while there is none."""
    row = Decision.objects.filter(id=affectation_id).first()
    if row is None:
        return None
    clair = open_box(row.boite, row.id, key_of(affectation_id))
    return DecisionVue(row.id, Etat(row.etat), clair["lettre"], clair["motif"], clair["recours"], row.agent, row.decide_at)
