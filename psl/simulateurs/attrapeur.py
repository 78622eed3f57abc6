"""An SMTP server that catches every message and delivers none; some addresses misbehave on purpose."""

from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from psl.simulateurs.boite import Boite
from psl.socle import clock

TAILLE_MAX = 40_000_000


class Attrapeur:
    """aiosmtpd's handler: `rebond…@` does not exist (550), `plein…@` has no room (450), the others receive."""

    def __init__(self, boite: Boite) -> None:
        self._boite = boite

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[Any]
    ) -> str:
        if address.lower().startswith("rebond"):
            return "550 5.1.1 Cette adresse n'existe pas"
        if address.lower().startswith("plein"):
            return "450 4.2.2 Cette boite est pleine"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's name
        brut = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self._boite.add(brut, retour=envelope.mail_from or "", vers=[str(adresse) for adresse in envelope.rcpt_tos], recu_at=clock.now())
        return "250 Garde pour la demonstration"


def make_controller(boite: Boite, port: int) -> Controller:
    """Return the server, to be started and stopped; it listens to this machine only."""
    return Controller(Attrapeur(boite), hostname="127.0.0.1", port=port, data_size_limit=TAILLE_MAX)
