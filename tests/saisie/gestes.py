"""What is done to a brouillon in these tests: start it, fill it page by page, or have it ready at once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psl.demarches import queries as demarches
from psl.journal import queries as journal
from psl.langage.charger import Demarche
from psl.saisie import operations, queries
from psl.saisie.document import Document
from psl.saisie.operations import Rempli, porteur
from psl.saisie.queries import BrouillonOuvert
from psl.socle.acteur import SYSTEME, scope
from psl.socle.uuid7 import uuid7
from tests.pieces.exemples import PDF
from tests.usager.gestes import ETAPES

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
LA_ROCHELLE = {"code": "17300", "libelle": "La Rochelle", "code_postal": "17000"}
PAGES = ["demande", "acte", "qualite", "personnes", "coordonnees", "pieces"]
REPONSES: dict[str, Any] = {
    "action": "MARIAGE",
    "lieuEvenement": "FRANCE",
    "natureActe": "COPIE-INTEGRALE",
    "communeConcerne": LA_ROCHELLE,
    "motif": "PASSEPORT",
    "nombreExemplaire": 2,
    "qualiteDemandeur": "Enfant",
    "dateMariage": "1998-06-27",
    "identite1_nomFamille": "Dupré",
    "identite1_prenoms": "Camille Zoé",
    "identite2_nomFamille": "N'Guyen",
    "identite2_prenoms": "Éloïse",
    **{f"filiation{rang}_{parent}_filiationInconnue": True for rang in (1, 2) for parent in ("mere", "pere")},
    "demandeur_nomFamille": "Dupré",
    "demandeur_prenoms": "Noé",
    "adresse": {"est_france": True, "voie": "3 rue des Essais", "commune": LA_ROCHELLE},
    "contact_email": "noe@exemple.example.org",
    "contact_telephone": "+33639981234",
}


def demarche(langue: str = "fr") -> Demarche:
    return demarches.by_code("EtatCivil", langue)


def start(*, now: datetime = NOW, langue: str = "fr", **parametres: str) -> UUID:
    return operations.start(demarche(langue), parametres=parametres, langue=langue, now=now)


def fill(brouillon: UUID, page: str, donnees: Mapping[str, str] | None = None, *, now: datetime = NOW) -> Rempli:
    """Send a page, as a browser does."""
    envoi = ETAPES.get(page, {}) if donnees is None else donnees
    return operations.fill(brouillon, page, {nom: [valeur] for nom, valeur in envoi.items()}, now=now)


def ready(*, now: datetime = NOW, langue: str = "fr", faites: list[str] | None = None, **changes: Any) -> UUID:
    """Return a brouillon with every answer, ready to be sent; a change to None leaves the answer out."""
    id_ = start(now=now, langue=langue)
    write(id_, {cle: v for cle, v in {**REPONSES, **changes}.items() if v is not None}, faites=faites, now=now)
    return id_


def write(brouillon_id: UUID, reponses: Mapping[str, Any], *, faites: list[str] | None = None, now: datetime = NOW) -> None:
    """Put answers in a brouillon as they are, its pages done."""
    with scope(porteur(brouillon_id)):
        brouillon = operations.open_locked(brouillon_id)
        brouillon.document.reponses |= reponses
        brouillon.document.faites = list(PAGES if faites is None else faites)
        operations.save(brouillon, now=now)


def attach(brouillon: UUID, piece: str = "pieceIdentite", nom: str = "carte.pdf", octets: bytes = PDF, *, now: datetime = NOW) -> UUID:
    return operations.attach(brouillon, piece, nom=nom, chunks=[octets], now=now).id


def see(brouillon: UUID) -> BrouillonOuvert:
    with scope(porteur(brouillon)):
        return queries.get_brouillon(brouillon)


def kinds(sujet: UUID) -> list[str]:
    """Return what the journal tells of a subject, in order."""
    with scope(SYSTEME):
        return [fait.sorte for fait in journal.of(sujet)]


def complement(masque: dict[str, Any], *, teledossier: UUID | None = None, now: datetime = NOW, **changes: Any) -> UUID:
    """Open the brouillon of a complément over every answer."""
    contenu = Document(reponses={**REPONSES, **changes})
    return operations.reopen(demarche(), contenu, teledossier=teledossier or uuid7(now), masque=masque, langue="fr", now=now)
