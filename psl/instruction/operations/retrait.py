"""Ending without an answer of this service: the usager withdraws, or the request goes on to the service that is competent."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from psl.annuaire import queries as annuaire
from psl.instruction import textes
from psl.instruction.droits import Acte, state_after
from psl.instruction.etats import Etat, may_become
from psl.instruction.models import Instruction
from psl.instruction.operations.verrou import finish, lock
from psl.instruction.queries import contenu
from psl.journal import operations as journal
from psl.routage import operations as routages
from psl.routage import queries as routage
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus

MOTIF_MAX = 200


def withdraw(teledossier_id: UUID, *, acteur: Acteur, now: datetime) -> None:
    """End, at the usager's wish, every instruction of a télédossier that is still open. `acteur` has proven that it is theirs.

    Refuses: rien-a-retirer.
    Records: instruction.retiree, for each service.
    Locks: the instructions.
    """
    with scope(SYSTEME):
        rows = Instruction.objects.select_for_update().filter(teledossier=teledossier_id).order_by("id")
        ouvertes = [row for row in rows if may_become(Etat(row.etat), Etat.RETIRE)]
        if not ouvertes:
            raise Refus("rien-a-retirer", _("Cette demande est déjà terminée : il n'y a plus rien à retirer."), statut=409)
        for instruction in ouvertes:
            lu = contenu.read(routage.get_affectation(instruction.id))
            finish(instruction, Etat.RETIRE, lu.situation, now=now)
            journal.record("instruction.retiree", instruction.id, by=acteur, at=now, corps={"vers": Etat.RETIRE.value})


def redirect(affectation_id: UUID, *, service: str, motif: str, acteur: Acteur, version: int, now: datetime) -> UUID:
    """Send a request on to the service that is competent (CRPA L114-2): it receives the same copies, and the same dates bind it.

    `service` is the key of that service. Returns the new affectation.
    Refuses: affectation-inconnue, change-entretemps, acte-impossible, reorientation-incomplete (by field), detruit.
    Records: instruction.reorientee, and what psl.routage.redirect records.
    Locks: the instruction.
    """
    with scope(acteur):
        instruction = lock(affectation_id, Acte.REDIRECT, acteur=acteur, version=version)
        vers, ecrit = _check(instruction, service, motif)
        lu = contenu.read(routage.get_affectation(affectation_id))
        finish(instruction, state_after(Acte.REDIRECT, Etat(instruction.etat)), lu.situation, agent=acteur.id, now=now)
        with scope(SYSTEME):
            nouvelle = routages.redirect(affectation_id, service=vers, motif=ecrit, now=now)
        corps = {"vers": Etat.REORIENTE.value, "service": str(vers), "affectation": str(nouvelle)}
        journal.record("instruction.reorientee", affectation_id, by=acteur, at=now, corps=corps)
    return nouvelle


def _check(instruction: Instruction, cle: str, motif: str) -> tuple[UUID, str]:
    """Return the service and the reason, cleaned. Refuses: reorientation-incomplete."""
    erreurs: dict[str, str] = {}
    absent = _("Écrivez la raison : l'usager et l'autre service la liront.")
    ecrit = textes.read_text(motif, limite=MOTIF_MAX, absent=absent, erreurs=erreurs, champ="motif")
    possibles = {connue for connue, _nom in others(instruction.id)}
    vers = annuaire.service_of(cle) if cle in possibles else None
    if vers is None:
        erreurs["service"] = _("Choisissez dans la liste le service qui doit répondre.")
    elif vers == instruction.service or _has_had(instruction.teledossier, vers):
        erreurs["service"] = _("Ce service a déjà eu cette demande. Choisissez-en un autre, ou répondez à l'usager.")
    if erreurs or vers is None:
        raise Refus("reorientation-incomplete", _("La demande n'est pas encore transmise."), statut=422, champs=erreurs)
    return vers, ecrit


def others(affectation_id: UUID) -> list[tuple[str, str]]:
    """Return the key and name of the services that a request may be sent on to. Refuses: affectation-inconnue."""
    affectation = routage.get_affectation(affectation_id)
    return annuaire.answering(affectation.slug, affectation.service) if affectation.service else []


def _has_had(teledossier_id: UUID, service: UUID) -> bool:
    with scope(SYSTEME):
        return any(affectation.service == service for affectation in routage.of_teledossier(teledossier_id))
