"""Reading the annuaire: communes and countries, who is competent where, what a service is. Searches are in recherche."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from babel import Locale
from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext

from psl.annuaire import listes
from psl.annuaire.models import Commune, Competence, Departement, Pays, ServiceInstructeur
from psl.annuaire.noms import attachment, sort_key
from psl.annuaire.recherche import CommuneTrouvee, search_communes
from psl.annuaire.recherche_pays import PaysTrouve, labels, search_pays
from psl.socle.errors import Refus

__all__ = [
    "CommuneTrouvee",
    "CommuneVue",
    "OptionPays",
    "PaysTrouve",
    "ServiceVu",
    "all_services",
    "answering",
    "competent",
    "countries",
    "get_commune",
    "get_pays",
    "options_of",
    "referentiels",
    "registres",
    "search_communes",
    "search_pays",
    "service",
    "service_of",
    "services",
]


# In plain SQL: each recap and each accusé asks who answers.
_COMPETENT = """
SELECT c.service_id FROM annuaire_competence c JOIN annuaire_serviceinstructeur s ON s.id = c.service_id
WHERE c.demarche = %s AND c.territoire = ANY(%s) AND (s.portail OR s.courriel <> '') ORDER BY c.territoire <> %s, c.territoire LIMIT 1
"""
_SERVICES = """
SELECT s.id, s.nom, a.nom, s.adresse, s.telephone, s.courriel, s.fuseau, s.portail, s.siret
FROM annuaire_serviceinstructeur s JOIN annuaire_administration a ON a.id = s.administration_id WHERE s.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class CommuneVue:
    """What is known of a commune. `registres` keeps its civil registers; `mairie_horaires`: [first day, last day, [[from, to], …]]."""

    code: str
    nom: str
    libelle: str
    type: str
    registres: str
    departement: str
    departement_nom: str
    codes_postaux: tuple[str, ...]
    lon: float | None
    lat: float | None
    mairie_adresse: str
    mairie_horaires: list[tuple[str, str, list[tuple[str, str]]]]

    @property
    def code_postal(self) -> str:
        """The postal code, when the commune has only one."""
        return self.codes_postaux[0] if len(self.codes_postaux) == 1 else ""


@dataclass(frozen=True, slots=True)
class OptionPays:
    """A country in a list to choose from."""

    valeur: str
    libelle: str
    aide: str = ""


@dataclass(frozen=True, slots=True)
class ServiceVu:
    """A service as its usagers know it."""

    id: UUID
    nom: str
    administration: str
    adresse: str
    telephone: str
    courriel: str
    fuseau: str
    portail: bool
    siret: str


def is_code(text: str) -> bool:
    """Whether a text that comes from outside may be an INSEE code: anything else is not asked to the base."""
    return len(text) == 5 and text.isascii() and text.isalnum()


@lru_cache(maxsize=8192)
def get_commune(code: str) -> CommuneVue | None:
    """Return a commune of today or of yesterday by its INSEE code."""
    if not is_code(code):
        return None
    today = Commune.objects.filter(code=OuterRef("registres")).values("nom")
    departement = Departement.objects.filter(code=OuterRef("departement")).values("nom")
    row = Commune.objects.annotate(nom_registres=Subquery(today), nom_departement=Subquery(departement)).filter(code=code).first()
    if row is None:
        return None
    attached = attachment(row.type, row.nom, row.code, row.nom_registres)
    return CommuneVue(
        code=row.code,
        nom=row.nom,
        libelle=f"{row.nom} ({attached})" if attached else row.nom,
        type=row.type,
        registres=row.registres,
        departement=row.departement,
        departement_nom=row.nom_departement,
        codes_postaux=tuple(row.codes_postaux),
        lon=row.lon,
        lat=row.lat,
        mairie_adresse=row.mairie_adresse,
        mairie_horaires=row.mairie_horaires,
    )


@lru_cache(maxsize=8192)
def registres(code: str) -> str:
    """Return the code of the commune that keeps the civil registers of a commune; an unknown code is returned as it is."""
    return (Commune.objects.filter(code=code).values_list("registres", flat=True).first() if is_code(code) else None) or code


@lru_cache(maxsize=512)
def get_pays(code: str) -> PaysTrouve | None:
    """Return a country of today or of yesterday by its INSEE code."""
    name = Pays.objects.filter(code=code).values_list("nom", flat=True).first() if is_code(code) else None
    return PaysTrouve(code, name, "") if name else None


