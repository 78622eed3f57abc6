"""Routing: from the recipients sealed in a dépôt to one affectation each, with its minimised copy."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from psl.annuaire import queries as annuaire
from psl.demarches import queries as demarches
from psl.journal import operations as journal
from psl.pieces import queries as fichiers
from psl.routage import mot_de_passe as mots_de_passe
from psl.routage import mots, queries
from psl.routage.models import AccesService, Affectation, Copie, Mot
from psl.socle import cles, crypto
from psl.socle.acteur import SYSTEME
from psl.socle.uuid7 import uuid7
from psl.teledossiers import queries as teledossiers
from psl.teledossiers.enveloppe import DestinataireScelle, Enveloppe, minimise


def route(teledossier_id: UUID, *, now: datetime) -> list[UUID]:
    """Create the affectations of a télédossier from its first dépôt; what exists already is left alone. Runs under the system's scope.

    Records: affectation.creee or affectation.sans_service.
    """
    enveloppe = teledossiers.read_depot(teledossier_id, 1)
    cles_fichiers = fichiers.keys([UUID(piece.id) for piece in enveloppe.pieces])
    return [_assign(teledossier_id, enveloppe, destinataire, cles_fichiers, now=now) for destinataire in enveloppe.destinataires]


def _assign(
    teledossier_id: UUID, enveloppe: Enveloppe, destinataire: DestinataireScelle, cles_fichiers: dict[str, bytes], *, now: datetime
) -> UUID:
    territoire = annuaire.registres(destinataire.territoire)
    deja = Affectation.objects.filter(teledossier=teledossier_id, destinataire=destinataire.cle, territoire=territoire)
    if existing := deja.values_list("id", flat=True).first():
        return existing
    service = annuaire.competent(enveloppe.slug, destinataire.territoire)
    affectation = Affectation.objects.create(
        id=uuid7(now),
        teledossier=teledossier_id,
        numero=enveloppe.numero,
        slug=enveloppe.slug,
        destinataire=destinataire.cle,
        service=service,
        territoire=territoire,
        motif=destinataire.motif,
        livraison=_delivery(service),
        commune=destinataire.territoire[:5],
        cree_at=now,
        silence_on=date.fromisoformat(enveloppe.silence["le"]) if enveloppe.silence else None,
    )
    if service is not None:
        _copy(affectation, enveloppe, destinataire, cles_fichiers, now=now)
        _index(affectation, enveloppe, destinataire, service)
    sorte = "affectation.creee" if service else "affectation.sans_service"
    journal.record(
        sorte,
        affectation.id,
        by=SYSTEME,
        at=now,
        corps={"teledossier": str(teledossier_id), "destinataire": destinataire.cle, "motif": destinataire.motif},
    )
    return affectation.id


def _delivery(service: UUID | None) -> str:
    if service is None:
        return Affectation.Livraison.HORS_PLATEFORME
    return Affectation.Livraison.PORTAIL if annuaire.service(service).portail else Affectation.Livraison.COURRIEL


def _copy(
    affectation: Affectation, enveloppe: Enveloppe, destinataire: DestinataireScelle, cles_fichiers: dict[str, bytes], *, now: datetime
) -> None:
    _keep_copy(affectation, enveloppe.rang, minimise(enveloppe, destinataire, cles_fichiers), now=now)


def _keep_copy(affectation: Affectation, rang: int, contenu: dict[str, Any], *, now: datetime) -> None:
    id_ = uuid7(now)
    cle = cles.create("copie", id_, sujet=affectation.id, service=affectation.service, now=now)
    clair = orjson.dumps(contenu, option=orjson.OPT_SORT_KEYS)
    Copie.objects.create(
        id=id_,
        affectation=affectation,
        service=affectation.service,
        rang=rang,
        octets=crypto.encrypt(cle, clair, id_.bytes),
        cree_at=now,
    )


def _index(affectation: Affectation, enveloppe: Enveloppe, destinataire: DestinataireScelle, service: UUID) -> None:
    recherche = demarches.compiled(enveloppe.digest).recherche
    permis = [cle for cle in recherche.mots if destinataire.recoit is None or cle in destinataire.recoit]
    _keep_words(affectation, mots.hashes(enveloppe.valeurs, permis, enveloppe.numero, service), service)


def _keep_words(affectation: Affectation, empreintes: set[bytes], service: UUID) -> None:
    Mot.objects.bulk_create([Mot(service=service, empreinte=e, affectation=affectation) for e in sorted(empreintes)], ignore_conflicts=True)


def redirect(affectation_id: UUID, *, service: UUID, motif: str, now: datetime) -> UUID:
    """Give another service what a service received, with the same dates; return its affectation. Runs under the system's scope.

    Records: affectation.creee.
    """
    avant, contenu = Affectation.objects.get(id=affectation_id), queries.read_content(affectation_id)
    apres = Affectation.objects.create(
        id=uuid7(now),
        teledossier=avant.teledossier,
        numero=avant.numero,
        slug=avant.slug,
        destinataire=avant.destinataire,
        service=service,
        territoire=avant.territoire,
        motif=motif,
        livraison=_delivery(service),
        commune=avant.commune,
        cree_at=now,
        silence_on=avant.silence_on,
    )
    for copie in contenu.copies:
        _keep_copy(apres, copie["rang"], {**copie, "motif": motif}, now=now)
    recherche = demarches.compiled(contenu.premiere["digest"]).recherche
    _keep_words(apres, mots.hashes(contenu.valeurs, recherche.mots, avant.numero, service), service)
    corps = {"teledossier": str(avant.teledossier), "destinataire": avant.destinataire, "motif": motif, "de": str(affectation_id)}
    journal.record("affectation.creee", apres.id, by=SYSTEME, at=now, corps=corps)
    return apres.id


def add_copy(teledossier_id: UUID, rang: int, *, now: datetime) -> list[UUID]:
    """Give each affectation that asked for it its copy of a complément; a copy already there is left alone.

    Records: affectation.completee, for a service that is written to.
    """
    premier, enveloppe = teledossiers.read_depot(teledossier_id, 1), teledossiers.read_depot(teledossier_id, rang)
    par_cle = {(d.cle, d.territoire): d for d in premier.destinataires}
    cles_fichiers = fichiers.keys([UUID(piece.id) for piece in enveloppe.pieces])
    concernees = Affectation.objects.filter(teledossier=teledossier_id, service__isnull=False)
    if enveloppe.affectations:
        concernees = concernees.filter(id__in=enveloppe.affectations)
    for affectation in concernees.exclude(copies__rang=rang):
        destinataire = next(d for (cle, _), d in par_cle.items() if cle == affectation.destinataire)
        _copy(affectation, enveloppe, destinataire, cles_fichiers, now=now)
        if affectation.livraison == Affectation.Livraison.COURRIEL:
            journal.record("affectation.completee", affectation.id, by=SYSTEME, at=now, corps={"rang": rang})
    return list(concernees.values_list("id", flat=True))


def mot_de_passe(affectation_id: UUID, *, now: datetime) -> str:
    """Return the password by which a service without agents here follows one affectation: the ten characters of the PEC's `MotDePasse`.

    Drawn at the first call, the same ever after, encrypted at rest under a key that dies with the content. The caller stands in the
    scope of the platform or of the service's agents, in a short transaction: before a zip is streamed, not while it is. Two calls at
    once give the same one.
    Refuses: affectation-inconnue, detruit, coffre-indisponible.
    Records: affectation.acces_cree, the first time.
    Locks: the password of the affectation.
    """
    affectation = queries.get_affectation(affectation_id)
    with transaction.atomic():
        _lock(affectation_id)
        if tire := queries.password(affectation_id):
            return tire
        tire = mots_de_passe.draw()
        cle = cles.create("acces", affectation_id, sujet=affectation_id, service=affectation.service, now=now)
        boite = crypto.encrypt(cle, tire.encode(), affectation_id.bytes)
        AccesService.objects.create(id=affectation_id, service=affectation.service, boite=boite, cree_at=now)
        journal.record("affectation.acces_cree", affectation_id, by=SYSTEME, at=now)
    return tire


def _lock(affectation_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"acces:{affectation_id}"])
