"""Holding an instruction to change it: one agent at a time, each from the page they have read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psl.instruction import gardes
from psl.instruction.droits import Acte
from psl.instruction.etats import Etat
from psl.instruction.models import Instruction
from psl.langage import delais
from psl.langage.charger import Demarche
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


def finish(instruction: Instruction, etat: Etat, demarche: Demarche, *, now: datetime, **changes: Any) -> None:
    """End an instruction; from here run the lives of its content and of its trace, as the démarche says."""
    jour, conservation = clock.local_date(now), demarche.faits.conservation
    advance(
        instruction,
        etat=etat.value,
        decide_at=now,
        echeance_on=None,
        contenu_jusqu_on=delais.add(jour, conservation.recours),
        trace_jusqu_on=delais.add(jour, conservation.trace),
        **changes,
    )


def agent_of(acteur: Acteur) -> UUID:
    """Return who acts, an agent or their service as such (by the affectation's id); nobody else answers a usager."""
    if acteur.sorte not in {"agent", "si"} or acteur.id is None:
        raise routage.unknown()
    return acteur.id
