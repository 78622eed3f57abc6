"""A change of address filed whole: one télédossier, one copy for each body, and in each copy what that body needs, nothing else."""

from datetime import date, timedelta

import pytest
from django.test import Client

from psl.annuaire.demonstration import ORGANISMES
from psl.socle import clock
from psl.teledossiers.models import Teledossier
from tests.parcours.demarches import CONTACT, commune, day, file, identity

pytestmark = pytest.mark.django_db
NIR = "2060517300001"
NOMS = ["identite_civilite", "identite_nomFamille", "identite_prenoms"]
ADRESSES = ["communeApres", "communeAvant", "voieApres", "voieAvant"]
CAISSES = ("agirc", "camieg", "cdc", "cnav", "cnmss", "cpam", "enim", "msa")
NUMEROS = {
    "numeroSecu": f"{NIR}{97 - int(NIR) % 97:02d}",
    "numeroAllocataire": "1234567",
    "numeroFiscal": "3023217600053",
    "identifiantFranceTravail": "1234567A",
    "identifiantServiceNational": "0717300123",
    "referenceEdf": "1234567890",
    "referenceEngie": "123456789",
    "vehicules.0.immatriculation": "AB-123-CD",
    "vehicules.0.numeroFormule": "2019AB12345",
    "vehicules.0.location": "non",
    "vehicules.0.troisEtiquettes": "non",
    "nbAdultes": "1",
}


def copies(client: Client, nouvelle: str) -> dict[str, tuple[str, list[str]]]:
    today = clock.local_date(clock.now())
    etapes = {
        "changement": {"objetDuChangement": "demenagement", "trajet": "FRANCE", **day("dateEffet", today + timedelta(days=10))},
        "vous": {
            **identity("identite", date(today.year - 20, 5, 17)),
            **commune("communeAvant", "17300"),
            "voieAvant": "12 rue des Merles",
        },
        "nouvelles": {**commune("communeApres", nouvelle), "voieApres": "3 rue des Essais"},
        "organismes": {"organismes": ["commune", *ORGANISMES]},
        "numeros": NUMEROS,
        "contact": CONTACT,
    }
    return file(client, "JeChangeDeCoordonnees", etapes)


def test_eighteen_bodies_have_eighteen_copies_of_one_teledossier(client: Client) -> None:
    found = copies(client, "17300")
    assert Teledossier.objects.count() == 1
    assert {cle: service for cle, (service, _) in found.items()} == {
        "mairieNouvelle": "la-rochelle-etat-civil",
        **{cle: f"{cle}-adresses" for cle in ORGANISMES},
    }
    assert len(found) == 18


def test_each_body_reads_what_it_needs(client: Client) -> None:
    lues = {cle: cles for cle, (_, cles) in copies(client, "17299").items()}
    client_ = sorted([*NOMS, *ADRESSES, "dateEffet", "contact_email"])
    caisse = sorted([*NOMS, *ADRESSES, "dateEffet", "identite_dateNaissance"])
    assert lues == {
        "mairieNouvelle": sorted([*caisse, "objetDuChangement", "nbAdultes"]),
        "mairieAncienne": [cle for cle in caisse if cle != "voieApres"],
        **{cle: sorted([*caisse, "numeroSecu"]) for cle in CAISSES},
        "caf": sorted([*caisse, "numeroAllocataire"]),
        "dgfip": sorted([*caisse, "numeroFiscal"]),
        "poleemploi": sorted([*caisse, "identifiantFranceTravail"]),
        "bsn": sorted([*caisse, "identifiantServiceNational"]),
        "ants": sorted([*caisse, "vehicules", "contact_email"]),
        "edf": sorted([*client_, "contact_telephone", "referenceEdf"]),
        "engie": sorted([*client_, "contact_telephone", "referenceEngie"]),
        "enercoop": sorted([*client_, "contact_telephone"]),
        "laposte": client_,
    }
