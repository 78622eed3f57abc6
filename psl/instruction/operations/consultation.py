"""Whoever looks at a dossier leaves a fait: the usager reads which service looked, and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psl.journal import operations as journal
from psl.routage import queries as routage
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


def consult_file(affectation_id: UUID, fichier_id: UUID, *, acteur: Acteur, now: datetime) -> dict[str, Any]:
    """Return a file of a dossier as its service received it (name, type, key), and note that an agent opened it.

    Refuses: affectation-inconnue, fichier-inconnu, detruit.
    Records: fichier.consulte.
    """
    with scope(acteur):
        _check(affectation_id, acteur)
        pieces = routage.read_content(affectation_id).pieces
        piece = next((piece for piece in pieces if piece["id"] == str(fichier_id)), None)
        if piece is None:
            raise Refus("fichier-inconnu", "Ce fichier n'est pas dans ce dossier.", statut=404)
        journal.record("fichier.consulte", affectation_id, by=acteur, at=now, corps={"fichier": str(fichier_id), "piece": piece["code"]})
    return piece


def _check(affectation_id: UUID, acteur: Acteur) -> None:
    if routage.get_affectation(affectation_id).service not in acteur.services:
        raise routage.unknown()
