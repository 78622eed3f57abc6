"""Builds one e-mail: headers that nothing typed by anyone can break, a plain text body, attachments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from django.conf import settings

from psl.courriers.gabarits import single_line

NOM_EXPEDITEUR = "Plateforme des services en ligne"


@dataclass(frozen=True, slots=True)
class Jointe:
    """An attachment: its safe name, its type, its bytes."""

    nom: str
    type: str
    octets: bytes


def build(envoi_id: UUID, *, vers: str, objet: str, corps: str, langue: str, at: datetime, jointes: Iterable[Jointe] = ()) -> EmailMessage:
    """Return the message of an envoi; built twice, it has the same identity (RFC 5322 Message-ID) and date.

    `vers` is a normalised address. Replies of machines are not wanted (RFC 3834).
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(NOM_EXPEDITEUR, addr_spec=settings.COURRIEL_EXPEDITEUR)
    message["To"] = Address(addr_spec=vers)
    message["Subject"] = single_line(objet)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{envoi_id.hex}@{domain()}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(corps, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = langue
    for jointe in jointes:
        sorte, _, sous_sorte = jointe.type.partition("/")
        message.add_attachment(jointe.octets, maintype=sorte, subtype=sous_sorte, filename=jointe.nom)
    return message


def domain() -> str:
    """Return the domain that our messages come from."""
    return settings.COURRIEL_EXPEDITEUR.rpartition("@")[2]


def return_path(envoi_id: UUID) -> str:
    """Return the address that this envoi bounces to, and no other (variable envelope return path)."""
    return f"bounces+{envoi_id.hex}@{domain()}"
