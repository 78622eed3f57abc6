"""Who takes care of a dossier: it opens when the service receives it, an agent takes it, gives it back, a responsable assigns it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from psl.annuaire import agents
from psl.instruction.droits import Acte, state_after
from psl.instruction.etats import Etat
from psl.instruction.models import Instruction
from psl.instruction.operations.verrou import advance, lock
from psl.instruction.queries import contenu
from psl.instruction.queries.echanges import OBJET, close_box
from psl.journal import operations as journal
from psl.routage import queries as routage
from psl.socle import cles
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus


def open_instruction(affectation_id: UUID, *, now: datetime) -> None:
    """Open the instruction of an affectation; one already open is left alone. Runs under the system's scope.

    Records: nothing (affectation.creee has said it).
    """
    affectation = routage.get_affectation(affectation_id)
    if affectation.service is None or Instruction.objects.filter(id=affectation_id).exists():
        return
    lu = contenu.read(affectation)
    cle = cles.create(OBJET, affectation_id, sujet=affectation.teledossier, service=affectation.service, now=now)
    apercu = {"usager": contenu.applicant(lu.contenu.valeurs, lu.demarche.recherche.mots), "titre": lu.situation.titre}
    Instruction.objects.create(
        id=affectation_id,
        teledossier=affectation.teledossier,
        service=affectation.service,
        apercu=close_box(apercu, affectation_id, cle),
        recu_at=lu.depose_at,
        silence_on=affectation.silence_on,
    )


def take(affectation_id: UUID, *, acteur: Acteur, version: int, now: datetime) -> None:
    """Take a dossier in charge, or take it over from a colleague.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible.
    Records: instruction.prise the first time, instruction.attribuee afterwards.
    Locks: the instruction.
    """
    with scope(acteur):
        instruction = lock(affectation_id, Acte.TAKE, acteur=acteur, version=version)
        avant, is_first = instruction.agent, instruction.etat == Etat.DEPOSE
        etat = state_after(Acte.TAKE, Etat(instruction.etat))
        advance(instruction, etat=etat.value, agent=acteur.id, prise_at=instruction.prise_at or now)
        if is_first:
            journal.record("instruction.prise", affectation_id, by=acteur, at=now, corps={"vers": etat.value})
        else:
            journal.record("instruction.attribuee", affectation_id, by=acteur, at=now, corps=_hands(avant, acteur.id))


def release(affectation_id: UUID, *, acteur: Acteur, version: int, now: datetime) -> None:
    """Give a dossier back to the service: any colleague may take it; its state stays.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible.
    Records: instruction.liberee.
    Locks: the instruction.
    """
    with scope(acteur):
        instruction = lock(affectation_id, Acte.RELEASE, acteur=acteur, version=version)
        avant = instruction.agent
        advance(instruction, agent=None)
        journal.record("instruction.liberee", affectation_id, by=acteur, at=now, corps=_hands(avant, None))


def assign(affectation_id: UUID, *, agent: UUID, acteur: Acteur, version: int, now: datetime) -> None:
    """Give a dossier to an agent of the service, as its responsable.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible, agent-hors-service.
    Records: instruction.attribuee.
    Locks: the instruction.
    """
    with scope(acteur):
        instruction = lock(affectation_id, Acte.ASSIGN, acteur=acteur, version=version)
        if agent not in agents.of_services(frozenset({instruction.service})):
            phrase = _("Choisissez un agent de ce service.")
            raise Refus("agent-hors-service", phrase, statut=422, champs={"agent": phrase})
        avant = instruction.agent
        advance(instruction, agent=agent)
        journal.record("instruction.attribuee", affectation_id, by=acteur, at=now, corps=_hands(avant, agent))


def _hands(avant: UUID | None, apres: UUID | None) -> dict[str, object]:
    return {"de": str(avant) if avant else None, "a": str(apres) if apres else None}
