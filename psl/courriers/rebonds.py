"""Reads delivery status notifications (RFC 3464). Pure."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import cast
from uuid import UUID

_RETOUR = re.compile(r"bounces\+([0-9a-f]{32})@", re.IGNORECASE)
_IDENTITE = re.compile(r"<([0-9a-f]{32})@", re.IGNORECASE)
_STATUT = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Rebond:
    """A notification: which envoi, whether it will never arrive, the status code that says why."""

    envoi: UUID
    permanent: bool
    statut: str


def read(octets: bytes) -> Rebond | None:
    """Return what a notification says, or None when it is not one of ours or not about a failure."""
    message = message_from_bytes(octets, policy=default)
    champs = _report_fields(message)
    if champs is None or str(champs.get("Action", "")).strip().lower() not in {"failed", "delayed"}:
        return None
    envoi = _subject(message, octets)
    statut = _STATUT.search(str(champs.get("Status", "")))
    if envoi is None or statut is None:
        return None
    return Rebond(envoi, permanent=statut[1] == "5", statut=statut[0])


def _report_fields(message: Message) -> Message | None:
    """Return the fields of the first recipient in the machine-readable part."""
    for partie in message.walk():
        if partie.get_content_type() == "message/delivery-status":
            groupes = [groupe for groupe in cast("list[Message]", partie.get_payload()) if groupe.get("Action")]
            return groupes[0] if groupes else None
    return None


def _subject(message: Message, octets: bytes) -> UUID | None:
    """Return the envoi that the return path names, else the identity of the returned message."""
    for entete in ("To", "Delivered-To", "X-Original-To", "Envelope-To"):
        if trouve := _RETOUR.search(str(message.get(entete, ""))):
            return UUID(hex=trouve[1])
    for ligne in octets.decode("latin-1").splitlines():
        if ligne.lower().startswith("message-id:") and (trouve := _IDENTITE.search(ligne)):
            return UUID(hex=trouve[1])
    return None
