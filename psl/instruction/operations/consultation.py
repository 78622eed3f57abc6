"""Whoever looks at a dossier leaves a fait: the usager reads which service looked, and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from psl.annuaire import queries as annuaire
from psl.instruction import gardes
from psl.instruction.queries import contenu
from psl.journal import operations as journal
from psl.routage import queries as routage
from psl.routage.queries import Contenu
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus


def consult(affectation_id: UUID, *, acteur: Acteur, now: datetime) -> None:
    """Note that an agent reads a dossier, each time they open it.

    Refuses: affectation-inconnue.
    Records: consultation.
    """
    with scope(acteur):
        _check(affectation_id, acteur)
        journal.record("consultation", affectation_id, by=acteur, at=now)


def file_of(affectation_id: UUID, fichier_id: UUID, *, acteur: Acteur) -> dict[str, Any]:
    """Return a file of a dossier as its service received it (name, type, key), for its pictures: the page around them notes who looks.

    Refuses: affectation-inconnue, fichier-inconnu, detruit.
    """
    with scope(acteur):
        _check(affectation_id, acteur)
        return _piece(routage.read_content(affectation_id), fichier_id)


def _piece(recu: Contenu, fichier_id: UUID) -> dict[str, Any]:
    piece = next((piece for piece in recu.pieces if piece["id"] == str(fichier_id)), None)
    if piece is None:
        raise Refus("fichier-inconnu", _("Ce fichier n'est pas dans ce dossier."), statut=404)
    return piece


def consult_file(affectation_id: UUID, fichier_id: UUID, *, acteur: Acteur, now: datetime) -> dict[str, Any]:
    """Return a file of a dossier as its service received it (name, type, key), and note that an agent opened it.

    `mention` is what `pieces.open_outgoing` writes across it when it leaves, or None.

    Refuses: affectation-inconnue, fichier-inconnu, detruit.
    Records: fichier.consulte.
    """
    with scope(acteur):
        _check(affectation_id, acteur)
        recu, affectation = routage.read_content(affectation_id), routage.get_affectation(affectation_id)
        piece = _piece(recu, fichier_id)
        journal.record("fichier.consulte", affectation_id, by=acteur, at=now, corps={"fichier": str(fichier_id), "piece": piece["code"]})
        service = annuaire.service(affectation.service) if affectation.service else None
    return {**piece, "mention": contenu.mention(recu, piece["code"], service)}


def _check(affectation_id: UUID, acteur: Acteur) -> None:
    if not gardes.stands_for(acteur, affectation_id, routage.get_affectation(affectation_id).service):
        raise routage.unknown()
