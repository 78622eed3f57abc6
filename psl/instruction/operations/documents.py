"""The documents of a dossier: the recap of what its service received, the letter of its answer. The same ones each time."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from psl.annuaire import queries as annuaire
from psl.demarches import queries as demarches
from psl.instruction import lettres
from psl.instruction.queries import contenu
from psl.instruction.queries.contenu import Lu
from psl.instruction.queries.echanges import decision as decision_of
from psl.instruction.queries.echanges import requests
from psl.routage import queries as routage
from psl.routage.queries import AffectationVue
from psl.socle.errors import Refus
from psl.teledossiers import operations as teledossiers
from psl.teledossiers import queries as dossiers
from psl.teledossiers.enveloppe import Enveloppe, PieceDeposee
from psl.teledossiers.rendus import documents, logos, pdf
from psl.teledossiers.rendus.logos import Logo

RECAP, LETTRE, COMPLEMENT = "recapitulatif", "lettre", "complement"


def make_recap(affectation_id: UUID, *, rang: int | None = None, now: datetime) -> UUID:
    """Make the recap of what a service has received so far, with its data attached; the one already made for this dépôt is returned.

    `rang`: as of this dépôt, not of the last one.
    Refuses: affectation-inconnue, depot-inconnu, detruit.
    Records: document.produit.
    """
    affectation = routage.get_affectation(affectation_id)
    lu = contenu.read(affectation, rang)
    if deja := _made(affectation, RECAP, lu.rang):
        return deja
    enveloppe = envelope(lu)
    piece = documents.recap(
        lu.demarche, lu.situation, enveloppe, jointe=_data(lu), zone=zone(affectation), logo=_logo(affectation), calculs=lu.calculs
    )
    octets = pdf.render(piece, at=enveloppe.date)
    return _keep(affectation, RECAP, octets, nom=f"recapitulatif-{affectation.numero}.pdf", rang=lu.rang, now=now)


def make_letter(affectation_id: UUID, *, now: datetime) -> UUID | None:
    """Make the letter of an answer, for the usager and for the service's file; None while there is no answer.

    Refuses: affectation-inconnue, detruit.
    Records: document.produit.
    """
    affectation, decision = routage.get_affectation(affectation_id), decision_of(affectation_id)
    service = annuaire.service(affectation.service) if affectation.service else None
    if decision is None or service is None:
        return None
    demarche = demarches.compiled(dossiers.get_teledossier(affectation.teledossier).digest)
    titre = lettres.words_of(demarche, decision.etat).libelle
    usager, logo = _usager(affectation), _logo(affectation)
    piece = lettres.compose(decision, service, titre=titre, numero=affectation.numero, usager=usager, logo=logo)
    octets = pdf.render(piece, at=decision.decide_at)
    return _keep(affectation, LETTRE, octets, nom=f"reponse-{affectation.numero}.pdf", rang=1, now=now)


def make_request(affectation_id: UUID, *, now: datetime) -> UUID | None:
    """Make the letter of the complément that is awaited now; None once nothing is.

    Refuses: affectation-inconnue, detruit.
    Records: document.produit.
    """
    affectation, demandes = routage.get_affectation(affectation_id), requests(affectation_id)
    service = annuaire.service(affectation.service) if affectation.service else None
    if not demandes or demandes[-1].repondue_at is not None or service is None:
        return None
    lu, demande = contenu.read(affectation), demandes[-1]
    champs = [question for groupe in contenu.questions(lu) for question in groupe.questions if question.cle in demande.champs]
    pieces = [piece for piece in contenu.pieces(lu) if piece.cle in demande.pieces]
    attendus = [(champ.libelle, _("Réponse")) for champ in champs] + [(piece.libelle, _("Fichier")) for piece in pieces]
    piece = lettres.compose_request(
        demande, service, numero=affectation.numero, attendus=attendus, usager=_usager(affectation), logo=_logo(affectation)
    )
    octets = pdf.render(piece, at=demande.demandee_at)
    return _keep(affectation, COMPLEMENT, octets, nom=_("La demande de complément"), rang=len(demandes), now=now)


def _usager(affectation: AffectationVue) -> list[str]:
    """Return the usager's name for a letter; nothing once what they filed is gone."""
    try:
        valeurs = contenu.read(affectation).contenu.valeurs
    except Refus:
        return []
    return [nom] if (nom := contenu.applicant(valeurs, valeurs)) else []


def _logo(affectation: AffectationVue) -> Logo | None:
    slug = dossiers.get_teledossier(affectation.teledossier).slug
    return logos.find(Path(settings.CATALOGUE) / slug, annuaire.administration_key(affectation.service)) if affectation.service else None


def _keep(affectation: AffectationVue, nature: str, octets: bytes, *, nom: str, rang: int, now: datetime) -> UUID:
    return teledossiers.keep_document(
        affectation.teledossier, nature, octets, nom=nom, affectation=affectation.id, service=affectation.service, rang=rang, now=now
    )


def _made(affectation: AffectationVue, nature: str, rang: int) -> UUID | None:
    found = (document for document in dossiers.documents(affectation.teledossier) if document.affectation == affectation.id)
    return next((document.id for document in found if (document.nature, document.rang) == (nature, rang)), None)


def zone(affectation: AffectationVue) -> str:
    """Return the time zone in which a service reads its dates."""
    service = annuaire.service(affectation.service) if affectation.service else None
    return service.fuseau if service else "Europe/Paris"


def envelope(lu: Lu) -> Enveloppe:
    """Return what was received, all dépôts together, as one envelope: the latest answers, every file."""
    premiere = lu.contenu.premiere
    return Enveloppe(
        numero=lu.numero,
        rang=lu.rang,
        slug=premiere["slug"],
        digest=premiere["digest"],
        langue=premiere["langue"],
        depose_at=premiere["depose_at"],
        valeurs=lu.contenu.valeurs,
        provenance=lu.contenu.provenance,
        pieces=[
            PieceDeposee(**{nom: piece[nom] for nom in ("id", "code", "nom", "type", "taille", "sha256")}) for piece in lu.contenu.pieces
        ],
        destinataires=[],
        declarations=[],
    )


def _data(lu: Lu) -> str:
    """Return the answers as JSON, to be attached: never the keys of the files."""
    donnees = {"numero": lu.numero, "digest": lu.demarche.digest, "valeurs": lu.contenu.valeurs, "calculs": lu.contenu.calculs}
    return orjson.dumps(donnees, option=orjson.OPT_SORT_KEYS).decode()
