"""The demonstration's town halls and agents: invented people, telephone numbers kept for fiction, addresses that lead nowhere."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from psl.annuaire.models import Agent, Commune
from psl.annuaire.operations.agents import create_agent, habilitate
from psl.annuaire.operations.competences import give_competences, keep_administration, keep_service
from psl.annuaire.queries import get_commune, registres
from psl.socle.errors import Refus

MAIRIE = ("acte-etat-civil", "recensement-citoyen", "depot-pacs", "changement-coordonnees")
ELECTIONS = ("listes-electorales",)
URBANISME = ("ouverture-chantier",)
ADRESSES = ("changement-coordonnees",)
SECURITE = ("tranquillite-vacances",)
MOT_DE_PASSE = "demonstration-2026"


@dataclass(frozen=True, slots=True)
class Service:
    """A service of a town hall: its territories, and what follows « 05 36 49 », « 02 61 91 »… in numbers kept for fiction by the ARCEP."""

    cle: str
    administration: str
    commune: str
    nom: str
    telephone: str
    territoires: tuple[str, ...]
    demarches: tuple[str, ...] = MAIRIE
    portail: bool = True


@dataclass(frozen=True, slots=True)
class Identite:
    """Somebody one may be in the demonstration."""

    courriel: str
    nom: str
    services: tuple[str, ...]
    role: str = "agent"
    portail: str = "/agent/"
    mot_de_passe: str = MOT_DE_PASSE

    @property
    def secret(self) -> str:
        """The TOTP secret, the same at each demonstration."""
        return base64.b32encode(hashlib.sha256(f"demonstration:{self.courriel}".encode()).digest()).decode()[:32]


# Who receives a change of address besides the town halls: the key is the territory that the démarche names.
ORGANISMES = {
    "agirc": "Agirc-Arrco",
    "ants": "Agence nationale des titres sécurisés",
    "bsn": "Centre du service national et de la jeunesse",
    "caf": "Caisse d’allocations familiales",
    "camieg": "Camieg",
    "cdc": "Caisse des dépôts, retraites",
    "cnav": "Assurance retraite",
    "cnmss": "Caisse nationale militaire de sécurité sociale",
    "cpam": "Assurance maladie",
    "dgfip": "Direction générale des finances publiques",
    "edf": "EDF",
    "enercoop": "Enercoop",
    "engie": "Engie",
    "enim": "Enim, sécurité sociale des marins",
    "laposte": "La Poste",
    "msa": "Mutualité sociale agricole",
    "poleemploi": "France Travail",
}
VILLES = {
    "la-rochelle": "Mairie de La Rochelle",
    "rochefort": "Mairie de Rochefort",
    "nantes": "Mairie de Nantes",
    "cherbourg": "Mairie de Cherbourg-en-Cotentin",
    "toulouse": "Mairie de Toulouse",
    "lille": "Mairie de Lille",
    "bayonne": "Mairie de Bayonne",
    "marans": "Mairie de Marans",
    "securite-17": "Sécurité publique de Charente-Maritime",
    "plateforme": "Plateforme des services en ligne",
    **ORGANISMES,
}
SERVICES = (
    # Whoever runs the platform: this service receives no request.
    Service("plateforme-exploitation", "plateforme", "", "Exploitation", "01 99 00 00 01", (), ()),
    Service("la-rochelle-etat-civil", "la-rochelle", "17300", "Service de l’état civil", "05 36 49 17 30", ("17300",)),
    Service("rochefort-etat-civil", "rochefort", "17299", "Service de l’état civil", "05 36 49 17 29", ("17299",)),
    Service("nantes-etat-civil", "nantes", "44109", "Service de l’état civil", "02 61 91 44 10", ("44109",)),
    # Receives what the central service sends on: no territory of its own.
    Service("nantes-mairie-annexe", "nantes", "44109", "Mairie annexe, état civil", "02 61 91 44 11", ()),
    Service("cherbourg-etat-civil", "cherbourg", "50129", "Service de l’état civil", "02 61 91 50 12", ("50129",)),
    # A delegated commune keeps its own town hall: one commune, two services, told apart by the territory.
    Service("tourlaville-etat-civil", "cherbourg", "50602", "Mairie déléguée de Tourlaville, état civil", "02 61 91 50 60", ("50602",)),
    Service("toulouse-etat-civil", "toulouse", "31555", "Service de l’état civil", "05 36 49 31 55", ("31555",)),
    # Hellemmes and Lomme, associated communes, come here by `registres`.
    Service("lille-etat-civil", "lille", "59350", "Service de l’état civil", "03 53 01 59 35", ("59350",)),
    Service("bayonne-etat-civil", "bayonne", "64102", "Service de l’état civil", "05 36 49 64 10", ("64102",)),
    # Works without our portal: each request is sent to it by e-mail.
    Service("marans-etat-civil", "marans", "17218", "Service de l’état civil", "05 36 49 17 37", ("17218",), portail=False),
    Service("securite-17-la-rochelle", "securite-17", "17300", "Commissariat de La Rochelle", "05 36 49 17 31", ("17300",), SECURITE),
    Service("securite-17-rochefort", "securite-17", "17299", "Brigade de gendarmerie de Rochefort", "05 36 49 17 32", ("17299",), SECURITE),
    Service("la-rochelle-elections", "la-rochelle", "17300", "Service des élections", "05 36 49 17 33", ("17300",), ELECTIONS),
    Service("rochefort-elections", "rochefort", "17299", "Service des élections", "05 36 49 17 34", ("17299",), ELECTIONS),
    Service("la-rochelle-urbanisme", "la-rochelle", "17300", "Service de l’urbanisme", "05 36 49 17 35", ("17300",), URBANISME),
    Service("rochefort-urbanisme", "rochefort", "17299", "Service de l’urbanisme", "05 36 49 17 36", ("17299",), URBANISME),
    *(
        Service(f"{cle}-adresses", cle, "", "Changements d’adresse", f"01 99 00 01 {rang:02d}", (cle,), ADRESSES)
        for rang, cle in enumerate(ORGANISMES, 1)
    ),
)
IDENTITES = (
    Identite("agent@la-rochelle.example.org", "Camille Rivière", ("la-rochelle-etat-civil",)),
    Identite("agent2@la-rochelle.example.org", "Yanis Moreau", ("la-rochelle-etat-civil",)),
    Identite("responsable@la-rochelle.example.org", "Hélène Garnier", ("la-rochelle-etat-civil",), role="responsable"),
    Identite("agent@rochefort.example.org", "Inès Caillaud", ("rochefort-etat-civil",)),
    Identite("agent@nantes.example.org", "Erwan Le Bihan", ("nantes-etat-civil",)),
    Identite("annexe@nantes.example.org", "Maëlle Guérin", ("nantes-mairie-annexe",)),
    Identite("responsable@nantes.example.org", "Solène Kerbrat", ("nantes-etat-civil", "nantes-mairie-annexe"), role="responsable"),
    Identite("agent@cherbourg.example.org", "Lucas Lemarchand", ("cherbourg-etat-civil",)),
    Identite("agent@tourlaville.example.org", "Manon Leroux", ("tourlaville-etat-civil",)),
    Identite("agent@toulouse.example.org", "Nadia Castéra", ("toulouse-etat-civil",)),
    Identite("agent@lille.example.org", "Jules Vandamme", ("lille-etat-civil",)),
    Identite("agent@bayonne.example.org", "Maite Etcheverry", ("bayonne-etat-civil",)),
    Identite("agent@securite-17.example.org", "Sacha Lambert", ("securite-17-la-rochelle", "securite-17-rochefort")),
    Identite("elections@la-rochelle.example.org", "Paul Tessier", ("la-rochelle-elections",)),
    Identite("urbanisme@la-rochelle.example.org", "Aïcha Renaud", ("la-rochelle-urbanisme",)),
    Identite("agent@caf.example.org", "Louise Mercier", ("caf-adresses",)),
    Identite("agent@dgfip.example.org", "Marc Delorme", ("dgfip-adresses",)),
    Identite("exploitant@psl.example.org", "Dominique Roche", ("plateforme-exploitation",), role="exploitant", portail="/exploitant/"),
)


def load_demonstration(*, now: datetime) -> None:
    """Make the demonstration's services and agents; what is there already is brought up to date, passwords are left alone.

    Refuses: pas-en-demonstration.
    """
    if not settings.EST_DEMONSTRATION:
        raise Refus(
            "pas-en-demonstration", _("Ces comptes ont des mots de passe connus de tous : ils n’existent que dans la démonstration.")
        )
    with transaction.atomic():
        administrations = {cle: keep_administration(cle, nom) for cle, nom in VILLES.items()}
        services = {service.cle: keep(service, administrations[service.administration]) for service in SERVICES}
        known = set(Agent.objects.values_list("courriel", flat=True))
        for identite in IDENTITES:
            if identite.courriel not in known:
                create_agent(identite.courriel, identite.nom, mot_de_passe=identite.mot_de_passe, secret=identite.secret, now=now)
            habilitate(identite.courriel, [services[cle] for cle in identite.services], role=identite.role, now=now)


def keep(service: Service, administration: UUID) -> UUID:
    commune = get_commune(service.commune)
    ville = service.administration
    id_ = keep_service(
        service.cle,
        administration,
        nom=service.nom,
        adresse=commune.mairie_adresse if commune else "1 place des Essais, 17000 La Rochelle",
        telephone=service.telephone,
        courriel=f"{service.cle.removeprefix(f'{ville}-')}@{ville}.example.org",
        portail=service.portail,
        siret=siret(_siren(service), SERVICES.index(service) + 1),
    )
    for demarche in service.demarches:
        give_competences(id_, demarche, service.territoires)
    return id_


def siret(siren: str, rang: int) -> str:
    """Return a SIRET of fiction for the establishment of this rank: its key is right (Luhn), the establishment is invented."""
    corps = f"{siren}{9000 + rang}"
    doubles = (int(chiffre) * (2 - place % 2) for place, chiffre in enumerate(reversed(corps)))
    return f"{corps}{-sum(somme // 10 + somme % 10 for somme in doubles) % 10}"


def _siren(service: Service) -> str:
    """Return the SIREN of the commune of a service, or one that nobody has."""
    commune = Commune.objects.filter(code=registres(service.commune)).values_list("siren", flat=True).first()
    return commune or "000000000"


def demonstration_identities() -> tuple[Identite, ...]:
    """Return who one may be: for the screen of `make run` and for the tests."""
    return IDENTITES
