"""Sealing: a brouillon becomes a dépôt, in one transaction; and keeping what is made of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from psl.courriers import operations as courriers
from psl.demarches import queries as demarches
from psl.journal import operations as journal
from psl.langage import delais
from psl.langage.evaluation import Situation
from psl.pieces import operations as pieces
from psl.pieces import queries as fichiers
from psl.saisie import operations as saisie
from psl.saisie import queries as brouillons
from psl.saisie.queries import BrouillonOuvert
from psl.socle import cles, clock, crypto, reference
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.postgresql.rows import insert
from psl.socle.uuid7 import uuid7
from psl.teledossiers import queries
from psl.teledossiers.enveloppe import DestinataireScelle, Enveloppe, PieceDeposee, digest
from psl.teledossiers.models import Depot, Document, Teledossier

CODE_VISIBLE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Depose:
    """What the usager gets for a filing; `code` is None for a complément, and once it may no longer be shown."""

    teledossier: UUID
    numero: str
    rang: int
    code: str | None


def why_not_submit(brouillon: BrouillonOuvert, situation: Situation, declarations: Sequence[str]) -> Refus | None:
    """Return why a brouillon cannot be filed as it stands, or None: the same answer for the page's button and for the guard."""
    if situation.sortie is not None:
        return Refus("sortie", situation.sortie.titre, statut=409)
    if brouillon.teledossier is None and (refus := demarches.why_not_start(brouillon.demarche)):
        return refus
    if manques := missing(brouillon, situation):
        return Refus("incomplet", _("Il manque encore : %(liste)s.") % {"liste": ", ".join(manques)}, statut=422)
    if brouillon.teledossier is None and (oublis := {d.cle for d in brouillon.demarche.declarations} - set(declarations)):
        return Refus(
            "declarations",
            _("Cochez les déclarations avant d'envoyer votre demande."),
            statut=422,
            champs=dict.fromkeys(oublis, _("Cochez cette case pour continuer.")),
        )
    return None


def missing(brouillon: BrouillonOuvert, situation: Situation) -> list[str]:
    """Return the labels of the answers and pieces that are missing or not valid, and the titles of the pages not validated yet."""
    presentes = frozenset(fichier.piece for fichier in fichiers.of(brouillon.id))
    manques = [*situation.manques, *situation.missing_pieces(presentes)]
    dits = {manque.cle for manque in manques}
    troublees = {manque.page for manque in manques}
    restent = []
    for vue in situation.pages:
        fautes = [champ.libelle for champ in vue.champs if champ.cle in brouillon.document.erreurs and champ.cle not in dits]
        is_waiting = vue.cle not in brouillon.document.faites and vue.cle not in troublees
        restent += fautes or [vue.titre] * is_waiting
    return [*(manque.libelle for manque in manques), *restent]


def submit(brouillon_id: UUID, *, declarations: Sequence[str] = (), acteur: Acteur, now: datetime) -> Depose:
    """Seal a brouillon into a dépôt; a second call returns the first one's.

    Refuses: sortie, demarche-close, incomplet, declarations. Records: teledossier.depose or teledossier.complete. Locks: the brouillon.
    """
    with scope(SYSTEME):
        brouillon = brouillons.get_brouillon(brouillon_id, lock=True)
        if brouillon.scelle_at is not None and (deja := queries.sealed_from(brouillon_id, now=now)):
            return Depose(*deja)
        situation = brouillon.situation(now)
        if refus := why_not_submit(brouillon, situation, declarations):
            raise refus
        if brouillon.teledossier is None:
            depose = _file(brouillon, situation, declarations, acteur=acteur, now=now)
        else:
            depose = _complete(brouillon.teledossier, brouillon, situation, acteur=acteur, now=now)
        saisie.empty(brouillon, now=now)
    return depose


