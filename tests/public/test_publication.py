"""What is published beside the pages: sitemap, robots, feeds, fiches in another site."""

import json
import re

import pytest
from django.conf import settings
from django.test import Client
from lxml import etree
from lxml.html import document_fromstring

from psl.fiches.models import Fiche

pytestmark = pytest.mark.django_db
ESPACES = ("particuliers", "professionnels", "associations")


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "fr"})


def read(client: Client, path: str) -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def places(found: etree._Element) -> list[str]:
    return [str(place.text).removeprefix("http://127.0.0.1:8000") for place in found.iter("{*}loc")]


def test_the_sitemap_names_every_document_once(client: Client) -> None:
    assert places(read(client, "/sitemap.xml")) == ["/plan-services.xml", *(f"/plan-{espace}.xml" for espace in ESPACES)]
    named = [place for espace in ESPACES for place in places(read(client, f"/plan-{espace}.xml"))]
    assert (len(named), len(set(named))) == (Fiche.objects.count(), Fiche.objects.count())
    assert "/mademarche/EtatCivil/demarche" in places(read(client, "/plan-services.xml"))


def test_robots_are_led_to_the_sitemap_and_kept_out_of_dossiers(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert [line for line in lines if "Sitemap" in line] == ["Sitemap: http://127.0.0.1:8000/sitemap.xml"]
    assert "Disallow: /agent/" in lines


@pytest.mark.parametrize("path", ["/flux.xml", "/associations/flux.xml"])
def test_updates_are_a_feed_newest_first(client: Client, path: str) -> None:
    days = [str(day.text) for day in read(client, path).iterfind("{*}entry/{*}updated")]
    assert days == sorted(days, reverse=True)
    assert 40 < len(days) <= 50


def test_a_fragment_has_the_town_hall_the_demarche_and_the_source_and_nothing_that_runs(client: Client) -> None:
    response = client.get("/comarquage/particuliers/F1427.html?commune=17299&liens=/vos-demarches/")
    html = response.content.decode()
    assert ("Mairie – Rochefort" in html, "Licence Ouverte" in html, "<script" in html, "<style" in html) == (True, True, False, False)
    hrefs = re.findall(r'href="(/[^"]*)"', html)
    assert [href for href in hrefs if not re.fullmatch(r"/vos-demarches/[a-z]+/[FNR]\d+", href)] == []
    assert "http://127.0.0.1:8000/mademarche/EtatCivil/demarche?action=NAISSANCE" in html
    assert (response.headers["Access-Control-Allow-Origin"], response.cookies.output()) == ("*", "")


def test_data_is_the_same_and_is_not_sent_again(client: Client) -> None:
    first = client.get("/comarquage/particuliers/F1427.json?commune=17299")
    data = json.loads(first.content)
    assert (data["ident"], data["mairie"]["nom"], data["source"]["licence"]) == ("F1427", "Mairie – Rochefort", "Licence Ouverte 2.0")
    again = client.get("/comarquage/particuliers/F1427.json?commune=17299", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("query", ["commune=zzzzz", "commune=17299'--", "liens=//evil.example/", 'liens=/"><script>/', "liens=javascript:"])
def test_bad_parameters_are_left_aside(client: Client, query: str) -> None:
    html = client.get(f"/comarquage/particuliers/F1427.html?{query}").content.decode()
    assert ("evil" in html, "<script" in html, re.findall(r'href="(/[^"]*)"', html)) == (False, False, [])


def test_other_methods_and_documents_are_refused(client: Client) -> None:
    assert client.post("/comarquage/particuliers/F1427.json").status_code == 405
    assert client.get("/comarquage/particuliers/F9999999.json").status_code == 404
    assert client.get("/comarquage/inconnus/F1427.json").status_code == 404
    assert "Mairie – Rochefort" in client.get("/comarquage/exemple").content.decode()


@pytest.mark.parametrize(
    ("path", "feeds"),
    [
        ("/particuliers/vosdroits/F1427", ["/particuliers/flux.xml", "/flux.xml"]),
        ("/associations", ["/associations/flux.xml", "/flux.xml"]),
    ],
)
def test_the_pages_of_the_content_name_their_feeds(client: Client, path: str, feeds: list[str]) -> None:
    page = document_fromstring(client.get(path).content.decode())
    assert page.xpath("//head/link[@type='application/atom+xml' and @rel='alternate']/@href") == feeds
    assert [client.get(feed).headers["Content-Type"] for feed in feeds] == ["application/atom+xml; charset=utf-8"] * 2


def test_the_help_leads_to_the_example_of_another_site(client: Client) -> None:
    page = document_fromstring(client.get("/aide").content.decode())
    assert page.xpath("//main//a[starts-with(@href, '/comarquage')]/@href") == ["/comarquage/exemple"]
    assert client.get("/comarquage/exemple").status_code == 200


@pytest.mark.parametrize("path", ["/particuliers/vosdroits/F1427", "/particuliers", "/recherche?q=passeport", "/donnees-personnelles"])
def test_reading_leaves_no_cookie(client: Client, path: str) -> None:
    assert client.get(path).cookies.output() == ""


def test_the_cookies_are_those_that_the_legal_page_names() -> None:
    """Each is strictly necessary: a demand kept open, a form protected, a language, an agent's session."""
    modules = (settings.RACINE / "psl").rglob("*.py")
    setting = sorted(path.relative_to(settings.RACINE).as_posix() for path in modules if "set_cookie(" in path.read_text("utf-8"))
    assert setting == [
        "psl/portails/agent/sans_compte.py",
        "psl/portails/agent/session.py",
        "psl/portails/public/views.py",
        "psl/portails/usager/session.py",
        "psl/portails/usager/suivi.py",
    ]
