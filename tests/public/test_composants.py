"""The gallery of components: each has its page, its example holds, what is typed is judged by the server and kept nowhere."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from psl.langage import charger
from psl.langage.composants import COMPOSANTS
from psl.langage.preuves import check_texts, verify
from psl.portails.public.composants import exemples
from tests.theme.donnees import Page, read

SANS_VALEUR = {"piece_jointe", "information"}
DATES = {"rendez_vous"}  # its moments are those of the coming days: an example written once would be over
FAUX: dict[str, dict[str, Any]] = {
    "texte": {"parcelle": "trop"}, "texte_long": {"remarque": "é" * 501}, "nombre": {"personnes": "treize"},
    "montant": {"loyer": "-3"}, "date": {"arrivee.jour": "31", "arrivee.mois": "2", "arrivee.annee": "2024"},
    "date_partielle": {"naissance.jour": "3", "naissance.annee": "1942"}, "heure": {"depart": "25 h"},
    "rendez_vous": {"rencontre": "197001010900"}, "oui_non": {"proprietaire": "peut-être"},
    "choix": {"parcelleVoulue": "MOYENNE", "departementVoulu": "char"},
    "choix_multiple": {"usages": ["LEGUMES", "FRUITS", "FLEURS"]}, "recherche": {"ecole": "École"},
    "courriel": {"courriel": "camille"}, "telephone": {"telephone": "12"}, "adresse": {"domicile.est_france": "oui", "domicile.voie": "3"},
    "commune": {"commune": "zzzz"}, "departement": {"departement": "99"}, "region": {"region": "99"}, "epci": {"epci": "vallée"},
    "pays": {"paysNaissance": "1"}, "nationalite": {"nationalite": "1"}, "point": {"entree": "200, 3"}, "trace": {"parcours": "ici"},
    "nir": {"nir": "1"}, "numero_fiscal": {"numeroFiscal": "1"}, "siret": {"siret": "1"}, "siren": {"siren": "1"}, "rna": {"rna": "1"},
    "iban": {"iban": "FR1"}, "immatriculation": {"plaque": "1"}, "lien_teledossier": {"demandeInitiale": "A-1-ABCD1234"},
    "declaration_honneur": {}, "repetition": {"enfants.0.prenom": "a" * 300, "enfants.lignes": "1"},
}  # fmt: skip

pytestmark = pytest.mark.django_db


def get(client: Client, nom: str = "") -> str:
    reponse = client.get(f"/composants{nom and '/' + nom}", headers={"accept-language": "fr"})
    assert reponse.status_code == 200
    return reponse.content.decode()


def typed(page: Page) -> dict[str, Any]:
    """Return what the form of a page would send as it stands."""
    sent: dict[str, Any] = {}
    for control in page.all("input"):
        nom, genre, donne = control.attributs.get("name"), control.attributs.get("type", "text"), control.attributs
        if nom and genre in ("radio", "checkbox"):
            if "checked" in donne:
                sent.setdefault(nom, []).append(donne.get("value", "on"))
        elif nom and genre not in ("file", "submit"):
            sent[nom] = donne.get("value", "")
    return sent


def shown(html: str) -> list[str]:
    """Return what stands to be copied: JSON, XML and JSON Schema of each answer, then the YAML."""
    return [unescape(texte) for texte in re.findall(r'<pre class="psl-extrait"[^>]*><code>(.*?)</code></pre>', html, re.S)]


def test_every_component_stands_in_one_family_and_has_its_page(client: Client) -> None:
    placed = [nom for noms in exemples.FAMILLES.values() for nom in noms]
    assert (sorted(placed), sorted(exemples.every())) == (sorted(COMPOSANTS), sorted(COMPOSANTS))
    hrefs = [e.attributs["href"] for e in read(get(client)).all("a") if e.attributs["href"].startswith("/composants/")]
    assert hrefs == [f"/composants/{nom}" for nom in placed]


def test_a_component_unknown_is_said_so(client: Client) -> None:
    assert client.get("/composants/inconnu").status_code == 404


def test_the_gallery_is_a_demarche_without_fault() -> None:
    definition = charger.read_definition(exemples.GALERIE)
    assert (verify(definition), check_texts(definition)) == ([], [])


@pytest.mark.parametrize("nom", [*COMPOSANTS])
def test_the_page_of_a_component_says_all(client: Client, nom: str) -> None:
    html = get(client, nom)
    page, exemple = read(html), exemples.every()[nom]
    assert [e.texte for e in page.all("h1")] == [exemple.titre]
    assert {exemple.accepte, exemple.acces} <= {e.texte for e in page.all("dd")}
    assert shown(html)[-1] == exemple.yaml
    assert (exemple.yaml.startswith("- cle: "), f"type: {nom}" in exemple.yaml or nom == "repetition") == (True, True)
    assert {cle for cle, _ in exemple.reglages} == set(COMPOSANTS[nom].cles)
    assert (len(shown(html)) > 1) == (nom not in SANS_VALEUR | DATES)


@pytest.mark.parametrize("nom", [nom for nom in COMPOSANTS if nom not in SANS_VALEUR | DATES])
def test_the_example_sent_again_is_read_the_same(client: Client, nom: str) -> None:
    """What the page shows is what its form sends: lists and texts too, whose marks are read as a browser would."""
    html = get(client, nom)
    sent = typed(read(html))
    for champ, body in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        sent[champ] = next(iter(re.findall(r'<option value="([^"]*)" selected', body)), "")
    for champ, body in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.S):
        sent[champ] = body
    reponse = client.post(f"/composants/{nom}", sent, headers={"accept-language": "fr"})
    again = shown(reponse.content.decode())
    assert (reponse.status_code, again) == (200, shown(html))
    values = [json.loads(texte) for texte in again[:-1:3]]
    kept = exemples.every()[nom].reponses
    assert values == [kept[champ.cle] for champ in exemples.demarche().champs.values() if champ.page == nom and champ.cle in kept]
    assert [ElementTree.fromstring(f"<c>{texte}</c>").tag for texte in again[1:-1:3]] == ["c"] * len(values)


@pytest.mark.parametrize("nom", [nom for nom in COMPOSANTS if nom not in SANS_VALEUR | {"case"}])
def test_what_is_refused_is_said_and_stays_as_it_was_typed(client: Client, nom: str) -> None:
    reponse = client.post(f"/composants/{nom}", FAUX[nom], headers={"accept-language": "fr"})
    html = reponse.content.decode()
    assert (reponse.status_code, "fr-error-text" in html or "psl-erreur" in html) == (422, True)
    page = read(html)
    liens = [e.attributs["href"] for e in page.all("a") if e.attributs["href"].startswith("#c-")]
    assert [lien for lien in liens if not page.by_id(lien[1:])] == []
    if nom in ("texte", "nombre", "montant", "heure", "courriel", "telephone", "commune", "epci", "siret", "iban", "point", "recherche"):
        assert set(FAUX[nom].items()) <= set(typed(page).items())


def test_an_appointment_is_taken_among_those_offered(client: Client) -> None:
    offered = [e.attributs["value"] for e in read(get(client, "rendez_vous")).all("input") if e.attributs.get("name") == "rencontre"]
    reponse = client.post("/composants/rendez_vous", {"rencontre": offered[3]})
    assert (reponse.status_code, json.loads(shown(reponse.content.decode())[0])["code"]) == (200, offered[3])


def test_a_row_is_added_and_nothing_is_judged_yet(client: Client) -> None:
    donnees = {"enfants.0.prenom": "", "enfants.lignes": "1", "lignes": "enfants.ajouter"}
    reponse = client.post("/composants/repetition", donnees)
    page = read(reponse.content.decode())
    names = [e.attributs.get("name") for e in page.all("input")]
    assert (reponse.status_code, names.count("enfants.0.prenom"), names.count("enfants.1.prenom")) == (200, 1, 1)


def test_a_file_is_never_received(client: Client) -> None:
    html = client.get("/composants/piece_jointe").content.decode()
    assert ("multipart" in html, Path(exemples.GALERIE).name) == (False, "galerie")


def test_nothing_is_written(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/composants/texte")
    with django_assert_num_queries(0):
        client.post("/composants/texte", {"nom": "Martin"})
    assert client.post("/composants/texte", {"nom": "<b>x</b>"}).content.decode().count("<b>x") == 0
