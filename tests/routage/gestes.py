"""The demonstration's services without their agents, and what was routed to them."""

from typing import Any
from uuid import UUID

from psl.annuaire.demonstration import SERVICES, VILLES, keep
from psl.annuaire.operations.competences import keep_administration
from psl.annuaire.queries import get_commune, service_of
from psl.routage import queries
from psl.routage.models import Affectation
from psl.routage.operations import route
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.uuid7 import uuid7
from psl.teledossiers.operations import Depose
from tests.teledossiers import gestes
from tests.teledossiers.gestes import NOW


def connect() -> None:
    """Connect the town halls of the demonstration."""
    for service in SERVICES:
        keep(service, keep_administration(service.administration, VILLES[service.administration]))


def commune(code: str) -> dict[str, Any]:
    """Return a commune as an answer keeps it."""
    vue = get_commune(code)
    assert vue is not None
    return {"code": code, "libelle": vue.libelle, "code_postal": vue.code_postal}


def file(code: str = "17300", **changes: Any) -> Depose:
    return gestes.file(communeConcerne=commune(code), **changes)


def send(depose: Depose) -> list[UUID]:
    with scope(SYSTEME):
        return route(depose.teledossier, now=NOW)


def routed(code: str = "17300", **changes: Any) -> Affectation:
    """File for a commune and route; return its affectation."""
    [id_] = send(file(code, **changes))
    with scope(SYSTEME):
        return Affectation.objects.get(id=id_)


def agent(cle: str) -> Acteur:
    """Return an agent of a service of the demonstration."""
    return Acteur("agent", uuid7(), frozenset({service_of(cle)}))


def content(affectation: UUID, acteur: Acteur = SYSTEME) -> queries.Contenu:
    with scope(acteur):
        return queries.read_content(affectation)
