"""What is read of contacts and envois. Callers stand in a scope that sees the keys."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from psl.courriers.models import Contact, Envoi, Etat
from psl.socle import cles, crypto


@dataclass(frozen=True, slots=True)
class ContactVu:
    """How a subject may be reached; `rebond_at` when its e-mail came back."""

    courriel: str
    telephone: str
    langue: str
    rebond_at: datetime | None


@dataclass(frozen=True, slots=True)
class EnvoiVu:
    """What became of one e-mail: nothing of its words."""

    id: UUID
    gabarit: str
    etat: str
    created_at: datetime
    envoye_at: datetime | None
    rebond_at: datetime | None


def contact(sujet: UUID) -> ContactVu | None:
    """Return how a subject may be reached, or None when nothing was given.

    Refuses: detruit (also when this acteur may not see it).
    """
    ligne = Contact.objects.filter(sujet=sujet).first()
    if ligne is None:
        return None
    clair = open_box(bytes(ligne.boite), ligne.id, cles.open_key("contact", ligne.id))
    return ContactVu(clair["courriel"], clair["telephone"], ligne.langue, ligne.rebond_at)


def bounced_at(sujet: UUID) -> datetime | None:
    """Return since when the e-mail of a subject is known not to arrive. Needs no key: nothing of the address is read."""
    return Contact.objects.filter(sujet=sujet).values_list("rebond_at", flat=True).first()


def bounces(sujet: UUID) -> int:
    """Return how many e-mails about a subject came back."""
    return Envoi.objects.filter(sujet=sujet, etat=Etat.REBOND).count()


def envois(sujet: UUID) -> list[EnvoiVu]:
    """Return what was sent for a subject, oldest first."""
    champs = ("id", "gabarit", "etat", "created_at", "envoye_at", "rebond_at")
    return [EnvoiVu(*ligne) for ligne in Envoi.objects.filter(sujet=sujet).order_by("id").values_list(*champs)]


@dataclass(frozen=True, slots=True)
class Trouble:
    """How many e-mails of one kind came back, or could not leave: nobody is named."""

    gabarit: str
    etat: str
    nombre: int


def troubles(depuis: datetime) -> list[Trouble]:
    """Return the e-mails made since a moment that did not reach anybody, by kind and state."""
    rows = Envoi.objects.filter(created_at__gte=depuis, etat__in=[Etat.REBOND, Etat.EN_ECHEC]).values("gabarit", "etat")
    counted = rows.annotate(nombre=Count("id")).order_by("gabarit", "etat")
    return [Trouble(row["gabarit"], Etat(row["etat"]).label, row["nombre"]) for row in counted]


def close_box(clair: Mapping[str, Any], id_: UUID, cle: bytes) -> bytes:
    """Return an encrypted box of JSON, bound to the row it stands in."""
    return crypto.encrypt(cle, json.dumps(clair).encode(), id_.bytes)


def open_box(boite: bytes, id_: UUID, cle: bytes) -> dict[str, Any]:
    """Return what a box holds."""
    clair: dict[str, Any] = json.loads(crypto.decrypt(cle, boite, id_.bytes))
    return clair
