"""Reminders, a job for each day they are due: dates not to miss, before they come; an answer that a service still awaits.

A job knows the télédossier alone: what is due that day is read then. Once the content is erased, so is the address, and nothing is sent.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from psl.courriers import operations as courriers
from psl.instruction import queries as instruction
from psl.instruction.etats import FINAUX, Etat
from psl.journal import travaux
from psl.journal.models import Fait
from psl.langage import delais
from psl.langage.evaluation import Situation
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.dates import date_in_words
from psl.socle.errors import Refus
from psl.suivi import accuse, queries
from psl.teledossiers import queries as dossiers

MATIN = time(8, tzinfo=ZoneInfo("Europe/Paris"))
AVANT_LIMITE = timedelta(days=7)


def foreseen(situation: Situation) -> Iterator[tuple[date, str, date]]:
    """Give each reminder that answers call for: its day, its name, and the date that it reminds of."""
    for echeance in situation.echeances:
        for duree in echeance.rappels:
            yield delais.before(echeance.le, duree), f"{echeance.cle}:{duree}", echeance.le


def plan(teledossier_id: UUID, situation: Situation, *, now: datetime) -> None:
    """Owe a look at a télédossier on each day when a reminder is due, in the transaction under way; days already past are not."""
    for jour in sorted({jour for jour, _, _ in foreseen(situation) if jour > clock.local_date(now)}):
        travaux.defer("psl.suivi.rappels.remind", delay=_until(jour, now), teledossier_id=teledossier_id)


def remind(teledossier_id: UUID, *, now: datetime) -> None:
    """Write to the usager that a date comes, once for each reminder; neither the date nor what it is for goes by e-mail.

    Nothing is sent once the content is erased, nor when no service may say yes any more. May run twice.
    """
    aujourdhui = clock.local_date(now)
    with scope(SYSTEME):
        try:
            vu = dossiers.get_teledossier(teledossier_id)
            recu = accuse.of_depot(vu.id, vu.numero, 1, None)
        except Refus:
            return
        etats = [instruction.state(affectation.id) for affectation in routage.of_teledossier(vu.id) if affectation.service]
        if etats and all(etat in FINAUX and etat is not Etat.ACCEPTE for etat in etats):
            return
        for jour, nom, le in foreseen(recu.situation):
            if jour <= aujourdhui <= le:
                connus = {"numero": vu.numero, "titre": recu.titre}
                courriers.send("echeance", vu.id, contexte=connus, unique=f"echeance:{vu.id}:{nom}", now=now)


def plan_answer(fait: Fait, *, now: datetime) -> None:
    """Owe a look at what a service asked, a week before it is due (handler); under the system's scope."""
    demande = instruction.open_request(fait.sujet)
    if demande is not None and (jour := demande.echeance_on - AVANT_LIMITE) > clock.local_date(now):
        travaux.defer("psl.suivi.rappels.remind_answer", delay=_until(jour, now), affectation_id=fait.sujet, fait_id=fait.id)


def remind_answer(affectation_id: UUID, fait_id: UUID, *, now: datetime) -> None:
    """Write to the usager that a service still awaits their answer, and until when. May run twice."""
    with scope(SYSTEME):
        demande = instruction.open_request(affectation_id)
        if demande is None or demande.echeance_on - AVANT_LIMITE > clock.local_date(now):
            return
        try:
            vu = dossiers.get_teledossier(demande.teledossier)
            titre, _ = queries.title(vu.id)
        except Refus:
            return
        connus = {"numero": vu.numero, "titre": titre, "le": date_in_words(demande.echeance_on, vu.langue)}
        courriers.send("rappel", vu.id, contexte=connus, unique=f"rappel:{fait_id}", now=now)


def _until(jour: date, now: datetime) -> timedelta:
    return datetime.combine(jour, MATIN) - now
