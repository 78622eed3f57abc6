"""A Pacs, an electoral registration and a building site, each filed whole through its pages, without script."""

from datetime import timedelta

import pytest
from django.test import Client

from psl.socle import clock
from tests.parcours.demarches import CONTACT, commune, day, file, identity

pytestmark = pytest.mark.django_db
ADRESSE = {
    "adresse.est_france": "oui",
    "adresse.voie": "12 rue des Merles",
    "adresse.commune": "La Rochelle (17000)",
    "adresse.commune.code": "17300",
}
FRANCE = "99100"


def partner(rang: int, prenom: str) -> dict[str, str]:
    p = f"partenaire{rang}"
    return {
        **identity(p),
        f"{p}_prenoms": prenom,
        f"{p}_paysNaissance": FRANCE,
        **commune(f"{p}_communeNaissanceFR", "17300"),
        f"{p}_nationalite": FRANCE,
        f"{p}_statut": "FRANCAIS",
        f"{p}_situation": "CELIBATAIRE",
        f"{p}_protectionJuridique": "AUCUNE",
        f"{p}_email": f"{prenom.lower()}@exemple.example.org",
        f"{p}_telephone": "06 39 98 12 34",
        **{cle.replace("adresse", f"{p}_adresse", 1): valeur for cle, valeur in ADRESSE.items()},
    }


def test_a_pacs_reaches_the_town_hall(client: Client) -> None:
    today = clock.local_date(clock.now())
    actes = dict.fromkeys(("an", "anp", "partenaire1_pieceIdentite", "partenaire2_pieceIdentite"), "")
    etapes = {
        "eligibilite": {
            "residence": "FRANCE",
            **dict.fromkeys(("majeurs", "libres", "sansParente"), "oui"),
            **commune("communeResidence", "17300"),
            "residenceVoie": "12 rue des Merles",
        },
        "partenaire1": partner(1, "Camille"),
        "partenaire2": partner(2, "Lou"),
        "convention": {"typeConvention": "TYPE", "aideMaterielle": "PROPORTIONNELLE", "regimeBiens": "SEPARATION"},
        "attestations": {"attestationNonParente": "oui", "attestationResidence": "oui"},
        "pieces": actes | day("partenaire1_dateActe", today - timedelta(days=9)) | day("partenaire2_dateActe", today - timedelta(days=9)),
        "rendezVous": {"joursSouhaites": ["LUNDI", "SAMEDI"]},
    }
    [(service, cles)] = file(client, "depotDossierPACS", etapes, tuple(actes)).values()
    assert (service, "partenaire2_nomFamille" in cles, "regimeBiens" in cles) == ("la-rochelle-etat-civil", True, True)


def test_an_electoral_registration_reaches_the_elections(client: Client) -> None:
    etapes = {
        "situation": {
            "typeListe": "PRINCIPALE",
            "situation": "CHANGEMENT",
            "attache": "DOMICILE",
            **commune("communeInscription", "17300"),
        },
        "etatCivil": {**identity("electeur"), "electeur_paysNaissance": FRANCE, **commune("electeur_communeNaissanceFR", "17300")},
        "ancienne": commune("precedenteCommune", "17299"),
        "coordonnees": ADRESSE | CONTACT,
        "pieces": {"typePiece": "CNI", "heberge": "non", "justifIdentite": "", "justifDomicile": ""},
    }
    [(service, cles)] = file(client, "InscriptionElectorale", etapes, ("justifIdentite", "justifDomicile")).values()
    assert (service, "precedenteCommune" in cles) == ("la-rochelle-elections", True)


def test_a_building_site_reaches_the_planning_service(client: Client) -> None:
    etapes = {
        "autorisation": {"typeAutorisation": "PC", "numeroPermis": "PC 017 300 25 A0001", **commune("communeTerrain", "17300")},
        "beneficiaire": {
            "typeBeneficiaire": "PARTICULIER",
            "titulaire_civilite": "MME",
            "titulaire_nomFamille": "Essai",
            "titulaire_prenoms": "Camille",
            **ADRESSE,
            **CONTACT,
            "coBeneficiaires.lignes": "0",
        },
        "chantier": {
            "voieTerrain": "3 rue des Essais",
            **day("dateOuverture", clock.local_date(clock.now())),
            "perimetre": "TOTALITE",
            "parcelles.lignes": "0",
        },
    }
    [(service, cles)] = file(client, "DOC", etapes).values()
    assert (service, "numeroPermis" in cles) == ("la-rochelle-urbanisme", True)
