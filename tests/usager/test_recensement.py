"""The census through its pages, without script, from the start page to the agent of the town hall."""

from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.annuaire.operations.competences import give_competences
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde
from tests.pieces.exemples import PDF
from tests.usager import gestes

pytestmark = pytest.mark.django_db


def day(nom: str, jour: date) -> dict[str, str]:
    return {f"{nom}.jour": str(jour.day), f"{nom}.mois": str(jour.month), f"{nom}.annee": str(jour.year)}


def seventeen() -> date:
    today = clock.local_date(clock.now())
    return date(today.year - 17, today.month, 1)


def parent(rang: int, prenoms: str) -> dict[str, str]:
    debut = f"parent{rang}_"
    lieu = {f"{debut}villeNaissance": "Niort", f"{debut}departement": "79", f"{debut}nationalite": "99100"}
    return {f"{debut}nom": "Essai", f"{debut}prenoms": prenoms, f"{debut}dateNaissance.annee": "1978", **lieu}


ETAPES = {
    "qui": {"declarant": "JEUNE", "situationNationalite": "NE_FRANCAIS"},
    "jeune": {
        "jeune_civilite": "M",
        "jeune_nomFamille": "Essai",
        "jeune_prenoms": "Noé Lou",
        "jeune_paysNaissance": "99100",
        "jeune_communeNaissanceFR": "La Rochelle (17000)",
        "communeDomicile": "17000",
        "voie": "12 rue des Merles",
    },
    "filiation": parent(1, "Camille") | parent(2, "Dominique"),
    "famille": {"situationFamiliale": "CELIBATAIRE", "nbFreresSoeursVivants": "2", "nbEnfantsACharge": "0"},
    "scolarite": {"situationScolaire": "LYCEEN", "diplome": "BREVET"},
    "jdc": {},
    "pieces": {"contact_email": "noe@exemple.example.org", "contact_telephone": "06 39 98 12 34"},
}


@pytest.fixture
def monde(db: None) -> Monde:
    found = mondes.make()
    give_competences(found.la_rochelle, "recensement-citoyen", ["17300"])
    return found


def start(client: Client) -> UUID:
    page = client.get("/mademarche/recensementCitoyen/demarche").content.decode()
    assert "Se faire recenser à 16 ans" in page
    return UUID(client.post("/mademarche/recensementCitoyen/commencer")["Location"].split("/")[2])


def fill_all(client: Client, **plus: dict[str, str]) -> UUID:
    """Fill each step, again when it makes questions appear, with the documents."""
    brouillon = start(client)
    for page, donnees in ETAPES.items():
        envoi = donnees | plus.get(page, {}) | (day("jeune_dateNaissance", seventeen()) if page == "jeune" else {})
        fichiers = {code: SimpleUploadedFile(f"{code}.pdf", PDF) for code in ("pieceIdentite", "livretFamille") if page == "pieces"}
        reponse = gestes.fill(client, brouillon, page, envoi | fichiers)
        if reponse.status_code == 302 and reponse["Location"].partition("#")[0].endswith(f"/etape/{page}"):
            reponse = gestes.fill(client, brouillon, page, envoi)
        assert reponse.status_code == 302, reponse.content.decode()
    return brouillon


def test_the_census_is_filed_and_the_agent_sees_it(client: Client, monde: Monde) -> None:
    brouillon = fill_all(client)
    recap = client.get(f"/ma-demande/{brouillon}/recapitulatif").content.decode()
    shown = ("Noé Lou", "La Rochelle", "Niort", "1978", "Deux-Sèvres", "Française", "Service de l&#x27;état civil")
    assert {texte: texte in recap for texte in shown} == dict.fromkeys(shown, True)
    assert gestes.send(client, brouillon)["Location"] == f"/ma-demande/{brouillon}/accuse"
    travaux.drain()
    with scope(SYSTEME):
        scelle = teledossiers.sealed_from(brouillon, now=clock.now())
        assert scelle is not None
        affectation = routage.of_teledossier(scelle[0])[0].id
    page = monde.client(monde.camille).get(f"/agent/dossier/{affectation}").content.decode()
    shown = ("Noé Lou", "12 rue des Merles", "Deux-Sèvres", "pieceIdentite.pdf", "livretFamille.pdf")
    assert {texte: texte in page for texte in shown} == dict.fromkeys(shown, True)
    assert monde.client(monde.ines).get(f"/agent/dossier/{affectation}").status_code == 404


def test_too_young_is_led_out(client: Client, monde: Monde) -> None:
    brouillon = start(client)
    gestes.fill(client, brouillon, "qui", ETAPES["qui"])
    trop_jeune = day("jeune_dateNaissance", clock.local_date(clock.now()).replace(day=1).replace(year=clock.now().year - 10))
    for _ in range(2):
        reponse = gestes.fill(client, brouillon, "jeune", ETAPES["jeune"] | trop_jeune)
    assert reponse["Location"] == f"/ma-demande/{brouillon}/autre-service"
    assert "Le recensement commence" in client.get(reponse["Location"]).content.decode()
