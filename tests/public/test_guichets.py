"""The nearest office: by commune, from a fiche and back, with its hours and its map; a place is never in an address."""

from datetime import UTC, datetime, time

import pytest
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from psl.annuaire.guichets import horaires
from psl.annuaire.guichets.horaires import Ouverture, Plage
from psl.portails.public.contenu.guichets import say
from psl.socle import ports

SEMAINE = horaires.read([["lundi", "vendredi", [["09:00", "12:00"], ["14:00", "17:30"]]]])


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "fr"})


def page(client: Client, address: str) -> html.HtmlElement:
    response = client.get(address)
    assert response.status_code == 200
    return html.document_fromstring(response.content.decode())


@pytest.mark.django_db
def test_the_town_hall_of_a_commune_is_found_with_its_hours_and_its_map(client: Client) -> None:
    read = page(client, "/guichets/mairie?fiche=particuliers-F1427&commune=17300")
    assert [h.text_content() for h in read.xpath("//main//h3")] == ["Mairie – La Rochelle"]
    assert read.xpath("//li[@class='psl-guichet']/p[2]")[0].text_content() == "3 place de l'Hôtel-de-Ville17000 La Rochelle"
    assert read.xpath("//dl[@class='psl-guichet__horaires']/div")[0].text_content() == "Lundide 8 h 30 à 17 h 30"
    assert len(read.xpath("//main//figure//*[local-name()='circle']")) == 1
    assert read.xpath("//p[@class='psl-guichets__retour']/a/@href") == ["/particuliers/vosdroits/F1427?commune=17300"]


@pytest.mark.django_db
def test_a_fiche_leads_to_the_office_and_the_office_back_with_the_answers(client: Client) -> None:
    fiche = page(client, "/particuliers/vosdroits/F1427")
    assert fiche.xpath("//main//a[starts-with(@href, '/guichets/')]/@href")[0] == "/guichets/mairie?fiche=particuliers-F1427"
    there = page(client, "/guichets/mairie?fiche=particuliers-F14128&g=F14128-1-1&commune=17299")
    assert there.xpath("//p[@class='psl-guichets__retour']/a/@href") == ["/particuliers/vosdroits/F14128?g=F14128-1-1&commune=17299"]


@pytest.mark.django_db
def test_other_offices_are_examples_in_real_towns(client: Client) -> None:
    read = page(client, "/guichets/sous_pref?commune=17299")
    names = [h.text_content() for h in read.xpath("//main//h3")]
    assert names[0] == "Sous-préfecture – Rochefort"
    assert len(names) == 3
    assert len(read.xpath("//p[@class='psl-note']")) == 1


@pytest.mark.django_db
def test_a_commune_typed_without_script_is_chosen_in_a_list(client: Client) -> None:
    alone = page(client, "/guichets/mairie?commune=17000&commune.code=")
    assert [h.text_content() for h in alone.xpath("//main//h3")] == ["Mairie – La Rochelle"]
    many = page(client, "/guichets/mairie?commune=sainte-colombe&g=F1-0").xpath("//ul[@class='psl-guichets__communes']//a/@href")
    assert (len(many), {href.split("commune=")[0] for href in many}) == (12, {"/guichets/mairie?g=F1-0&"})
    none = page(client, "/guichets/mairie?commune=zzzzzzzz")
    assert "Aucune commune ne s'appelle" in none.xpath("//main")[0].text_content()


