"""What anybody reads: home, search, start of the civil status request, legal pages, the choice of a language."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from psl.demarches import operations
from psl.demarches import queries as demarches
from psl.langage import charger
from psl.portails.public import accueil
from psl.portails.public.views import TEXTES
from tests.theme.donnees import Page, read

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AEC = "/mademarche/EtatCivil/demarche"


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    operations.publish(charger.load(Path(settings.CATALOGUE) / "acte-etat-civil"), now=NOW)
    demarches.forget()


def get(client: Client, path: str, status: int = 200, **headers: str) -> Page:
    response = client.get(path, headers={"accept-language": "fr", **headers})
    assert response.status_code == status
    return read(response.content.decode())


def links(page: Page) -> dict[str, str]:
    return {e.texte: e.attributs["href"] for e in page.all("a")}


def test_the_home_page_leads_everywhere(client: Client) -> None:
    page = get(client, "/")
    assert [e.texte for e in page.all("h2")] == [
        "Vous avez déjà envoyé une demande ?", "Vous êtes", "Les démarches les plus utilisées", "Comment faire si…", "Actualités",
    ]  # fmt: skip
    assert [e.attributs["href"] for e in page.all("a") if e.texte in {"Particuliers", "Professionnels", "Associations"}] == [
        "/particuliers", "/professionnels", "/associations",
    ]  # fmt: skip
    assert links(page)["Demander un acte d'état civil"] == AEC
    assert links(page)["Demander un acte de mariage"] == f"{AEC}?action=MARIAGE"
    assert links(page)["Je déménage"] == "/particuliers/vosdroits/F14128"
    assert links(page)["Suivre une demande"] == "/suivi"
    assert page.by_id("recherche").attributs["type"] == "search"
    assert len(page.all("h1")) == 1


def test_the_demarches_most_used_come_first() -> None:
    listing = demarches.listing()
    assert accueil.most_used(listing)[0].code == "EtatCivil"
    assert {vue.code for vue in accueil.most_used(listing)} == {vue.code for vue in listing}


def test_pages_for_passers_by_set_no_cookie_and_forbid_storing(client: Client) -> None:
    response = client.get("/")
    assert dict(response.cookies) == {}
    assert response.headers["Cache-Control"] == "no-store"


def test_an_audience_lists_its_demarches(client: Client) -> None:
    assert links(get(client, "/demarches/particulier"))["Demander un acte d'état civil"] == AEC
    assert "Demander un acte d'état civil" not in links(get(client, "/demarches/association"))
    get(client, "/demarches/extraterrestre", status=404)


@pytest.mark.parametrize("q", ["extrait de naissance", "acte naissanse", "certificat de naissance"])
def test_everyday_words_find_the_demarche(client: Client, q: str) -> None:
    page = get(client, f"/recherche?q={q}")
    first = next(e for e in page.all("a") if e.attributs["href"].startswith("/mademarche/"))
    assert first.attributs["href"] == f"{AEC}?action=NAISSANCE"
    assert page.by_id("recherche").attributs["value"] == q


def test_a_search_without_answer_says_what_to_try(client: Client) -> None:
    page = get(client, '/recherche?q="><script>')
    assert page.by_id("recherche").attributs["value"] == '"><script>'
    assert [e.texte for e in page.all("p") if e.texte.startswith("Essayez")] != []
    get(client, "/recherche")


def test_the_start_page_says_everything_before_the_start(client: Client) -> None:
    page = get(client, f"{AEC}?action=NAISSANCE&autre=1&action2=x")
    assert [e.texte for e in page.all("h1")] == ["Demander un acte de naissance"]
    assert [e.texte for e in page.all("h2")] == [
        "Qui peut faire cette démarche ?",
        "À préparer avant de commencer",
        "Qui répond, et quand ?",
        "Ce que deviennent vos données",
        "Faire sans ordinateur",
    ]
    forms = [e for e in page.all("form") if e.attributs["action"] == "/mademarche/EtatCivil/commencer"]
    assert [form.attributs["method"] for form in forms] == ["post", "post"]
    sent = {e.attributs["name"]: e.attributs["value"] for e in page.all("input") if e.attributs.get("type") == "hidden"}
    assert (sent["action"], "autre" in sent) == ("NAISSANCE", False)
    assert len([e for e in page.all("p") if e.texte == "À confirmer"]) == 2


def test_an_entry_address_that_says_nonsense_starts_all_the_same(client: Client) -> None:
    page = get(client, f'{AEC}?action="><script>')
    assert [e.texte for e in page.all("h1")] == ["Demander un acte d'état civil"]
    get(client, "/mademarche/Inconnue/demarche", status=404)


@pytest.mark.parametrize("page", TEXTES)
def test_each_legal_page_has_one_title(client: Client, page: str) -> None:
    assert len(get(client, f"/{page}").all("h1")) == 1


def test_the_footer_says_the_conformity_on_every_page(client: Client) -> None:
    assert links(get(client, "/"))["Accessibilité : non conforme"] == "/accessibilite"


@pytest.mark.parametrize(
    ("suite", "target"),
    [
        ("/aide", "/aide"),
        ("/?q=a&b=c", "/?q=a&b=c"),
        ("https://mechant.example/", "/"),
        ("//mechant.example", "/"),
        ("/\\mechant", "/"),
        ("", "/"),
    ],
)
def test_a_language_is_kept_and_never_leads_away(client: Client, suite: str, target: str) -> None:
    response = client.post("/langue", {"langue": "en", "suite": suite})
    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert client.cookies["langue"].value == "en"
    assert [e.attributs["lang"] for e in get(client, "/").all("html")] == ["en"]


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post("/langue", {"langue": "tlh", "suite": "/"})
    assert "langue" not in client.cookies
    assert client.get("/langue").status_code == 405


def test_communes_answer_the_combobox(client: Client) -> None:
    response = client.get("/communes?q=zzzz")
    assert (response.status_code, json.loads(response.content)) == (200, {"communes": []})
    assert response.headers["Cache-Control"] == "private, max-age=3600"


def test_an_unknown_page_offers_the_search(client: Client) -> None:
    assert get(client, "/nulle-part", status=404).by_id("recherche").tag == "input"
