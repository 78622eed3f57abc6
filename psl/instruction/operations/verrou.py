"""Holding an instruction to change it: one agent at a time, each from the page they have read."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from psl.instruction import gardes, lettres
from psl.instruction.droits import Acte
from psl.instruction.etats import Etat
from psl.instruction.models import Instruction
from psl.langage import delais
from psl.langage.evaluation import Situation
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.acteur import Acteur


def lock(affectation_id: UUID, acte: Acte, *, acteur: Acteur, version: int | None) -> Instruction:
    """Return an instruction to change, its row locked until the transaction ends. `version`: the one its agent has read.

    Refuses: affectation-inconnue, change-entretemps (saying who acted since), acte-impossible.
    """
    instruction = Instruction.objects.select_for_update().filter(id=affectation_id).first()
    if instruction is None or not gardes.stands_for(acteur, instruction.id, instruction.service):
        raise routage.unknown()
    if version != instruction.version:
        raise gardes.changed(instruction)
    est_responsable = acteur.id is not None and gardes.is_lead(acteur.id, instruction.service)
    if refus := gardes.why_not_act(acte, instruction, acteur, est_responsable=est_responsable):
        raise refus
    return instruction


def advance(instruction: Instruction, **changes: Any) -> None:
    """Write what changes in an instruction; pages read before are now old."""
    for name, value in {**changes, "version": instruction.version + 1}.items():
        setattr(instruction, name, value)
    instruction.save(update_fields=[*changes, "version"])


def finish(instruction: Instruction, etat: Etat, situation: Situation, *, now: datetime, **changes: Any) -> None:
    """End an instruction; from here run the lives of its content and of its trace, as the démarche says."""
    jour = clock.local_date(now)
    advance(
        instruction,
        etat=etat.value,
        decide_at=now,
        echeance_on=None,
        contenu_jusqu_on=content_end(situation, etat, jour),
        trace_jusqu_on=delais.add(jour, situation.demarche.faits.conservation.trace),
        **changes,
    )


def content_end(situation: Situation, etat: Etat, jour: date) -> date:
    """Return the last day of a content ended on a day: the time for appeal, or what the démarche says.

    `conservation.contenu` counts from a date of the answers when one is named and known, else from that day. An answer that may be
    contested keeps it until the time for appeal is over all the same.
    """
    conservation = situation.demarche.faits.conservation
    recours = delais.add(jour, conservation.recours)
    if not conservation.contenu:
        return recours
    depuis = conservation.a_partir_de.run(situation.contexte) if conservation.a_partir_de else jour
    dite = delais.add(depuis if isinstance(depuis, date) else jour, conservation.contenu)
    est_contestable = etat in lettres.CLES and lettres.words_of(situation.demarche, etat).recours
    return max(dite, recours, jour) if est_contestable else max(dite, jour)


def agent_of(acteur: Acteur) -> UUID:
    """Return who acts, an agent or their service as such (by the affectation's id); nobody else answers a usager."""
    if acteur.sorte not in {"agent", "si"} or acteur.id is None:
        raise routage.unknown()
    return acteur.id
