"""Administrations, their services, and what each is competent for. Called again with the same key, each brings its row up to date."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from psl.annuaire.models import Administration, Competence, ServiceInstructeur


def keep_administration(cle: str, nom: str) -> UUID:
    """Keep an administration under its key."""
    row, _ = Administration.objects.update_or_create(cle=cle, defaults={"nom": nom})
    return row.id


def keep_service(
    cle: str,
    administration: UUID,
    *,
    nom: str,
    adresse: str,
    telephone: str,
    courriel: str,
    fuseau: str = "Europe/Paris",
    portail: bool = True,
    siret: str = "",
) -> UUID:
    """Keep a service of an administration under its key."""
    values = {
        "administration_id": administration,
        "nom": nom,
        "adresse": adresse,
        "telephone": telephone,
        "courriel": courriel,
        "fuseau": fuseau,
        "portail": portail,
        "siret": siret,
    }
    row, _ = ServiceInstructeur.objects.update_or_create(cle=cle, defaults=values)
    return row.id


def give_competences(service: UUID, demarche: str, territoires: Iterable[str]) -> None:
    """Make a service the one that answers a démarche for these territories and no others; a territory held elsewhere moves to it.

    Locks: the competences of the service.
    """
    wanted = set(territoires)
    with transaction.atomic():
        Competence.objects.filter(service=service, demarche=demarche).exclude(territoire__in=wanted).delete()
        for territoire in sorted(wanted):
            Competence.objects.update_or_create(demarche=demarche, territoire=territoire, defaults={"service_id": service})
