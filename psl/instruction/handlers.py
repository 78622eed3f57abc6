"""What instruction owes to the faits: an instruction per affectation, the documents of the dossier. Each may run twice."""

from datetime import datetime
from uuid import UUID

from psl.instruction import operations
from psl.journal.models import Fait


def open_new(fait: Fait, *, now: datetime) -> None:
    """Open the instruction of an affectation just created."""
    operations.open_instruction(fait.sujet, now=now)


def mail_service(fait: Fait, *, now: datetime) -> None:
    """Send a service without our portal what it has just received."""
    operations.mail_depots(fait.sujet, rang=(fait.corps or {}).get("rang"), now=now)


def park_bounce(fait: Fait, *, now: datetime) -> None:
    """Put aside an e-mail to a service that came back."""
    corps = fait.corps or {}
    operations.park_bounce(fait.sujet, gabarit=corps.get("gabarit", ""), cause=corps.get("cause", ""), now=now)


def resume(fait: Fait, *, now: datetime) -> None:
    """Put back in instruction what awaited the complément that has come, as of the moment it came."""
    concernees = [UUID(id_) for id_ in (fait.corps or {}).get("affectations", [])]
    operations.resume_after_complement(fait.sujet, affectations=concernees, recu_at=fait.at, now=now)


def write_recap(fait: Fait, *, now: datetime) -> None:
    """Make the recap of what the service has received so far."""
    operations.make_recap(fait.sujet, now=now)


def write_foreseen(fait: Fait, *, now: datetime) -> None:
    """Make the documents that the définition foresees at this moment."""
    operations.make_foreseen(fait.sujet, operations.MOMENTS[fait.sorte], now=now)


def write_letter(fait: Fait, *, now: datetime) -> None:
    """Make the letter of an answer."""
    operations.make_letter(fait.sujet, now=now)


def write_request(fait: Fait, *, now: datetime) -> None:
    """Make the letter of a complément."""
    operations.make_request(fait.sujet, now=now)