def _file(brouillon: BrouillonOuvert, situation: Situation, declarations: Sequence[str], *, acteur: Acteur, now: datetime) -> Depose:
    demarche = brouillon.demarche
    numero, code, id_ = reference.draw(), reference.draw_code(), uuid7(now)
    cle = cles.create("depot", id_, sujet=id_, now=now)
    insert(
        Teledossier,
        id=id_,
        numero=numero,
        slug=demarche.slug,
        digest=demarche.digest,
        langue=brouillon.langue,
        code_empreinte=queries.fingerprint("code", reference.normalise_code(code)),
        code_boite=crypto.encrypt(cle, code.encode(), id_.bytes),
        code_jusqu=now + CODE_VISIBLE,
        **_second_facts(situation),
        depose_at=now,
    )
    courriers.add_contact(id_, courriel=situation.courriel, telephone=situation.telephone, langue=brouillon.langue, now=now)
    cochees = [declaration.cle for declaration in demarche.declarations if declaration.cle in declarations]
    enveloppe = _enveloppe(brouillon, situation, numero=numero, rang=1, declarations=cochees, now=now)
    empreinte = _seal(id_, enveloppe, cle, brouillon, now=now)
    journal.record(
        "teledossier.depose",
        id_,
        by=acteur,
        at=now,
        corps={"numero": numero, "demarche": demarche.slug, "digest": demarche.digest, "rang": 1, "sha256": empreinte},
    )
    return Depose(id_, numero, 1, code)


def _complete(teledossier_id: UUID, brouillon: BrouillonOuvert, situation: Situation, *, acteur: Acteur, now: datetime) -> Depose:
    teledossier = Teledossier.objects.select_for_update().get(id=teledossier_id)
    rang = teledossier.depots.count() + 1
    id_ = uuid7(now)
    cle = cles.create("depot", id_, sujet=teledossier.id, now=now)
    deposees = {cle: valeur for depot in queries.depots(teledossier.id) for cle, valeur in depot.valeurs.items()}
    enveloppe = _enveloppe(brouillon, situation, numero=teledossier.numero, rang=rang, declarations=[], deposees=deposees, now=now)
    empreinte = _seal(teledossier.id, enveloppe, cle, brouillon, now=now, depot_id=id_)
    Teledossier.objects.filter(id=teledossier.id).update(**_second_facts(situation))
    courriers.keep_contact(teledossier.id, courriel=situation.courriel, telephone=situation.telephone, langue=brouillon.langue, now=now)
    corps = {"rang": rang, "affectations": enveloppe.affectations, "sha256": empreinte}
    journal.record("teledossier.complete", teledossier.id, by=acteur, at=now, corps=corps)
    return Depose(teledossier.id, teledossier.numero, rang, None)


def _second_facts(situation: Situation) -> dict[str, Any]:
    faits = {"courriel": situation.courriel, "naissance": situation.second_fait_date}
    return {f"{usage}_empreinte": queries.fingerprint(usage, texte) if texte else None for usage, texte in faits.items()}


def _enveloppe(
    brouillon: BrouillonOuvert,
    situation: Situation,
    *,
    numero: str,
    rang: int,
    declarations: list[str],
    deposees: Mapping[str, Any] | None = None,
    now: datetime,
) -> Enveloppe:
    """Return what is to be sealed; of a complément, what was re-opened and the answers that it made necessary or changed."""
    masque = brouillon.masque or {}
    rouverts = brouillons.rouverts(brouillon.masque)
    valeurs = {
        cle: valeur
        for cle, valeur in situation.valeurs.items()
        if rouverts is None or cle in rouverts or (deposees or {}).get(cle) != valeur
    }
    return Enveloppe(
        numero=numero,
        rang=rang,
        slug=brouillon.slug,
        digest=brouillon.digest,
        langue=brouillon.langue,
        depose_at=now.isoformat(timespec="milliseconds"),
        valeurs=valeurs,
        provenance={cle: source for cle, source in brouillon.document.provenance.items() if cle in valeurs},
        pieces=_pieces(brouillon, situation),
        destinataires=[
            DestinataireScelle(d.cle, d.nom, d.territoire, d.motif, None if d.recoit is None else sorted(d.recoit), list(d.calculs))
            for d in situation.destinataires
        ],
        declarations=declarations,
        silence=_silence(brouillon.demarche.faits.silence, now),
        affectations=list(masque.get("affectations", [])),
        calculs=situation.calculs_scelles,
    )


