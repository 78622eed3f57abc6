"""The pages of the content: found at the address of the real site, answered 304, led to from old ones, with their source."""

import re

import pytest
from django.test import Client

from psl.fiches import adresses
from psl.fiches.models import Fiche, Redirection
from psl.portails.public import gardees

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget() -> None:
    gardees.forget()


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "fr"})


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_fiche_shows_its_demarche_its_source_its_date_and_its_licence(client: Client) -> None:
    page = text(client, "/particuliers/vosdroits/F1427")
    main = page[page.index("<main") :]
    hrefs = re.findall(r"<a class=\"fr-btn fr-btn--lg\" href=\"([^\"]+)\"", main)
    assert [href.partition("&amp;contexte=")[0] for href in hrefs] == ["/mademarche/EtatCivil/demarche?action=NAISSANCE"]
    assert "Vérifié le mardi 26 novembre 2019" in main
    assert "Contenu à jour au jeudi 5 novembre 2020." in main
    assert "Licence Ouverte 2.0" in main


def test_every_kind_of_document_has_its_page(client: Client) -> None:
    rows = Fiche.objects.order_by("audience", "genre", "ident").distinct("audience", "genre").values_list("audience", "ident")
    statuses = {(audience, ident): client.get(adresses.here(audience, ident)).status_code for audience, ident in rows}
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize(
    "address",
    ["/particuliers", "/professionnels", "/associations", "/particuliers/comment-faire-si", "/particuliers/services",
     "/particuliers/services?theme=N19810", "/particuliers/services?lettre=D",
     "/particuliers/guidees/F34915", "/particuliers/guidees/F14128?r=1-0"],
)  # fmt: skip
def test_spaces_and_lists_have_their_pages(client: Client, address: str) -> None:
    assert "psl-provenance" in text(client, address)


def test_a_page_known_already_is_not_sent_again(client: Client) -> None:
    first = client.get("/particuliers/vosdroits/F1427")
    again = client.get("/particuliers/vosdroits/F1427", headers={"if-none-match": first.headers["ETag"]})
    other = client.get("/particuliers/vosdroits/F1427", headers={"if-none-match": first.headers["ETag"], "accept-language": "en"})
    assert (again.status_code, again.content, again.headers["ETag"], other.status_code) == (304, b"", first.headers["ETag"], 200)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/professionnels/vosdroits/F1427", "/particuliers/vosdroits/F1427"),
        ("/particuliers/vosdroits/f1427", "/particuliers/vosdroits/F1427"),
        ("/particuliers/vosdroits/F1427.xhtml", "/particuliers/vosdroits/F1427"),
        ("/particuliers/F1427.xhtml", "/particuliers/vosdroits/F1427"),
        ("/professionnels-entreprises/vosdroits/F33414", "/professionnels/vosdroits/F33414"),
        ("/vosdroits/F1119.xhtml", "/associations/vosdroits/F1119"),
        ("/vosdroits/F1427", "/particuliers/vosdroits/F1427"),
        ("/particuliers/vosdroits/F777777", "/particuliers/vosdroits/N359"),
    ],
)
def test_an_old_address_leads_to_the_one_of_today(client: Client, address: str, where: str) -> None:
    Redirection.objects.create(audience="particuliers", ident="F777777", cible="N359")
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (301, where)


@pytest.mark.parametrize(
    "address",
    ["/particuliers/vosdroits/F999999", "/particuliers/vosdroits/nimporte", "/vosdroits/F999999.xhtml", "/particuliers/guidees/F1427",
     "/particuliers/guidees/F34915?r=9", "/particuliers/guidees/F34915?r=<b>", "/particuliers/guidees/F999999"],
)  # fmt: skip
def test_what_does_not_exist_is_searched(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert 'action="/recherche"' in response.content.decode()


def test_a_guided_search_is_walked_without_script(client: Client) -> None:
    here = client.get("/particuliers/guidees/F34915?suite=1&choix=0")
    assert here.headers["Location"] == "/particuliers/guidees/F34915?r=0"
    last = client.get("/particuliers/guidees/F34915?r=0-0&suite=1&choix=0")
    assert last.headers["Location"] == "/particuliers/guidees/F34915?r=0-0-0"
    end = client.get(last.headers["Location"])
    assert end.headers["Location"] == "/particuliers/vosdroits/F1344?g=F34915-0-0-0"
    page = text(client, end.headers["Location"])
    assert "Vous avez un passeport valide" in page
    assert "Changer mes réponses" in page
    assert "Choisissez une réponse, puis continuez." in text(client, "/particuliers/guidees/F34915?suite=1")


def test_answers_that_are_none_change_nothing(client: Client) -> None:
    plain = text(client, "/particuliers/vosdroits/F1344")
    assert text(client, "/particuliers/vosdroits/F1344?g=F34915-9-9") == plain
    assert text(client, "/particuliers/vosdroits/F1344?g=<script>") == plain


def test_every_document_that_names_our_demarche_is_two_clicks_from_it_at_most(client: Client) -> None:
    pages = Fiche.objects.filter(arbre__icontains="psl.service-public.fr/mademarche/EtatCivil").values_list("audience", "ident")
    far = [ident for audience, ident in pages if "/mademarche/EtatCivil/demarche" not in text(client, adresses.here(audience, ident))]
    assert far == []
    assert len(pages) >= 5
