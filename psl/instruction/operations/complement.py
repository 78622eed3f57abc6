"""Asking the usager for what lacks: only what is ticked re-opens, with a reason and a date; then their answer comes back."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from psl.annuaire import queries as annuaire
from psl.instruction import textes
from psl.instruction.droits import Acte
from psl.instruction.etats import Etat
from psl.instruction.models import Demande, Instruction
from psl.instruction.operations.verrou import advance, agent_of, lock
from psl.instruction.queries import contenu
from psl.instruction.queries.contenu import Lu
from psl.instruction.queries.echanges import close_box, key_of
from psl.journal import operations as journal
from psl.langage import delais
from psl.langage.delais import Complement, Regime
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7


def ask(
    affectation_id: UUID,
    *,
    champs: Collection[str],
    pieces: Collection[str],
    motif: str,
    echeance_on: date | None,
    acteur: Acteur,
    version: int,
    now: datetime,
) -> UUID:
    """Ask the usager for a complément: the questions and pieces ticked, why, until when. Returns the demande.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible, complement-incomplet (by field), detruit.
    Records: instruction.complement_demande.
    Locks: the instruction.
    """
    with scope(acteur):
        instruction = lock(affectation_id, Acte.ASK, acteur=acteur, version=version)
        lu = contenu.read(routage.get_affectation(affectation_id))
        coches = _check_ticked(lu, champs, pieces)
        propre, limite = _check_written(motif, echeance_on, coches, aujourdhui=local_day(instruction.service, now))
        demande = Demande(id=uuid7(now), affectation=affectation_id, teledossier=instruction.teledossier, service=instruction.service)
        demande.champs, demande.pieces = coches
        demande.agent, demande.demandee_at, demande.echeance_on = agent_of(acteur), now, limite
        demande.boite = close_box(propre, demande.id, key_of(affectation_id))
        demande.save(force_insert=True)
        advance(instruction, etat=Etat.A_COMPLETER.value, echeance_on=limite, silence_on=_silence(instruction, lu))
        corps = {"demande": str(demande.id), "champs": demande.champs, "pieces": demande.pieces, "le": str(limite)}
        journal.record("instruction.complement_demande", affectation_id, by=acteur, at=now, corps=corps)
    return demande.id


def _check_ticked(lu: Lu, champs: Collection[str], pieces: Collection[str]) -> tuple[list[str], list[str]]:
    """Return what is ticked and exists for this recipient."""
    connus = {question.cle for groupe in contenu.questions(lu) for question in groupe.questions}
    connues = {question.cle for question in contenu.pieces(lu)}
    return sorted(connus & set(champs)), sorted(connues & set(pieces))


def _check_written(motif: str, echeance_on: date | None, coches: tuple[list[str], list[str]], *, aujourdhui: date) -> tuple[str, date]:
    """Return the reason, cleaned, and the date. Refuses: complement-incomplet."""
    erreurs: dict[str, str] = {}
    if not any(coches):
        erreurs["items"] = _("Cochez au moins une question ou une pièce : rien d'autre ne se rouvrira pour l'usager.")
    absent = _("Écrivez à l'usager pourquoi vous le lui demandez.")
    propre = textes.read_text(motif, limite=textes.MOTIF_MAX, absent=absent, erreurs=erreurs, champ="motif")
    textes.check_due(echeance_on, aujourdhui=aujourdhui, erreurs=erreurs)
    if erreurs or echeance_on is None:
        raise Refus("complement-incomplet", _("La demande de complément n'est pas encore prête."), statut=422, champs=erreurs)
    return propre, echeance_on


def resume_after_complement(teledossier_id: UUID, *, affectations: Collection[UUID], recu_at: datetime, now: datetime) -> list[UUID]:
    """Put back in instruction what awaited a complément that has come (to these affectations, or to all when none is named).

    Runs under the system's scope. An instruction that awaits nothing, or is over, is left alone. Returns those put back.
    Records: instruction.reprise, for each.
    Locks: the instructions.
    """
    waiting = Instruction.objects.select_for_update().filter(teledossier=teledossier_id, etat=Etat.A_COMPLETER.value).order_by("id")
    if affectations:
        waiting = waiting.filter(id__in=affectations)
    resumed = []
    for instruction in waiting:
        Demande.objects.filter(affectation=instruction.id, repondue_at=None).update(repondue_at=recu_at)
        lu = contenu.read(routage.get_affectation(instruction.id))
        advance(instruction, etat=Etat.EN_INSTRUCTION.value, echeance_on=None, silence_on=_silence(instruction, lu))
        journal.record("instruction.reprise", instruction.id, by=SYSTEME, at=now, corps={"vers": Etat.EN_INSTRUCTION.value})
        resumed.append(instruction.id)
    return resumed


def local_day(service_id: UUID, now: datetime) -> date:
    """Return the day it is in the territory of a service."""
    service = annuaire.service(service_id)
    return clock.local_date(now, service.fuseau) if service else clock.local_date(now)


def _silence(instruction: Instruction, lu: Lu) -> date | None:
    """Return when silence becomes a decision, counting what was asked (CRPA L114-5); None when no delay runs."""
    silence = lu.demarche.faits.silence
    if silence.regime == "aucun":
        return instruction.silence_on
    regime: Regime = "accord" if silence.regime == "accord" else "rejet"
    asked = Demande.objects.filter(affectation=instruction.id).values_list("demandee_at", "echeance_on", "repondue_at")
    complements = [
        Complement(clock.local_date(demande), limite, clock.local_date(repondue) if repondue else None)
        for demande, limite, repondue in asked
    ]
    recu_on = clock.local_date(instruction.recu_at)
    return delais.silence_date_after(regime, recu_on, silence.delai, complements=complements)
