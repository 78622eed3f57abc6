"""The pages that let an agent in and out."""

import pytest
from django.test import Client

from psl.annuaire.models import SessionAgent
from psl.annuaire.operations.agents import withdraw
from psl.socle import clock
from tests.annuaire.agents import COURRIEL, MOT_DE_PASSE, UnAgent
from tests.theme.donnees import Page, read


def post(client: Client, path: str, status: int = 302, **fields: str) -> str:
    response = client.post(f"/agent/{path}", fields)
    assert response.status_code == status
    return response.headers.get("Location", "")


def page(client: Client, path: str, status: int = 200) -> Page:
    response = client.get(f"/agent/{path}")
    assert response.status_code == status
    return read(response.content.decode())


def come_in(client: Client, agent: UnAgent, suite: str = "") -> str:
    post(client, "connexion", courriel=COURRIEL, mot_de_passe=MOT_DE_PASSE, suite=suite)
    return post(client, "verification", code=agent.code(clock.now()), suite=suite)


def test_password_then_code(client: Client, agent: UnAgent) -> None:
    assert [e.texte for e in page(client, "connexion").all("h1")] == ["Se connecter à l'espace agent"]
    assert post(client, "connexion", courriel=COURRIEL, mot_de_passe=MOT_DE_PASSE) == "/agent/verification?suite=%2Fagent%2F"
    before = client.cookies["agent"].value
    assert page(client, "compte", 302)
    assert post(client, "verification", code=agent.code(clock.now())) == "/agent/"
    cookie = client.cookies["agent"]
    assert cookie.value != before
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/", "")
    assert [e.texte for e in page(client, "compte").all("h1")] == ["Mon compte"]


def test_the_cookie_is_secure_under_https(client: Client, agent: UnAgent, settings: pytest.FixtureRequest) -> None:
    settings.EST_HTTPS = True
    post(client, "connexion", courriel=COURRIEL, mot_de_passe=MOT_DE_PASSE)
    assert client.cookies["agent"]["secure"] is True


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/agent/sessions", "/agent/sessions"),
        ("https://ailleurs.example.org/agent/", "/agent/"),
        ("//ailleurs.example.org/agent/", "/agent/"),
        ("/agent/\\\\ailleurs.example.org", "/agent/%5C%5Cailleurs.example.org"),
        ("/suivi", "/agent/"),
        ("javascript:alert(1)", "/agent/"),
    ],
)
def test_one_goes_on_where_one_was_going_within_the_portal(client: Client, agent: UnAgent, wanted: str, given: str) -> None:
    assert come_in(client, agent, wanted) == given


def test_a_page_asked_before_logging_in_is_kept(client: Client, db: None) -> None:
    response = client.get("/agent/sessions?a=1")
    assert response.headers["Location"] == "/agent/connexion?suite=%2Fagent%2Fsessions%3Fa%3D1"


def test_a_wrong_password_says_so_and_keeps_the_address(client: Client, agent: UnAgent) -> None:
    response = client.post("/agent/connexion", {"courriel": "<b>@x", "mot_de_passe": "faux"})
    assert response.status_code == 422
    html = read(response.content.decode())
    assert [e.attributs["href"] for e in html.all("a") if "ne convient pas" in e.texte] == ["#c-courriel"]
    assert [e.attributs["value"] for e in html.all("input") if e.attributs.get("id") == "c-courriel"] == ["<b>@x"]
    assert "faux" not in response.content.decode()
    assert html.all("title")[0].texte == "Erreur : Se connecter à l'espace agent – PSL"


def test_a_wrong_code(client: Client, agent: UnAgent) -> None:
    post(client, "connexion", courriel=COURRIEL, mot_de_passe=MOT_DE_PASSE)
    response = client.post("/agent/verification", {"code": "000"})
    assert response.status_code == 422
    assert [e.attributs["href"] for e in read(response.content.decode()).all("a") if "Ce code" in e.texte] == ["#c-code"]


def test_a_code_without_a_password_goes_back_to_the_beginning(client: Client, agent: UnAgent) -> None:
    response = client.post("/agent/verification", {"code": agent.code(clock.now())})
    assert response.status_code == 401
    assert read(response.content.decode()).all("h1")[0].texte == "Se connecter à l'espace agent"


def test_too_many_tries(client: Client, agent: UnAgent) -> None:
    for _ in range(10):
        post(client, "connexion", 422, courriel=COURRIEL, mot_de_passe="faux")
    post(client, "connexion", 429, courriel=COURRIEL, mot_de_passe=MOT_DE_PASSE)


def test_out_means_out_on_the_server(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    token = client.cookies["agent"].value
    assert post(client, "deconnexion") == "/agent/connexion"
    client.cookies["agent"] = token
    assert page(client, "compte", 302)
    assert SessionAgent.objects.count() == 0


def test_withdrawn_while_at_work(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    withdraw(COURRIEL, agent.service, now=clock.now())
    assert page(client, "compte", 302)


@pytest.mark.parametrize("path", ["connexion", "verification", "deconnexion", "compte/mot-de-passe", "compte/secours"])
def test_every_post_wants_its_token(db: None, path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(f"/agent/{path}", {"courriel": COURRIEL}).status_code == 403


def test_pages_are_not_kept_by_the_browser(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    assert client.get("/agent/compte").headers["Cache-Control"] == "no-store"
