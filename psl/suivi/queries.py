"""What the usager reads of their télédossier: the projection of its affectations' states, the timeline, the thread, the documents."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psl.annuaire import queries as annuaire
from psl.courriers.message import Jointe
from psl.demarches import queries as demarches
from psl.instruction import etats, libelles
from psl.instruction import queries as instruction
from psl.instruction.etats import Etat
from psl.instruction.queries import DemandeVue, MessageVu
from psl.journal import queries as journal
from psl.langage.charger import Demarche
from psl.routage import queries as routage
from psl.routage.queries import AffectationVue
from psl.suivi import apres, chronologie
from psl.suivi.accuse import AccuseVu, foreseen, of_depot
from psl.suivi.apres import SuiteVue
from psl.suivi.chronologie import Ligne
from psl.teledossiers import queries as teledossiers
from psl.teledossiers.queries import DocumentVu

NATURES = frozenset({"accuse", "complement", "lettre", "joint", "document", "document_partage"})  # the usager's to read


@dataclass(slots=True)
class Contenu:
    """The latest answer of each key, over the dépôts of a télédossier."""

    valeurs: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)


def merged(teledossier_id: UUID) -> Contenu:
    """Return every answer filed, a complément's over the first filing's."""
    contenu = Contenu()
    for enveloppe in teledossiers.depots(teledossier_id):
        contenu.valeurs.update(enveloppe.valeurs)
        contenu.provenance.update(enveloppe.provenance)
    return contenu


@dataclass(frozen=True, slots=True)
class Suivi:
    """One recipient's part of a télédossier: its state, what it asks, the date that binds it."""

    affectation: UUID
    service: str
    statut: str
    statut_libelle: str
    est_final: bool
    peut_ecrire: bool
    etat: Etat | None
    raison: str
    silence_on: date | None
    demande: DemandeVue | None


@dataclass(frozen=True, slots=True)
class DossierVu:
    """The whole follow-up page."""

    teledossier: UUID
    numero: str
    titre: str
    langue: str
    depose_at: datetime
    accuse: AccuseVu
    suivis: tuple[Suivi, ...]
    lignes: tuple[Ligne, ...]
    consultations: tuple[tuple[str, datetime], ...]
    messages: tuple[MessageVu, ...]
    documents: tuple[DocumentVu, ...]

    @property
    def liees(self) -> tuple[SuiteVue, ...]:
        """The démarches to propose: since the filing, and once all is over."""
        return apres.related(self.accuse.situation, ["depot", "fin"] if self.est_final else ["depot"])

    @property
    def a_faire(self) -> tuple[Suivi, ...]:
        return tuple(suivi for suivi in self.suivis if suivi.demande is not None)

    @property
    def peut_retirer(self) -> bool:
        return any(suivi.etat is not None and etats.may_become(suivi.etat, Etat.RETIRE) for suivi in self.suivis)

    @property
    def est_final(self) -> bool:
        return all(suivi.est_final for suivi in self.suivis)


def dossier(teledossier_id: UUID) -> DossierVu:
    """Return what a usager sees of their télédossier, under their own scope."""
    vu = teledossiers.get_teledossier(teledossier_id)
    accuse = of_depot(teledossier_id, vu.numero, 1, None)
    affectations = routage.of_teledossier(teledossier_id)
    noms = {affectation.id: _service_name(affectation, accuse) for affectation in affectations}
    faits = [(fait, "") for fait in journal.of(teledossier_id)]
    faits += [(fait, noms[affectation.id]) for affectation in affectations for fait in journal.of(affectation.id)]
    suivis = [_suivi(affectation, noms[affectation.id], accuse.demarche) for affectation in affectations]
    return DossierVu(
        teledossier=teledossier_id,
        numero=vu.numero,
        titre=accuse.titre,
        langue=vu.langue,
        depose_at=vu.depose_at,
        accuse=accuse,
        suivis=tuple(suivi for suivi in suivis if suivi.etat is not Etat.REORIENTE),
        lignes=tuple(chronologie.lines(faits)),
        consultations=tuple(chronologie.consultations(faits)),
        messages=tuple(message for affectation in affectations for message in instruction.messages(affectation.id)),
        documents=tuple(document for document in teledossiers.documents(teledossier_id) if document.nature in NATURES),
    )


def _service_name(affectation: AffectationVue, accuse: AccuseVu) -> str:
    if affectation.service is not None:
        vu = annuaire.service(affectation.service)
        return f"{vu.administration}, {vu.nom}"
    mairie = annuaire.get_commune(affectation.territoire)
    return f"La mairie de {mairie.nom}" if mairie else foreseen(accuse.demarche, affectation.destinataire).nom


def _suivi(affectation: AffectationVue, service: str, demarche: Demarche) -> Suivi:
    etat = instruction.state(affectation.id) if affectation.service else None
    statut = etats.feed_status(etat)
    return Suivi(
        affectation=affectation.id,
        service=service,
        statut=statut,
        statut_libelle=demarche.etats.get(etat.value if etat else "") or libelles.feed(statut),
        peut_ecrire=affectation.service is not None and etat not in etats.FINAUX,
        est_final=etat in etats.FINAUX,
        etat=etat,
        raison=affectation.motif if _is_redirected(affectation.id) else "",
        silence_on=affectation.silence_on,
        demande=instruction.open_request(affectation.id),
    )


def _is_redirected(affectation_id: UUID) -> bool:
    return any("de" in (fait.corps or {}) for fait in journal.of(affectation_id) if fait.sorte == "affectation.creee")


def accuse_bytes(document_id: str, *, now: datetime) -> Jointe:
    """Return an accusé as an attachment, at the moment its e-mail leaves; under the system's scope."""
    return Jointe("accuse.pdf", "application/pdf", teledossiers.read_document(UUID(document_id)))


def title(teledossier_id: UUID) -> tuple[str, Demarche]:
    """Return the title of a télédossier and its démarche in its usager's language, for an e-mail; under the system's scope."""
    premier = teledossiers.read_depot(teledossier_id, 1)
    demarche = demarches.compiled(premier.digest, premier.langue)
    return demarche.titre_of(premier.valeurs), demarche
