"""A dossier as its agent reads it: answers, files, clock, what they may do, what changed since they last looked, the thread."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psl.annuaire import agents
from psl.annuaire import queries as annuaire
from psl.annuaire.queries import ServiceVu
from psl.courriers import queries as courriers
from psl.instruction import gardes, libelles
from psl.instruction.droits import Acte
from psl.instruction.etats import Etat
from psl.instruction.horloge import Horloge, clock_of
from psl.instruction.models import Instruction
from psl.instruction.queries import contenu, echanges
from psl.instruction.queries.contenu import Groupe, Lu, Question
from psl.instruction.queries.echanges import DecisionVue, DemandeVue, MessageVu
from psl.journal import queries as journal
from psl.journal.models import Fait
from psl.routage import queries as routage
from psl.routage.queries import AffectationVue
from psl.socle import clock
from psl.socle.acteur import Acteur
from psl.socle.errors import Refus
from psl.teledossiers import queries as teledossiers
from psl.teledossiers.queries import DocumentVu

VISITE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReponseVue:
    """An answer: where it comes from when it was not typed, what contradicts it, when a complément changed it."""

    cle: str
    libelle: str
    valeur: str
    provenance: str
    alerte: str
    change_at: datetime | None


@dataclass(frozen=True, slots=True)
class BlocLu:
    """Answers under one title."""

    titre: str
    reponses: tuple[ReponseVue, ...]


@dataclass(frozen=True, slots=True)
class FichierLu:
    """A file received, without its key."""

    id: UUID
    nom: str
    type: str
    taille: int
    recu_at: datetime
    est_complement: bool

    @property
    def est_montrable(self) -> bool:
        """Say whether the platform can make a picture of it."""
        return self.type in {"application/pdf", "image/jpeg", "image/png", "image/webp"}


@dataclass(frozen=True, slots=True)
class PieceLue:
    """The files given for one piece."""

    code: str
    libelle: str
    fichiers: tuple[FichierLu, ...]


@dataclass(frozen=True, slots=True)
class EnvoiLu:
    """A dépôt this service received: its rank and when it was filed."""

    rang: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LigneTemps:
    """One line of the timeline."""

    at: datetime
    rang: int
    phrase: str


@dataclass(frozen=True, slots=True)
class Echange:
    """A message with its author as colleagues name them."""

    message: MessageVu
    auteur: str


@dataclass(frozen=True, slots=True)
class DossierLu:
    """The whole page. `lu` is None once the content is purged: the trace stays."""

    affectation: AffectationVue
    service: ServiceVu | None
    etat: Etat
    version: int
    agent: str
    est_mien: bool
    horloge: Horloge
    recu_at: datetime
    actes: Mapping[Acte, Refus | None]
    lu: Lu | None
    usager: str
    blocs: tuple[BlocLu, ...]
    pieces: tuple[PieceLue, ...]
    temps: tuple[LigneTemps, ...]
    vu_at: datetime | None
    nouveautes: tuple[LigneTemps, ...]
    demandes: tuple[DemandeVue, ...]
    echanges: tuple[Echange, ...]
    decision: DecisionVue | None
    documents: tuple[DocumentVu, ...]
    collegues: Mapping[UUID, str]
    rebond_at: datetime | None

    @property
    def titre(self) -> str:
        return self.lu.situation.titre if self.lu else ""

    @property
    def prevus(self) -> list[DocumentVu]:
        """The documents that the définition foresees for the service."""
        return [document for document in self.documents if document.nature in {"document_partage", "document_service"}]

    @property
    def envois(self) -> list[EnvoiLu]:
        """The dépôts received, each of which can be downloaded."""
        copies = self.lu.contenu.copies if self.lu else []
        return [EnvoiLu(copie["rang"], datetime.fromisoformat(copie["depose_at"])) for copie in copies]

    @property
    def questions(self) -> list[Groupe]:
        """The questions that a complément may re-open, by bloc."""
        return contenu.questions(self.lu) if self.lu else []

    @property
    def pieces_possibles(self) -> list[Question]:
        """The pieces that a complément may ask."""
        return contenu.pieces(self.lu) if self.lu else []

    def label(self, cle: str) -> str:
        """Return the label of a question or a piece."""
        if self.lu is None:
            return cle
        pieces = {piece.code: piece.libelle for piece in self.lu.demarche.pieces}
        champ = self.lu.situation.visibles.get(cle) or self.lu.demarche.champs.get(cle)
        return pieces.get(cle) or (champ.libelle if champ else cle)


def dossier(affectation_id: UUID, *, acteur: Acteur, now: datetime) -> DossierLu:
    """Return a dossier under the current scope (its agent's). Refuses: affectation-inconnue."""
    affectation = routage.get_affectation(affectation_id)
    instruction = Instruction.objects.filter(id=affectation_id).first()
    if instruction is None or not gardes.stands_for(acteur, instruction.id, instruction.service):
        raise routage.unknown()
    service, lu = annuaire.service(instruction.service), _read(affectation, instruction)
    faits = journal.of(affectation_id)
    noms = _names(faits, instruction)
    temps = tuple(timeline(faits, noms))
    vu_at, nouveautes = news(faits, temps, acteur)
    etat = Etat(instruction.etat)
    return DossierLu(
        affectation=affectation,
        service=service,
        etat=etat,
        version=instruction.version,
        agent=noms.get(instruction.agent, "") if instruction.agent else "",
        est_mien=instruction.agent == acteur.id,
        horloge=clock_of(
            etat,
            silence_on=instruction.silence_on,
            echeance_on=instruction.echeance_on,
            aujourdhui=clock.local_date(now, service.fuseau) if service else clock.local_date(now),
        ),
        recu_at=instruction.recu_at,
        actes=_acts(instruction, acteur, tenant=noms.get(instruction.agent, "") if instruction.agent else ""),
        lu=lu,
        usager=contenu.applicant(lu.contenu.valeurs, lu.demarche.recherche.mots) if lu else "",
        blocs=_blocks(lu) if lu else (),
        pieces=_pieces(lu) if lu else (),
        temps=temps,
        vu_at=vu_at,
        nouveautes=nouveautes,
        demandes=tuple(echanges.requests(affectation_id)),
        echanges=tuple(
            Echange(message, noms.get(message.agent, "") if message.agent else "") for message in echanges.messages(affectation_id)
        ),
        decision=echanges.decision(affectation_id),
        documents=tuple(document for document in teledossiers.documents(affectation.teledossier) if document.affectation == affectation_id),
        collegues=agents.of_services(frozenset({instruction.service})),
        rebond_at=courriers.bounced_at(affectation.teledossier),
    )


def number(affectation_id: UUID) -> str:
    """Return the number of a dossier seen under the current scope. Refuses: affectation-inconnue."""
    return routage.get_affectation(affectation_id).numero


def timeline(faits: Iterable[Fait], noms: Mapping[UUID, str]) -> Iterable[LigneTemps]:
    """Yield what happened to a dossier, latest first; who merely looked is apart."""
    for fait in sorted(faits, key=lambda fait: fait.rang, reverse=True):
        if libelles.kind_of(fait) in libelles.FAITS and fait.sorte not in journal.CONSULTATIONS:
            qui = noms.get(fait.acteur_id, "") if fait.acteur_id else ""
            yield LigneTemps(fait.at, fait.rang, libelles.deed(fait, qui=qui))


def news(faits: Sequence[Fait], temps: Iterable[LigneTemps], acteur: Acteur) -> tuple[datetime | None, tuple[LigneTemps, ...]]:
    """Return when this agent looked before the visit under way, and what others did since.

    Looks less than an hour after a visit began are of that visit; the last visit is the one under way, unless it is the first.
    """
    visits: list[datetime] = []
    for fait in faits:
        if fait.sorte == "consultation" and fait.acteur_id == acteur.id and (not visits or fait.at - visits[-1] >= VISITE):
            visits.append(fait.at)
    if not visits:
        return None, ()
    since = visits[-2] if len(visits) > 1 else visits[-1]
    others = {fait.rang for fait in faits if fait.acteur_id != acteur.id and fait.at > since}
    return since, tuple(line for line in temps if line.rang in others)


def _read(affectation: AffectationVue, instruction: Instruction) -> Lu | None:
    return None if instruction.efface_at else contenu.read(affectation)


def _names(faits: Iterable[Fait], instruction: Instruction) -> dict[UUID, str]:
    ids = {fait.acteur_id for fait in faits if fait.acteur_sorte == "agent"} | {instruction.agent}
    return agents.names({id_ for id_ in ids if id_}) | {instruction.id: gardes.name_of(instruction.id)}


def _acts(instruction: Instruction, acteur: Acteur, *, tenant: str) -> dict[Acte, Refus | None]:
    lead = acteur.id is not None and gardes.is_lead(acteur.id, instruction.service)
    return {acte: gardes.why_not_act(acte, instruction, acteur, est_responsable=lead, tenant=tenant) for acte in Acte}


def _blocks(lu: Lu) -> tuple[BlocLu, ...]:
    changes = _changes(lu.contenu.copies)
    sources = {cle: libelles.source(source) for cle, source in lu.contenu.provenance.items()}
    return tuple(
        BlocLu(
            bloc.titre,
            tuple(
                ReponseVue(cle, libelle, valeur, sources.get(cle, ""), lu.situation.erreurs.get(cle, ""), changes.get(cle))
                for cle, libelle, valeur in bloc.lignes
            ),
        )
        for bloc in contenu.blocks(lu)
    )


def _changes(copies: Sequence[Mapping[str, Any]]) -> dict[str, datetime]:
    """Return when each answer that a complément changed was last changed."""
    changed: dict[str, datetime] = {}
    known: dict[str, Any] = {}
    for copie in copies:
        for cle, valeur in copie["valeurs"].items():
            if copie["rang"] > 1 and known.get(cle) != valeur:
                changed[cle] = datetime.fromisoformat(copie["depose_at"])
            known[cle] = valeur
    return changed


def _pieces(lu: Lu) -> tuple[PieceLue, ...]:
    recus = {copie["rang"]: datetime.fromisoformat(copie["depose_at"]) for copie in lu.contenu.copies}
    par_code: dict[str, list[FichierLu]] = {}
    for piece in lu.contenu.pieces:
        lue = FichierLu(UUID(piece["id"]), piece["nom"], piece["type"], piece["taille"], recus[piece["rang"]], piece["rang"] > 1)
        par_code.setdefault(piece["code"], []).append(lue)
    noms = {piece.code: piece.libelle for piece in lu.demarche.pieces}
    return tuple(PieceLue(code, noms.get(code, code), tuple(fichiers)) for code, fichiers in par_code.items())
