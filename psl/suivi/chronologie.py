"""The timeline of a télédossier (pure): which faits its usager reads, in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

PHRASES = {
    "teledossier.depose": gettext_noop("Vous avez envoyé votre demande."),
    "affectation.creee": gettext_noop("Votre demande a été transmise à %(service)s."),
    "affectation.sans_service": gettext_noop("%(service)s ne reçoit pas les demandes en ligne : envoyez-lui votre demande remplie."),
    "instruction.prise": gettext_noop("%(service)s a commencé à traiter votre demande."),
    "instruction.complement_demande": gettext_noop("%(service)s vous demande un complément."),
    "teledossier.complete": gettext_noop("Vous avez envoyé le complément demandé."),
    "instruction.acceptee": gettext_noop("%(service)s a accepté votre demande."),
    "instruction.refusee": gettext_noop("%(service)s a refusé votre demande."),
    "instruction.non_recevable": gettext_noop("%(service)s ne peut pas recevoir votre demande."),
    "instruction.sans_suite": gettext_noop("%(service)s a classé votre demande sans suite."),
    "instruction.retiree": gettext_noop("Vous avez retiré votre demande."),
    "instruction.reorientee": gettext_noop("%(service)s a transmis votre demande au service compétent."),
    "message.envoye": gettext_noop("Un message a été envoyé."),
    "consultation": gettext_noop("%(service)s a consulté votre dossier."),
    "suivi.code_renouvele": gettext_noop("Un nouveau code de suivi vous a été donné."),
    "courriel.rebond": gettext_noop("Un courriel n'a pas pu vous être remis. Vérifiez votre adresse électronique."),
}
CONSULTATIONS = frozenset({"consultation"})


class FaitVu(Protocol):
    """What is read here of a fait."""

    @property
    def sorte(self) -> str: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of the timeline."""

    at: datetime
    sorte: str
    phrase: str


def lines(faits: Iterable[tuple[FaitVu, str]]) -> list[Ligne]:
    """Return the lines of some faits, each with the name of the service it concerns, oldest first; consultations apart."""
    lues = [Ligne(f.at, f.sorte, _(PHRASES[f.sorte]) % {"service": nom}) for f, nom in faits if f.sorte in PHRASES]
    return sorted((ligne for ligne in lues if ligne.sorte not in CONSULTATIONS), key=lambda ligne: ligne.at)


def consultations(faits: Iterable[tuple[FaitVu, str]]) -> list[tuple[str, datetime]]:
    """Return which service consulted the télédossier and when (no agent's name), latest first.

    The looks of one service within an hour are one line, at the first of them.
    """
    vues: list[tuple[str, datetime]] = []
    dernieres: dict[str, datetime] = {}
    for fait, nom in sorted(((f, nom) for f, nom in faits if f.sorte in CONSULTATIONS), key=lambda couple: couple[0].at):
        if nom not in dernieres or fait.at - dernieres[nom] >= timedelta(hours=1):
            dernieres[nom] = fait.at
            vues.append((nom, fait.at))
    return vues[::-1]