@lru_cache(maxsize=8)
def countries(langue: str = "fr") -> Sequence[OptionPays]:
    """Return the countries to choose from, France first, then by name, those that are no more at the end."""
    names = {} if langue == "fr" else Locale.parse(langue).territories
    rows = [(pays.est_historique, names.get(pays.iso, pays.nom), pays.code) for pays in Pays.objects.all()]
    rows.sort(key=lambda row: (row[2] != "99100", row[0], sort_key(row[1])))
    return [OptionPays(code, name) for _, name, code in rows]


def forget() -> None:
    """Forget what this process knows of the reference data, which `load_reference` alone changes; other processes: once restarted."""
    get_commune.cache_clear()
    registres.cache_clear()
    get_pays.cache_clear()
    countries.cache_clear()
    labels.cache_clear()


class ReferentielsAnnuaire:
    """The lookups that `psl.langage` is given: does this code exist, and what is it called?"""

    def commune(self, code: str) -> dict[str, str] | None:
        """Return what an answer keeps of a commune."""
        found = get_commune(code)
        return {"code": found.code, "libelle": found.libelle, "code_postal": found.code_postal} if found else None

    def pays(self, code: str) -> dict[str, str] | None:
        """Return what an answer keeps of a country."""
        found = get_pays(code)
        return {"code": found.code, "libelle": found.nom} if found else None

    def entree(self, nom: str, code: str) -> dict[str, Any] | None:
        """Return what an answer keeps of an entry of a list."""
        return listes.entry(nom, code)

    def nommee(self, nom: str, texte: str) -> dict[str, Any] | None:
        """Return the entry of a list that bears this name."""
        return listes.named(nom, texte)


referentiels = ReferentielsAnnuaire()


def options_of(liste: str, langue: str) -> Sequence[Any]:
    """Return the options that a list shows: countries in a language, or any other list by its name; none for no list."""
    if not liste:
        return ()
    return countries(langue) if liste == "pays" else listes.options_of(liste)


def competent(demarche: str, territoire: str) -> UUID | None:
    """Return the service that answers a démarche for a territory: its own, or that of the commune which keeps its registers.

    It works in the agent portal, or by e-mail. None: nobody is connected there.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COMPETENT, [demarche, [territoire, registres(territoire)], territoire])
        row = cursor.fetchone()
    return row[0] if row else None


def service(service_id: UUID) -> ServiceVu:
    """Return a service. Raises KeyError when there is no such one: ids come from our own tables."""
    return services([service_id])[service_id]


@lru_cache(maxsize=4096)
def administration_key(service_id: UUID) -> str:
    """Return the key of a service's administration: it never changes."""
    return ServiceInstructeur.objects.values_list("administration__cle", flat=True).get(id=service_id)


def services(ids: Sequence[UUID]) -> dict[UUID, ServiceVu]:
    """Return some services by their id, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVICES, [list(ids)])
        return {row[0]: ServiceVu(*row) for row in cursor.fetchall()}


def service_of(cle: str) -> UUID:
    """Return the id of a service by its key.

    Refuses: service-inconnu.
    """
    if (found := ServiceInstructeur.objects.filter(cle=cle).values_list("id", flat=True).first()) is None:
        raise Refus("service-inconnu", gettext("Aucun service n’a la clé « %(cle)s ».") % {"cle": cle}, statut=404)
    return found


def answering(demarche: str, service_id: UUID) -> list[tuple[str, str]]:
    """Return the key and name of the services that may answer a démarche instead of another one.

    Those competent for it somewhere, and those of the same administration that have no territory of their own.
    """
    competences = Competence.objects.filter(service=OuterRef("id"))
    ici = ServiceInstructeur.objects.filter(id=service_id).values("administration")
    found = ServiceInstructeur.objects.filter(
        Exists(competences.filter(demarche=demarche)) | (Q(administration__in=ici) & ~Exists(competences)), ~Q(id=service_id)
    )
    rows = found.order_by("administration__nom", "nom").values_list("cle", "administration__nom", "nom")
    return [(cle, f"{administration}, {nom}") for cle, administration, nom in rows]


def all_services() -> list[tuple[str, str]]:
    """Return every service's key and name."""
    rows = ServiceInstructeur.objects.order_by("cle").values_list("cle", "administration__nom", "nom")
    return [(cle, f"{administration}, {nom}") for cle, administration, nom in rows]
