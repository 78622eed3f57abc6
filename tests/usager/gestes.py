"""What a usager does through HTTP, without script: fill the civil status request step by step."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

LA_ROCHELLE = "17300"
DEMANDE = {"action": "MARIAGE", "lieuEvenement": "FRANCE"}
ACTE = {
    "natureActe": "COPIE-INTEGRALE",
    "communeConcerne": "La Rochelle (17000)",
    "communeConcerne.code": LA_ROCHELLE,
    "motif": "PASSEPORT",
    "nombreExemplaire": "2",
}
QUALITE = {"qualiteDemandeur": "Enfant"}
PERSONNES = {
    "dateMariage.jour": "27",
    "dateMariage.mois": "6",
    "dateMariage.annee": "1998",
    "identite1_nomFamille": "Dupré",
    "identite1_prenoms": "Camille Zoé",
    "identite2_nomFamille": "N'Guyen",
    "identite2_prenoms": "Éloïse",
    **{f"filiation{n}_{parent}_filiationInconnue": "oui" for n in (1, 2) for parent in ("mere", "pere")},
}
COORDONNEES = {
    "demandeur_nomFamille": "Dupré",
    "demandeur_prenoms": "Noé",
    "adresse.est_france": "oui",
    "adresse.voie": "3 rue des Essais",
    "adresse.commune": "Rochefort (17300)",
    "adresse.commune.code": "17299",
    "contact_email": "noe@exemple.example.org",
    "contact_telephone": "06 39 98 12 34",
}
ETAPES = {"demande": DEMANDE, "acte": ACTE, "qualite": QUALITE, "personnes": PERSONNES, "coordonnees": COORDONNEES, "pieces": {}}


def start(client: Client, **parametres: str) -> UUID:
    """Start the request and return its brouillon."""
    reponse = client.post("/mademarche/EtatCivil/commencer", parametres)
    assert reponse.status_code == 302
    return UUID(reponse["Location"].split("/")[2])


def fill(client: Client, brouillon: UUID, page: str, donnees: Mapping[str, Any] | None = None) -> HttpResponse:
    """Send a step."""
    return client.post(f"/ma-demande/{brouillon}/etape/{page}", dict(ETAPES[page] if donnees is None else donnees))


def fill_all(client: Client, **parametres: str) -> UUID:
    """Fill every step and return the brouillon, ready to be sent."""
    brouillon = start(client, **parametres)
    for page in ETAPES:
        reponse = fill(client, brouillon, page)
        if reponse.status_code == 302 and reponse["Location"].partition("#")[0].endswith(f"/etape/{page}"):
            reponse = fill(client, brouillon, page)  # a question appeared: the same answers again
        assert reponse.status_code == 302, reponse.content.decode()
    return brouillon


def send(client: Client, brouillon: UUID) -> HttpResponse:
    """Tick the declarations and send."""
    return client.post(f"/ma-demande/{brouillon}/envoyer", {"declaration": "exactitude"})
