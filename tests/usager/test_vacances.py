"""The holiday watch through its pages, without script: rows added, taken out and wrong, then what is sent."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.saisie import queries
from psl.saisie.operations import porteur
from psl.socle import clock
from psl.socle.acteur import scope
from tests.pieces.exemples import PDF
from tests.usager import gestes

pytestmark = pytest.mark.django_db


def day(nom: str, jour: date) -> dict[str, str]:
    return {f"{nom}.jour": str(jour.day), f"{nom}.mois": str(jour.month), f"{nom}.annee": str(jour.year)}


def start(client: Client) -> UUID:
    return UUID(client.post("/mademarche/OTV/commencer")["Location"].split("/")[2])


def answers(brouillon: UUID) -> dict[str, Any]:
    with scope(porteur(brouillon)):
        return queries.get_brouillon(brouillon).document.reponses


@pytest.fixture
def brouillon(client: Client) -> UUID:
    return fill_first_steps(client)


def fill_first_steps(client: Client) -> UUID:
    """Fill the first three steps."""
    id_, today = start(client), clock.local_date(clock.now())
    logement = {"communeLogement": "La Rochelle (17000)", "communeLogement.code": "17300", "voie": "12 rue des Merles", "zone": "POLICE"}
    dates = day("dateDepart", today + timedelta(days=10)) | day("dateRetour", today + timedelta(days=20))
    etapes = {
        "absence": logement | {"typeResidence": "PRINCIPALE"} | dates,
        "vous": {
            "demandeur_civilite": "M",
            "demandeur_nomFamille": "Essai",
            "demandeur_prenoms": "Camille",
            **day("demandeur_dateNaissance", date(1980, 5, 17)),
            "contact_email": "camille@exemple.example.org",
            "contact_telephone": "06 39 98 12 34",
        },
        "logement": {"typeLogement": "APPARTEMENT", "alarme": "non", "cameras": "non", "animaux": "oui", "vehicules.lignes": "0"},
    }
    for page, donnees in etapes.items():
        reponse = gestes.fill(client, id_, page, donnees)
        assert (reponse.status_code, reponse["Location"].endswith(page)) == (302, False)
    return id_


LOU = {"personnes.0.nom": "Petit", "personnes.0.prenom": "Lou", "personnes.0.telephone": "06 39 98 12 35"}
SAM = {"personnes.1.nom": "Roy", "personnes.1.prenom": "Sam", "personnes.1.telephone": "06 39 98 12 36"}


def test_a_row_is_added_then_taken_out(client: Client, brouillon: UUID) -> None:
    chemin = f"/ma-demande/{brouillon}/etape/contacts"
    assert gestes.fill(client, brouillon, "contacts", LOU | {"lignes": "personnes.ajouter"})["Location"] == f"{chemin}#c-personnes"
    page = client.get(chemin).content.decode()
    assert ("Personne à prévenir 2" in page, 'name="personnes.1.nom"' in page, 'value="Petit"' in page) == (True, True, True)
    retrait = LOU | SAM | {"lignes": "personnes.retirer.0"}
    assert gestes.fill(client, brouillon, "contacts", retrait)["Location"] == f"{chemin}#c-personnes"
    assert answers(brouillon)["personnes"] == [{"nom": "Roy", "prenom": "Sam", "telephone": "+33639981236", "possedeCles": False}]


def test_what_is_wrong_in_a_row_is_said_there_and_kept(client: Client, brouillon: UUID) -> None:
    reponse = gestes.fill(client, brouillon, "contacts", LOU | SAM | {"personnes.1.telephone": "12", "personnes.1.prenom": ""})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert [f'id="c-personnes-1-{nom}-erreur"' in page for nom in ("nom", "telephone")] == [False, True]
    assert ('value="12"' in page, 'value="Petit"' in page, "Personne à prévenir 2" in page) == (True, True, True)


def test_each_fault_of_a_row_is_linked_from_the_top(client: Client, brouillon: UUID) -> None:
    page = gestes.fill(client, brouillon, "contacts", LOU | SAM | {"personnes.1.telephone": "12", "personnes.0.nom": ""}).content.decode()
    assert re.findall(r'href="#(c-[^"]*)">([^:]*) :', page) == [
        ("c-personnes-0-nom", "Personne à prévenir 1"),
        ("c-personnes-1-telephone", "Personne à prévenir 2"),
    ]


def test_whoever_adds_a_row_is_not_told_what_they_have_not_typed_yet(client: Client, brouillon: UUID) -> None:
    reponse = gestes.fill(client, brouillon, "contacts", {"personnes.0.telephone": "12", "lignes": "personnes.ajouter"})
    page = client.get(reponse["Location"]).content.decode()
    assert ('value="12"' in page, "fr-error-text" in page, "psl-resume" in page, "Personne à prévenir 2" in page) == (
        True,
        False,
        False,
        True,
    )


def test_a_question_of_a_row_appears_before_it_is_asked(client: Client, brouillon: UUID) -> None:
    reponse = gestes.fill(client, brouillon, "contacts", LOU | {"personnes.0.possedeCles": "oui"})
    page = client.get(reponse["Location"]).content.decode() if reponse.status_code == 302 else reponse.content.decode()
    assert 'name="personnes.0.commune"' in page


def test_the_whole_is_sent(client: Client, brouillon: UUID) -> None:
    gestes.fill(client, brouillon, "contacts", LOU | SAM)
    pieces = {code: SimpleUploadedFile(f"{code}.pdf", PDF) for code in ("pieceIdentite", "justificatifDomicile")}
    assert gestes.fill(client, brouillon, "accord", {"reglement": "oui", **pieces})["Location"] == f"/ma-demande/{brouillon}/recapitulatif"
    recap = client.get(f"/ma-demande/{brouillon}/recapitulatif").content.decode()
    assert ("Personne à prévenir 2" in recap, "Roy" in recap) == (True, True)
    assert gestes.send(client, brouillon)["Location"] == f"/ma-demande/{brouillon}/accuse"


CLES = {"personnes.1.possedeCles": "oui", "personnes.1.commune.code": ""}


def test_a_commune_of_a_row_is_found_by_its_only_name(client: Client, brouillon: UUID) -> None:
    reponse = gestes.fill(client, brouillon, "contacts", LOU | SAM | CLES | {"personnes.1.commune": "17000"})
    assert (reponse.status_code, answers(brouillon)["personnes"][1]["commune"]["code"]) == (302, "17300")


def test_a_commune_of_a_row_is_chosen_without_script(client: Client, brouillon: UUID) -> None:
    envoi = LOU | SAM | CLES | {"personnes.1.commune": "Saint-Germain"}
    recherche = f"/ma-demande/{brouillon}/commune/personnes.1.commune"
    assert gestes.fill(client, brouillon, "contacts", envoi)["Location"] == recherche
    assert 'value="Saint-Germain"' in client.get(recherche).content.decode()
    chemin = f"/ma-demande/{brouillon}/etape/contacts"
    assert client.post(recherche, {"code": "17300"})["Location"] == f"{chemin}#c-personnes-1-commune"
    page = client.get(chemin).content.decode()
    assert ('value="La Rochelle (17000)"' in page, 'value="Roy"' in page, 'value="Petit"' in page) == (True, True, True)


def test_what_else_is_wrong_in_a_row_is_said_first(client: Client, brouillon: UUID) -> None:
    envoi = LOU | SAM | CLES | {"personnes.1.commune": "Saint-Germain", "personnes.0.telephone": "12"}
    page = gestes.fill(client, brouillon, "contacts", envoi).content.decode()
    assert ('id="c-personnes-0-telephone-erreur"' in page, 'id="c-personnes-1-commune-erreur"' in page) == (True, True)


def test_the_button_beside_a_commune_of_a_row_opens_its_search(client: Client, brouillon: UUID) -> None:
    gestes.fill(client, brouillon, "contacts", LOU | {"personnes.0.possedeCles": "oui"})
    envoi = LOU | {"personnes.0.possedeCles": "oui", "personnes.0.commune": "", "chercher": "personnes.0.commune"}
    assert gestes.fill(client, brouillon, "contacts", envoi)["Location"] == f"/ma-demande/{brouillon}/commune/personnes.0.commune"


@pytest.mark.parametrize(
    "nom", ["personnes.3.commune", "personnes.0.nom", "personnes.-1.commune", "personnes.0.commune.code", "personnes.x.commune"]
)
def test_no_other_row_takes_a_commune(client: Client, brouillon: UUID, nom: str) -> None:
    assert client.post(f"/ma-demande/{brouillon}/commune/{nom}", {"code": "17300"}).status_code == 404
