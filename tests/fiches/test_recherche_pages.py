"""The page of answers and the suggestions, over the shipped fiches and the published catalogue."""

import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from psl.demarches import operations
from psl.demarches import queries as demarches
from psl.fiches import queries as fiches
from psl.fiches.recherche import courant
from psl.langage import charger
from psl.portails.public.recherche import EXTRAIT, extract, highlight
from tests.theme.donnees import Page, read

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AEC = "/mademarche/EtatCivil/demarche"


@pytest.fixture(autouse=True)
def _published(db: None) -> None:
    operations.publish(charger.load(Path(settings.CATALOGUE) / "acte-etat-civil"), now=NOW)
    demarches.forget()
    fiches.forget()
    courant.forget()


def get(client: Client, path: str, **headers: str) -> Page:
    response = client.get(path, headers={"accept-language": "fr", **headers})
    assert response.status_code == 200
    return read(response.content.decode())


def answers(page: Page) -> list[str]:
    contenu = [e.attributs["href"] for e in page.all("a")]
    return [href for href in contenu if "/vosdroits/" in href or href.startswith("/mademarche/")]


def search(client: Client, q: str, more: str = "", **headers: str) -> Page:
    return get(client, f"/recherche?q={quote(q)}{more}", **headers)


@pytest.mark.parametrize(
    ("q", "href"),
    [
        ("extrait de naissance", f"{AEC}?action=NAISSANCE"),
        ("acte naissanse", f"{AEC}?action=NAISSANCE"),
        ("certificat de mariaje", f"{AEC}?action=MARIAGE"),
        ("acte de deces", f"{AEC}?action=DECES"),
        ("birth certificate", f"{AEC}?action=NAISSANCE"),
        ("je déménage", "/mademarche/JeChangeDeCoordonnees/demarche"),
    ],
)
def test_everyday_words_lead_straight(client: Client, q: str, href: str) -> None:
    page = search(client, q)
    assert answers(page)[0] == href


@pytest.mark.parametrize("q", ["extrait de naissance", "acte naissanse"])
def test_the_demarche_is_the_first_link_of_the_page_itself(client: Client, q: str) -> None:
    html = client.get("/recherche", {"q": q}, headers={"accept-language": "fr"}).content.decode()
    inside = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert inside is not None
    assert read(inside[0]).all("a")[0].attributs["href"] == f"{AEC}?action=NAISSANCE"


@pytest.mark.parametrize(("q", "ident"), [("recencement", "R2054"), ("je déménage", "R11193"), ("carte grise", "N367"), ("permis", "N530")])
def test_the_service_is_among_the_first_three(client: Client, q: str, ident: str) -> None:
    first = answers(search(client, q))[:3]
    codes = {"R2054": "/mademarche/recensementCitoyen/demarche", "R11193": "/mademarche/JeChangeDeCoordonnees/demarche"}
    assert [href for href in first if href in {f"/particuliers/vosdroits/{ident}", codes.get(ident)}] != []


def test_a_service_that_is_a_demarche_here_is_not_twice(client: Client) -> None:
    assert "/particuliers/vosdroits/R1406" not in answers(search(client, "acte de naissance"))


def test_titles_are_in_the_language_of_the_reader(client: Client) -> None:
    page = search(client, "birth certificate", **{"accept-language": "en"})
    titles = {e.texte for e in page.all("a") if e.attributs["href"] == f"{AEC}?action=NAISSANCE"}
    assert titles == {{v: t for vue in demarches.listing(None, "en") for v, t in vue.actions}["NAISSANCE"]}


def test_a_correction_is_told_and_can_be_refused(client: Client) -> None:
    page = search(client, "recencement")
    assert next(e.texte for e in page.all("h2") if "«" in e.texte).endswith("«\xa0recensement\xa0»")
    assert [e.attributs["href"] for e in page.all("a") if e.texte.startswith("Chercher plutôt")] == ["/recherche?q=recencement&exact=1"]
    assert answers(get(client, "/recherche?q=recencement&exact=1")) == []


def test_filters_count_what_they_keep(client: Client) -> None:
    found = courant.search("permis")
    assert sum(found.genres.values()) == found.total
    for genre, nombre in found.genres.items():
        assert courant.search("permis", courant.Filtres(genre=genre)).total == nombre
    for audience, nombre in found.audiences.items():
        assert courant.search("permis", courant.Filtres(audience=audience)).total == nombre
    for theme, nombre in found.themes.items():
        assert courant.search("permis", courant.Filtres(theme=theme)).total == nombre


def test_a_filter_narrows_and_can_be_taken_away(client: Client) -> None:
    page = search(client, "permis", "&genre=dossiers")
    chosen = [e for e in page.all("a") if e.attributs.get("aria-current") == "true"]
    assert [e.attributs["href"] for e in chosen] == ["/recherche?q=permis"]
    assert {href.rpartition("/")[2][0] for href in answers(page)} == {"N"}


def test_pages_follow_one_another(client: Client) -> None:
    total = courant.search("demande").total
    assert total > 10
    seen: list[str] = []
    for page in range(1, -(-total // 10) + 1):
        seen += answers(search(client, "demande", f"&page={page}"))
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize("more", ["&page=x", "&page=-1", "&page=999999", "&genre=%00", "&audience=<b>", "&theme='", "&exact=2"])
def test_nonsense_parameters_make_a_page(client: Client, more: str) -> None:
    search(client, "permis", more)


@pytest.mark.parametrize(
    "q",
    ["x" * 10_000, "de " * 3_000, "permis " * 2_000, "<script>alert(1)</script>",
     "\x00", "a\x00b", "& | ! ( ) :*", "'; DROP TABLE x", "🙂" * 500]
)  # fmt: skip
def test_bad_queries_make_a_page_in_bounded_time(client: Client, q: str) -> None:
    courant.search("a")
    start = time.thread_time()
    response = client.get("/recherche", {"q": q})
    assert time.thread_time() - start < 0.5
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_no_answer_says_what_to_try(client: Client) -> None:
    page = search(client, "zzzzqqqq")
    assert [e.texte for e in page.all("p") if e.texte.startswith("Essayez")] != []
    assert answers(page) == []


def test_suggestions(client: Client) -> None:
    response = client.get("/suggestions?q=extrait de nais")
    first = json.loads(response.content)["suggestions"][0]
    assert first == {"texte": "Demander un acte de naissance", "precision": "Démarche en ligne", "url": f"{AEC}?action=NAISSANCE"}
    assert response.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("q", ["", "a", "\x00", "x" * 10_000, "<b>"])
def test_suggestions_of_nothing(client: Client, q: str) -> None:
    response = client.get("/suggestions", {"q": q})
    assert (response.status_code, json.loads(response.content)) == (200, {"suggestions": []})


def test_what_is_published_later_is_found() -> None:
    former = courant._courant.fresh()
    assert courant._courant.fresh() is former


def test_an_extract_shows_the_words_marked() -> None:
    racines = frozenset({"permi"})
    assert highlight("Le <b>permis</b> de chasse", racines) == "Le &lt;b&gt;<mark>permis</mark>&lt;/b&gt; de chasse"
    long = "mot " * 100 + "un permis ici " + "fin " * 100
    cut = extract(long, racines)
    assert "permis" in cut
    assert (cut[:2], cut[-2:]) == ("… ", " …")
    assert len(cut) <= EXTRAIT + 4
    assert extract("court", racines) == "court"
