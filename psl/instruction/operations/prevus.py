"""The documents that a définition foresees: made as PDF when their moment comes, for the usager, for the service, or for both."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from psl.annuaire import queries as annuaire
from psl.instruction.operations.documents import zone
from psl.instruction.queries import contenu
from psl.langage.definition.entourage import DocumentPrevu
from psl.langage.evaluation import Situation
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.errors import Refus
from psl.teledossiers import operations as teledossiers
from psl.teledossiers import queries as dossiers
from psl.teledossiers.rendus import documents, pdf, sceau

USAGER, PARTAGE, SERVICE = "document", "document_partage", "document_service"
DU_SERVICE = frozenset({PARTAGE, SERVICE})
MOMENTS = {"affectation.creee": "depot", "instruction.prise": "prise", "instruction.acceptee": "acceptee", "instruction.refusee": "refusee"}


def make_foreseen(affectation_id: UUID, quand: str, *, now: datetime) -> list[UUID]:
    """Make what a moment of an affectation calls for, from what its service received; what is made already is returned.

    At the filing the service's own copies alone: the usager's are those of the whole télédossier (`make_filed`).
    Refuses: affectation-inconnue, detruit.
    Records: document.produit.
    """
    affectation = routage.get_affectation(affectation_id)
    lu = contenu.read(affectation)
    service = annuaire.service(affectation.service) if affectation.service else None
    faits = []
    for rang, prevu in ranked(lu.situation, quand):
        nature = _nature(prevu, quand)
        if nature is None:
            continue
        octets = _render(prevu, lu.situation, numero=lu.numero, service=contenu.service_name(service), at=now, zone_=zone(affectation))
        faits.append(
            teledossiers.keep_document(
                affectation.teledossier, nature, octets, nom=prevu.nom, affectation=affectation.id, service=affectation.service,
                rang=rang, now=now,
            )
        )  # fmt: skip
    return faits


def make_filed(teledossier_id: UUID, situation: Situation, *, numero: str, services: str, now: datetime) -> list[UUID]:
    """Make what the filing gives the usager, in the language of the request.

    Records: document.produit.
    """
    faits = []
    for rang, prevu in ranked(situation, "depot"):
        if "usager" in prevu.pour:
            octets = _render(prevu, situation, numero=numero, service=services, at=now)
            faits.append(teledossiers.keep_document(teledossier_id, USAGER, octets, nom=prevu.nom, rang=rang, now=now))
    return faits


def find_foreseen(affectation_id: UUID, rang: int) -> UUID:
    """Return a document foreseen that an agent may read, under the current scope. Refuses: affectation-inconnue, document-inconnu."""
    affectation = routage.get_affectation(affectation_id)
    found = (d for d in dossiers.documents(affectation.teledossier) if d.affectation == affectation_id and d.nature in DU_SERVICE)
    document = next((d.id for d in found if d.rang == rang), None)
    if document is None:
        raise Refus("document-inconnu", _("Ce document n'est pas, ou n'est plus, dans ce dossier."), statut=404)
    return document


def ranked(situation: Situation, quand: str) -> list[tuple[int, DocumentPrevu]]:
    """Return the documents of a moment, each with its rank in the définition: it is its name in the télédossier."""
    voulus = situation.documents(quand)
    return [(rang, prevu) for rang, prevu in enumerate(situation.demarche.documents, 1) if prevu in voulus]


def _nature(prevu: DocumentPrevu, quand: str) -> str | None:
    pour_usager = "usager" in prevu.pour and quand != "depot"
    if "agent" in prevu.pour:
        return PARTAGE if pour_usager else SERVICE
    return USAGER if pour_usager else None


def _render(prevu: DocumentPrevu, situation: Situation, *, numero: str, service: str, at: datetime, zone_: str = "Europe/Paris") -> bytes:
    langue = situation.demarche.langue
    with override(langue):
        valeurs = {**situation.affichage, "numero": numero, "service": service}
        jour = clock.local_date(at, zone_)
        piece = documents.foreseen(prevu, numero=numero, jour=jour, titre=situation.titre, valeurs=valeurs, langue=langue)
        return sceau.seal(pdf.render(piece, at=at), motif=f"{prevu.nom} {numero}", at=at, is_timestamped=False)
