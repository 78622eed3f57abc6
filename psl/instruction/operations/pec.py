"""The PEC zip of a dépôt, for the agent whose service received it: made when it is asked, the same bytes each time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from psl.annuaire import queries as annuaire
from psl.annuaire.queries import ServiceVu
from psl.instruction.operations import consultation, documents
from psl.instruction.queries import contenu
from psl.instruction.queries.contenu import Lu
from psl.pieces import operations as pieces
from psl.routage import operations as routage
from psl.routage import queries as affectations
from psl.socle.acteur import Acteur, scope
from psl.teledossiers import queries as dossiers
from psl.teledossiers.enveloppe import Enveloppe, PieceDeposee
from psl.teledossiers.rendus.pec.paquet import Paquet, Remise, pack


def export_pec(affectation_id: UUID, rang: int, *, acteur: Acteur, now: datetime) -> Paquet:
    """Return the PEC zip of a dépôt: its rank is the séq of the format. Its bytes may be streamed once the transaction is over.

    Refuses: affectation-inconnue, depot-inconnu, fichier-inconnu, detruit.
    Records: consultation; document.produit when the recap was not made yet.
    """
    with scope(acteur):
        consultation.consult(affectation_id, acteur=acteur, now=now)
        return make_pec(affectation_id, rang, now=now)


def make_pec(affectation_id: UUID, rang: int, *, now: datetime) -> Paquet:
    """Return the same zip to whoever stands in the scope of the service or of the platform.

    Refuses: affectation-inconnue, depot-inconnu, fichier-inconnu, detruit.
    Records: document.produit when the recap was not made yet.
    """
    affectation = affectations.get_affectation(affectation_id)
    lu = contenu.read(affectation, rang)
    recap = documents.make_recap(affectation_id, rang=rang, now=now)
    service = annuaire.service(affectation.service) if affectation.service else None
    flots = _streams(lu, rang, service)

    def read(piece: PieceDeposee) -> Iterable[bytes]:
        return flots[piece.id]

    remise = Remise(
        demarche=lu.demarche,
        situation=lu.situation,
        enveloppe=_of_rank(lu, rang),
        recap=dossiers.read_document(recap),
        lire=read,
        interne=affectation.id.int + rang,
        territoire=affectation.territoire,
        mot_de_passe=routage.mot_de_passe(affectation_id, now=now),
        expediteur=settings.COURRIEL_EXPEDITEUR,
        zone=documents.zone(affectation),
        siret=service.siret if service else "",
    )
    return pack(remise)


def _streams(lu: Lu, rang: int, service: ServiceVu | None) -> dict[str, Iterable[bytes]]:
    """Return the bytes of each file of a dépôt, as they leave."""
    return {
        piece["id"]: pieces.open_outgoing(
            UUID(piece["id"]), mention=contenu.mention(lu.contenu, piece["code"], service), cle=bytes.fromhex(piece["cle"])
        ).chunks
        for piece in lu.contenu.pieces
        if piece["rang"] == rang
    }


def _of_rank(lu: Lu, rang: int) -> Enveloppe:
    """Return what was known at a dépôt, with the pieces and the date of this dépôt alone."""
    enveloppe = documents.envelope(lu)
    du_rang = {piece["id"] for piece in lu.contenu.pieces if piece["rang"] == rang}
    return replace(
        enveloppe, depose_at=lu.contenu.copies[-1]["depose_at"], pieces=[piece for piece in enveloppe.pieces if piece.id in du_rang]
    )
