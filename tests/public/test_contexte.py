"""From a fiche to a démarche with what is known: shown, corrected, handed over by a signed address; a bad one is quietly ignored."""

from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from psl.demarches import queries as demarches
from psl.saisie import transmis
from psl.saisie.transmis import Transmis
from psl.socle import clock

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
FICHE = Transmis("EtatCivil", "particuliers", "F1427", cas="Vous êtes français")
PERDU = "Ce que vous aviez choisi avant n&#x27;a pas été repris"


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "fr"})


def page(client: Client, address: str) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


def said(read: html.HtmlElement) -> list[str]:
    return [item.text_content().strip() for item in read.xpath("//aside[@aria-labelledby='deja-dit']//li")]


def start(client: Client, read: html.HtmlElement) -> str:
    form = read.xpath("//form[contains(@action, '/commencer')]")[0]
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    return client.post(form.get("action"), fields).headers["Location"]


def button(read: html.HtmlElement) -> str:
    return str(read.xpath("//div[@class='psl-demarche']//a[contains(@class, 'fr-btn--lg')]/@href")[0])


def test_a_fiche_leads_to_its_demarche_and_back_without_loss(client: Client) -> None:
    fiche = page(client, "/particuliers/vosdroits/F1427")
    depart = page(client, button(fiche))
    assert depart.xpath("//h1")[0].text_content() == "Demander un acte de naissance"
    etape = start(client, depart)
    ici = page(client, etape)
    retour = ici.xpath("//aside[@aria-labelledby='deja-dit']//a/@href")
    assert retour == ["/particuliers/vosdroits/F1427"]
    page(client, retour[0])
    assert page(client, etape).xpath("//input[@name='action'][@checked]/@value") == ["NAISSANCE"]


def test_a_move_is_declared_with_the_commune_already_known(client: Client) -> None:
    asked = page(client, "/particuliers/vosdroits/F14128").xpath("//form[@class='psl-guichets__choix']")[0]
    assert (asked.get("action"), asked.xpath(".//input/@name")) == ("/particuliers/vosdroits/F14128", ["commune", "commune.code"])
    fiche = page(client, "/particuliers/vosdroits/F14128?commune=Rochefort&commune.code=17299")
    hrefs = [href for href in fiche.xpath("//main//a/@href") if href.startswith("/mademarche/JeChangeDeCoordonnees/")]
    depart = page(client, hrefs[0])
    assert said(depart)[-1] == "Rochefort"
    assert depart.xpath("//form//input[@name='commune']") == []  # it travels signed, never in clear
    start(client, depart)


def test_the_answers_of_a_guided_search_go_on(client: Client) -> None:
    code = "F14128-1-1"
    fiche = page(client, f"/particuliers/vosdroits/F14128?g={code}")
    shown = [item.text_content() for item in fiche.xpath("//aside[@class='psl-reponses']//li")]
    href = next(href for href in fiche.xpath("//main//a/@href") if href.startswith("/mademarche/JeChangeDeCoordonnees/"))
    assert shown != []
    assert said(page(client, href))[: len(shown)] == shown
    assert page(client, href).xpath("//aside[@aria-labelledby='deja-dit']//a/@href")[0] == f"/particuliers/vosdroits/F14128?g={code}"


def test_what_was_said_may_be_left_aside(client: Client) -> None:
    jeton = transmis.write(FICHE, now=clock.now())
    depart = page(client, f"/mademarche/EtatCivil/demarche?action=NAISSANCE&contexte={jeton}")
    assert said(depart) == ["Vous êtes français"]
    sans = page(client, depart.xpath("//aside[@aria-labelledby='deja-dit']//a/@href")[1])
    assert (said(sans), sans.xpath("//input[@name='contexte']")) == ([], [])


def forged() -> dict[str, str]:
    now = clock.now()
    good = transmis.write(FICHE, now=now)
    return {
        "vide": "",
        "altéré": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "périmé": transmis.write(FICHE, now=now - 2 * transmis.PERIODE),
        "d'une autre démarche": transmis.write(Transmis("recensementCitoyen", "particuliers", "F870"), now=now),
        "d'une fiche disparue": transmis.write(Transmis("EtatCivil", "particuliers", "F99999999"), now=now),
        "trop long": "a" * 10_000,
        "script": "<script>alert(1)</script>",
        "nul": "\x00",
    }


@pytest.mark.parametrize("sorte", forged())
def test_a_bad_parameter_is_ignored_with_a_quiet_sentence(client: Client, sorte: str) -> None:
    response = client.get("/mademarche/EtatCivil/demarche", {"action": "DECES", "contexte": forged()[sorte]})
    body = response.content.decode()
    assert (response.status_code, body.count(PERDU), body.count("<script>alert"), "deja-dit" in body) == (200, 1, 0, False)
    assert client.post("/mademarche/EtatCivil/commencer", {"contexte": forged()[sorte]}).status_code == 302


@given(jeton=st.text(max_size=80))
def test_no_text_is_read_as_a_parameter(jeton: str) -> None:
    assert transmis.read(jeton, demarches.by_code("EtatCivil"), now=NOW) is None


@pytest.mark.parametrize(("heures", "lu"), [(0, True), (5, True), (12, False), (48, False)])
def test_a_parameter_is_short_lived(heures: int, lu: bool) -> None:
    jeton = transmis.write(FICHE, now=NOW)
    found = transmis.read(jeton, demarches.by_code("EtatCivil"), now=NOW + timedelta(hours=heures))
    assert found == (FICHE if lu else None)


def test_only_declared_keys_travel() -> None:
    jeton = transmis.write(Transmis("EtatCivil", "particuliers", "F1427", commune="17300"), now=NOW)
    found = transmis.read(jeton, demarches.by_code("EtatCivil"), now=NOW)
    assert found is not None
    assert (found.commune, transmis.entries(found, demarches.by_code("EtatCivil"))) == ("", {})


def test_nothing_of_the_reader_is_in_clear_in_an_address(client: Client) -> None:
    hrefs = [unescape(str(href)) for href in page(client, "/particuliers/vosdroits/F1427").xpath("//main//a/@href")]
    ours = [parse_qs(urlsplit(href).query) for href in hrefs if href.startswith("/mademarche/")]
    assert {frozenset(query) for query in ours} == {frozenset({"action", "contexte"})}