@pytest.mark.django_db
def test_a_place_becomes_a_commune_and_stays_in_no_address(client: Client) -> None:
    answer = client.post("/guichets/mairie/autour", {"lon": "-1.15", "lat": "46.16", "fiche": "particuliers-F1427"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/guichets/mairie?fiche=particuliers-F1427&commune=17300")
    for lon, lat in (("nan", "46"), ("inf", "1"), ("", ""), ("-40", "30"), ("1e999", "x")):
        assert client.post("/guichets/mairie/autour", {"lon": lon, "lat": lat}).headers["Location"] == "/guichets/mairie"


@pytest.mark.django_db
def test_only_this_page_may_ask_where_the_reader_is(client: Client) -> None:
    policies = [client.get(address).headers["Permissions-Policy"] for address in ("/guichets/mairie", "/aide")]
    assert ["geolocation=(self)" in policy for policy in policies] == [True, False]
    assert client.get("/guichets/inconnu").status_code == 404


@pytest.mark.django_db
def test_a_directory_that_is_down_is_said_and_town_halls_go_on(client: Client) -> None:
    with override_settings(GUICHETS="psl.connecteurs.guichets.en_panne.GuichetsEnPanne"):
        ports.forget()
        down = page(client, "/guichets/caf?commune=17300").xpath("//div[contains(@class, 'fr-alert--warning')]")
        still = page(client, "/guichets/mairie?commune=17300").xpath("//main//h3")
    ports.forget()
    assert (len(down), len(still)) == (1, 1)


@pytest.mark.parametrize(
    ("moment", "dit"),
    [
        (datetime(2026, 11, 23, 12, 30, tzinfo=UTC), "Fermé. Ouvre à 14 h"),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "Ouvert, jusqu'à 12 h"),
        (datetime(2026, 11, 23, 18, 0, tzinfo=UTC), "Fermé. Ouvre demain à 9 h"),
        (datetime(2026, 11, 27, 18, 0, tzinfo=UTC), "Fermé. Ouvre lundi à 9 h"),
        (datetime(2026, 11, 11, 10, 0, tzinfo=UTC), "Fermé aujourd'hui : jour férié (armistice de 1918). Ouvre demain à 9 h"),
    ],
)
def test_hours_are_said_as_one_would(moment: datetime, dit: str) -> None:
    local = moment.astimezone(horaires.ZoneInfo("Europe/Paris"))
    opened = horaires.opening(SEMAINE, moment)
    told = say(opened, local if opened and opened.jusqu_a else moment.astimezone(horaires.ZoneInfo("Europe/Paris")), "fr")
    assert told.replace("\u202f", " ").replace("\xa0", " ") == dit.replace("\xa0", " ")


def test_an_office_keeps_the_hours_of_its_own_island() -> None:
    at_nine = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
    assert horaires.opening(SEMAINE, at_nine, "974") == Ouverture(est_ouvert=True, jusqu_a=time(12))
    assert horaires.opening(SEMAINE, datetime(2026, 12, 21, 5, 30, tzinfo=UTC), "974") == Ouverture(est_ouvert=True, jusqu_a=time(12))


@pytest.mark.parametrize(
    ("jour", "departement", "nom"),
    [((2026, 4, 6), "", "lundi de Pâques"), ((2026, 5, 14), "", "Ascension"), ((2026, 5, 25), "", "lundi de Pentecôte"),
     ((2026, 4, 3), "67", "Vendredi saint"), ((2026, 4, 3), "75", ""), ((2026, 12, 20), "974", "abolition de l'esclavage"),
     ((2027, 3, 29), "", "lundi de Pâques"), ((2026, 12, 26), "57", "Saint-Étienne")],
)  # fmt: skip
def test_holidays(jour: tuple[int, int, int], departement: str, nom: str) -> None:
    assert horaires.holiday(datetime(*jour, tzinfo=UTC).date(), departement) == nom


@given(st.datetimes(timezones=st.just(UTC)), st.lists(st.tuples(st.integers(0, 6), st.times(), st.times()), max_size=6))
def test_what_comes_next_is_later_and_an_opening_hour(now: datetime, slots: list[tuple[int, time, time]]) -> None:
    plages = [Plage(*slot) for slot in slots if slot[1] < slot[2]]
    if not 1 < now.year < 9998:
        return
    opened = horaires.opening(plages, now)
    assert (opened is None) == (not plages)
    if opened and opened.prochaine:
        assert opened.prochaine > now
        assert (opened.prochaine.weekday(), opened.prochaine.time()) in {(plage.jour, plage.debut) for plage in plages}
