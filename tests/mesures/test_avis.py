"""« Cette page vous a-t-elle aidé ? »: counted by page and day, nothing of who said it, from pages that exist and from no other site."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from psl.mesures.models import Avis
from psl.mesures.operations import PAR_HEURE, count_opinion
from psl.mesures.queries import PageJugee, opinions
from psl.portails.public import gardees
from psl.portails.public.avis import judged
from psl.socle import clock
from psl.socle.errors import Refus

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Paris
FICHE = "/particuliers/vosdroits/F1427"
DEPART = "/mademarche/EtatCivil/demarche"


@pytest.fixture
def client() -> Client:
    gardees.forget()
    return Client(headers={"accept-language": "fr"}, enforce_csrf_checks=True)


def counted() -> list[tuple[str, int, int]]:
    return list(Avis.objects.order_by("page").values_list("page", "oui", "non"))


def test_words_are_counted_by_page_and_day_and_nothing_else_is_kept() -> None:
    for est_utile in (True, False, True):
        count_opinion(FICHE, est_utile=est_utile, ip="192.0.2.1", now=NOW)
    count_opinion(FICHE, est_utile=False, ip="192.0.2.1", now=NOW + timedelta(days=1))
    assert list(Avis.objects.order_by("jour_on").values("page", "jour_on", "oui", "non")) == [
        {"page": FICHE, "jour_on": date(2026, 11, 24), "oui": 2, "non": 1},
        {"page": FICHE, "jour_on": date(2026, 11, 25), "oui": 0, "non": 1},
    ]
    assert {field.name for field in Avis._meta.get_fields()} == {"id", "page", "jour_on", "oui", "non"}


def test_the_same_address_is_limited() -> None:
    for _ in range(PAR_HEURE):
        count_opinion(FICHE, est_utile=True, ip="192.0.2.7", now=NOW)
    with pytest.raises(Refus) as refus:
        count_opinion(FICHE, est_utile=True, ip="192.0.2.7", now=NOW)
    assert (refus.value.code, counted()) == ("trop-de-tentatives", [(FICHE, PAR_HEURE, 0)])


def test_the_pages_that_help_least_come_first() -> None:
    for page, oui, non in ((FICHE, 5, 6), (DEPART, 0, 3), ("/recherche", 9, 0)):
        Avis.objects.create(page=page, jour_on=date(2026, 11, 24), oui=oui, non=non)
    Avis.objects.create(page=FICHE, jour_on=date(2026, 1, 1), oui=0, non=90)
    assert opinions(date(2026, 11, 1)) == [PageJugee(DEPART, 0, 3), PageJugee(FICHE, 5, 6)]


@pytest.mark.parametrize("page", [FICHE, DEPART, f"{DEPART}?action=NAISSANCE", "/recherche?q=extrait+de+naissance"])
def test_a_reader_is_thanked_and_led_back(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    assert html.count('action="/avis"') == 1
    assert f'name="page" value="{page}"' in html
    told = client.post("/avis", {"page": page, "reponse": "oui"}, headers={"origin": "http://testserver", "sec-fetch-site": "same-origin"})
    merci = client.get(told.headers["Location"])
    assert (told.status_code, merci.status_code) == (302, 200)
    assert f'href="{page}"' in merci.content.decode()
    assert counted() == [(page.partition("?")[0], 1, 0)]


def test_a_kept_page_needs_no_token_and_sets_no_cookie(client: Client) -> None:
    first, second = client.get(FICHE), client.get(FICHE, headers={"accept-encoding": "gzip"})
    assert (first.headers["ETag"], "csrf" in first.content.decode(), dict(first.cookies)) == (second.headers["ETag"], False, {})
    assert client.post("/avis", {"page": FICHE, "reponse": "non"}).status_code == 302  # a text browser says nothing of where it stands
    assert counted() == [(FICHE, 0, 1)]


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://ailleurs.example.org"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
def test_another_site_counts_nothing(client: Client, headers: dict[str, str]) -> None:
    assert client.post("/avis", {"page": FICHE, "reponse": "oui"}, headers=headers).status_code == 403
    assert counted() == []


@pytest.mark.parametrize(
    ("page", "reponse", "statut"),
    [
        ("/particuliers/vosdroits/F999999999", "oui", 404),
        ("/mademarche/Inconnue/demarche", "oui", 404),
        ("https://ailleurs.example.org/recherche", "oui", 404),
        ("//ailleurs.example.org/recherche", "oui", 404),
        ("/\\ailleurs.example.org/recherche", "oui", 404),
        ("/recherche\x00", "oui", 404),
        ("//[", "oui", 404),
        ("", "oui", 404),
        (FICHE, "peut-être", 422),
        (FICHE, "", 422),
    ],
)
def test_nonsense_is_refused_and_counts_nothing(client: Client, page: str, reponse: str, statut: int) -> None:
    assert client.post("/avis", {"page": page, "reponse": reponse}).status_code == statut
    assert counted() == []


def test_what_was_looked_for_is_never_kept() -> None:
    assert judged("/recherche?q=mon+nom+est+Durand") == "/recherche"


def test_the_hour_is_the_clock_s(client: Client) -> None:
    client.post("/avis", {"page": FICHE, "reponse": "oui"})
    assert Avis.objects.get().jour_on == clock.local_date(clock.now())