def _silence(silence: Any, now: datetime) -> dict[str, str] | None:
    if silence.regime == "aucun":
        return None
    return {"regime": silence.regime, "le": delais.silence_date(clock.local_date(now), silence.delai).isoformat()}


def _pieces(brouillon: BrouillonOuvert, situation: Situation) -> list[PieceDeposee]:
    attendues = {attendue.piece.code for attendue in situation.pieces}
    return [
        PieceDeposee(str(f.id), f.piece, f.nom, f.type, f.taille, bytes(f.sha256).hex())
        for f in fichiers.of(brouillon.id)
        if f.piece in attendues
    ]


def _seal(sujet: UUID, enveloppe: Enveloppe, cle: bytes, brouillon: BrouillonOuvert, *, now: datetime, depot_id: UUID | None = None) -> str:
    """Write a dépôt; return the SHA-256 of its canonical bytes, for the fait that proves it."""
    octets, depot_id = enveloppe.dump(), depot_id or sujet
    pieces.adopt([UUID(piece.id) for piece in enveloppe.pieces], sujet, now=now)
    for laisse in fichiers.of(brouillon.id):  # given for a piece that the answers no longer ask
        pieces.remove(laisse.id, now=now)
    insert(
        Depot,
        id=depot_id,
        teledossier_id=sujet,
        rang=enveloppe.rang,
        brouillon=brouillon.id,
        octets=crypto.encrypt(cle, octets, depot_id.bytes),
        digest=digest(octets),
        scelle_at=now,
    )
    return digest(octets).hex()


def keep_document(
    sujet: UUID,
    nature: str,
    octets: bytes,
    *,
    nom: str,
    affectation: UUID | None = None,
    service: UUID | None = None,
    rang: int = 1,
    efface_at: datetime | None = None,
    now: datetime,
) -> UUID:
    """Keep a document, encrypted under its own key; the same nature and rank again returns the one already there.

    Records: document.produit.
    """
    deja = Document.objects.filter(sujet=sujet, nature=nature, rang=rang, affectation=affectation).values_list("id", flat=True).first()
    if deja:
        return deja
    id_ = uuid7(now)
    cle = cles.create("document", id_, sujet=sujet, service=service, now=now)
    Document.objects.create(
        id=id_,
        sujet=sujet,
        affectation=affectation,
        nature=nature,
        rang=rang,
        nom=nom,
        octets=crypto.encrypt(cle, octets, id_.bytes),
        taille=len(octets),
        sha256=hashlib.sha256(octets).digest(),
        cree_at=now,
        efface_at=efface_at,
    )
    journal.record(
        "document.produit", sujet, by=SYSTEME, at=now, corps={"nature": nature, "rang": rang, "sha256": hashlib.sha256(octets).hexdigest()}
    )
    return id_


def renew_code(teledossier_id: UUID, *, now: datetime) -> str:
    """Draw a new tracking code: the old one dies. Records: suivi.code_renouvele. Locks: the télédossier."""
    with scope(SYSTEME):
        teledossier = Teledossier.objects.select_for_update().get(id=teledossier_id)
        code = reference.draw_code()
        teledossier.code_empreinte = queries.fingerprint("code", reference.normalise_code(code))
        teledossier.code_boite = teledossier.code_jusqu = None
        teledossier.save(update_fields=["code_empreinte", "code_boite", "code_jusqu"])
        journal.record("suivi.code_renouvele", teledossier.id, by=SYSTEME, at=now)
    return code


def forget_codes(*, now: datetime) -> int:
    """Erase the tracking codes, and the documents that show them, once their 24 hours are over. May run twice."""
    with scope(SYSTEME):
        effaces = Teledossier.objects.filter(code_jusqu__lt=now).update(code_boite=None, code_jusqu=None)
        echus = list(Document.objects.filter(efface_at__lt=now).values_list("id", flat=True)[:1000])
        Document.objects.filter(id__in=echus).delete()
        cles.destroy("document", echus)
    return effaces
