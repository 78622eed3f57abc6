"""Reading affectations under the current scope: row-level security shows a service's agents theirs, and a usager their own."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count
from django.utils.translation import gettext as _

from psl.routage import mots
from psl.routage.models import AccesService, Affectation, Copie, Mot
from psl.socle import cles, crypto
from psl.socle.errors import Refus


@dataclass(frozen=True, slots=True)
class AffectationVue:
    """An affectation without what was filed."""

    id: UUID
    teledossier: UUID
    numero: str
    slug: str
    destinataire: str
    service: UUID | None
    territoire: str
    motif: str
    livraison: str
    commune: str
    cree_at: datetime
    silence_on: date | None


_CHAMPS = (
    "id",
    "teledossier",
    "numero",
    "slug",
    "destinataire",
    "service",
    "territoire",
    "motif",
    "livraison",
    "commune",
    "cree_at",
    "silence_on",
)


def unknown() -> Refus:
    """Return the refusal of an affectation that is not there, or not theirs: the same words for both."""
    return Refus("affectation-inconnue", _("Ce dossier n'existe pas, ou votre service n'en est pas destinataire."), statut=404)


def get_affectation(affectation_id: UUID) -> AffectationVue:
    """Return an affectation seen under the current scope; Refus 404 otherwise."""
    row = Affectation.objects.filter(id=affectation_id).values_list(*_CHAMPS).first()
    if row is None:
        raise unknown()
    return AffectationVue(*row)


def of_teledossier(teledossier_id: UUID) -> list[AffectationVue]:
    """Return the affectations of a télédossier, in order of creation."""
    return [
        AffectationVue(*row)
        for row in Affectation.objects.filter(teledossier=teledossier_id).order_by("cree_at", "id").values_list(*_CHAMPS)
    ]


def of_numero(numero: str) -> list[AffectationVue]:
    """Return the affectations of a number, in order of creation."""
    return [AffectationVue(*row) for row in Affectation.objects.filter(numero=numero).order_by("cree_at", "id").values_list(*_CHAMPS)]


def found_by(q: str, service: UUID) -> list[UUID] | None:
    """Return the affectations of a service that have every word searched, in one query; None when nothing is searched."""
    cherches = mots.searched(q, service)
    if not cherches:
        return None
    mots_de = Mot.objects.filter(service=service, empreinte__in=cherches).values("affectation_id").annotate(n=Count("empreinte"))
    return sorted(mots_de.filter(n=len(set(cherches))).values_list("affectation_id", flat=True))


@dataclass(slots=True)
class Contenu:
    """What a service received, dépôt after dépôt: the latest answer of each key, every piece, and what each complément changed."""

    valeurs: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, str] = field(default_factory=dict)
    calculs: dict[str, Any] = field(default_factory=dict)
    pieces: list[dict[str, Any]] = field(default_factory=list)
    copies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def premiere(self) -> dict[str, Any]:
        return self.copies[0]


def read_content(affectation_id: UUID) -> Contenu:
    """Return the content of an affectation, decrypted under the current scope; Refus 410 once it is purged."""
    contenu = Contenu()
    for id_, octets in Copie.objects.filter(affectation=affectation_id).order_by("rang").values_list("id", "octets"):
        copie = orjson.loads(crypto.decrypt(cles.open_key("copie", id_), bytes(octets), id_.bytes))
        contenu.copies.append(copie)
        contenu.valeurs.update(copie["valeurs"])
        contenu.provenance.update(copie["provenance"])
        contenu.calculs.update(copie.get("calculs", {}))
        contenu.pieces += [{**piece, "rang": copie["rang"]} for piece in copie["pieces"]]
    if not contenu.copies:
        raise Refus("detruit", _("Le contenu de ce dossier n'est pas, ou n'est plus, sur la plateforme."), statut=410)
    return contenu


def password(affectation_id: UUID) -> str | None:
    """Return the password of a service for an affectation, or None while none was drawn. Refuses: detruit."""
    boite = AccesService.objects.filter(id=affectation_id).values_list("boite", flat=True).first()
    if boite is None:
        return None
    return crypto.decrypt(cles.open_key("acces", affectation_id), bytes(boite), affectation_id.bytes).decode()
