"""Answering: accept, refuse, declare non recevable, close without answer. Each with its letter; the end does not change."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from psl.instruction import textes
from psl.instruction.droits import Acte, state_after
from psl.instruction.etats import Etat
from psl.instruction.lettres import appeal
from psl.instruction.models import Decision
from psl.instruction.operations.verrou import agent_of, finish, lock
from psl.instruction.queries import contenu
from psl.instruction.queries.echanges import close_box, key_of
from psl.journal import operations as journal
from psl.routage import queries as routage
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus


def accept(affectation_id: UUID, *, lettre: str, acteur: Acteur, version: int, now: datetime) -> None:
    """Accept a request, with a covering letter.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible, reponse-incomplete (by field), detruit.
    Records: instruction.acceptee.
    Locks: the instruction.
    """
    with scope(acteur):
        _decide(Acte.ACCEPT, affectation_id, lettre=lettre, motif=None, acteur=acteur, version=version, now=now)
        journal.record("instruction.acceptee", affectation_id, by=acteur, at=now, corps={"vers": Etat.ACCEPTE.value})


def refuse(affectation_id: UUID, *, motif: str, lettre: str, acteur: Acteur, version: int, now: datetime) -> None:
    """Refuse a request: the reason, the letter, and the ways of appeal that the démarche gives.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible, reponse-incomplete (by field), detruit.
    Records: instruction.refusee.
    Locks: the instruction.
    """
    with scope(acteur):
        _decide(Acte.REFUSE, affectation_id, lettre=lettre, motif=motif, acteur=acteur, version=version, now=now)
        journal.record("instruction.refusee", affectation_id, by=acteur, at=now, corps={"vers": Etat.REFUSE.value})


def reject(affectation_id: UUID, *, motif: str, lettre: str, acteur: Acteur, version: int, now: datetime) -> None:
    """Declare a request non recevable: it cannot be examined at all. It need not have been taken first.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible, reponse-incomplete (by field), detruit.
    Records: instruction.non_recevable.
    Locks: the instruction.
    """
    with scope(acteur):
        _decide(Acte.REJECT, affectation_id, lettre=lettre, motif=motif, acteur=acteur, version=version, now=now)
        journal.record("instruction.non_recevable", affectation_id, by=acteur, at=now, corps={"vers": Etat.NON_RECEVABLE.value})


def close(affectation_id: UUID, *, motif: str, lettre: str, acteur: Acteur, version: int, now: datetime) -> None:
    """Close a request without an answer on its substance: the complément never came, or it has no object any more.

    Refuses: affectation-inconnue, change-entretemps, acte-impossible, reponse-incomplete (by field), detruit.
    Records: instruction.sans_suite.
    Locks: the instruction.
    """
    with scope(acteur):
        _decide(Acte.CLOSE, affectation_id, lettre=lettre, motif=motif, acteur=acteur, version=version, now=now)
        journal.record("instruction.sans_suite", affectation_id, by=acteur, at=now, corps={"vers": Etat.SANS_SUITE.value})


def _decide(acte: Acte, affectation_id: UUID, *, lettre: str, motif: str | None, acteur: Acteur, version: int, now: datetime) -> None:
    """Write the answer and end the instruction; from here run the lives of its content and of its trace."""
    instruction = lock(affectation_id, acte, acteur=acteur, version=version)
    ecrits = _check(lettre, motif)
    lu = contenu.read(routage.get_affectation(affectation_id))
    etat = state_after(acte, Etat(instruction.etat))
    Decision.objects.create(
        id=affectation_id,
        teledossier=instruction.teledossier,
        service=instruction.service,
        etat=etat.value,
        agent=agent_of(acteur),
        boite=close_box({**ecrits, "recours": appeal(lu.demarche, etat)}, affectation_id, key_of(affectation_id)),
        decide_at=now,
    )
    finish(instruction, etat, lu.situation, agent=acteur.id, now=now)


def _check(lettre: str, motif: str | None) -> dict[str, str]:
    """Return the letter and the reason, cleaned. Refuses: reponse-incomplete."""
    erreurs: dict[str, str] = {}
    ecrits = {"motif": ""}
    if motif is not None:
        absent = _("Écrivez la raison : l'usager la lira, et peut la contester.")
        ecrits["motif"] = textes.read_text(motif, limite=textes.MOTIF_MAX, absent=absent, erreurs=erreurs, champ="motif")
    absent = _("Écrivez la lettre : c'est la réponse que l'usager recevra.")
    ecrits["lettre"] = textes.read_text(lettre, limite=textes.LETTRE_MAX, absent=absent, erreurs=erreurs, champ="lettre")
    if erreurs:
        raise Refus("reponse-incomplete", _("La réponse n'est pas encore prête."), statut=422, champs=erreurs)
    return ecrits
