"""One's own account: sessions, password, recovery codes."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from psl.annuaire.models import SessionAgent
from psl.portails.agent.session import agent_required, device
from psl.socle import clock
from tests.agent.test_connexion import come_in, page, post
from tests.annuaire.agents import MOT_DE_PASSE, UnAgent, make_agent
from tests.annuaire.requetes import count


def test_the_account_says_who_and_how_many_codes_are_left(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    texts = [e.texte for e in page(client, "compte").all("p")]
    assert "Il vous reste 10 codes de secours. De nouveaux codes annulent les anciens." in texts
    assert [e.texte for e in page(client, "compte").all("button") if "déconnecter" in e.texte] == ["Se déconnecter"]


def test_password_changed(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    place = post(client, "compte/mot-de-passe", actuel=MOT_DE_PASSE, nouveau="un tout autre secret")
    assert place == "/agent/compte?fait=mot-de-passe"
    assert [e.attributs.get("role") for e in page(client, "compte?fait=mot-de-passe").all("p") if "changé" in e.texte] == ["status"]


def test_password_refused(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    response = client.post("/agent/compte/mot-de-passe", {"actuel": MOT_DE_PASSE, "nouveau": "court"})
    assert (response.status_code, "Choisissez au moins 12 caractères" in response.content.decode()) == (422, True)
    response = client.post("/agent/compte/mot-de-passe", {"actuel": "faux", "nouveau": "un tout autre secret"})
    assert (response.status_code, "mot de passe actuel" in response.content.decode()) == (422, True)


def test_new_recovery_codes_for_a_code(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    post(client, "compte/secours", 422, code="000000")
    response = client.post("/agent/compte/secours", {"code": agent.enrolement.codes[0]})
    html = response.content.decode()
    assert (response.status_code, html.count("<code>"), agent.enrolement.codes[1] in html) == (200, 10, False)


def test_sessions_listed_and_closed(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    there = SessionAgent.objects.create(
        empreinte=b"ailleurs", agent_id=agent.id, debut_at=clock.now(), vue_at=clock.now(), verifiee_at=clock.now(), appareil=""
    )
    html = page(client, "sessions")
    forms = [e.attributs["action"] for e in html.all("form") if "fermer" in e.attributs["action"]]
    assert forms == [f"/agent/sessions/{there.id}/fermer"]
    assert post(client, f"sessions/{there.id}/fermer") == "/agent/sessions"
    post(client, f"sessions/{there.id}/fermer", 404)


def test_another_agents_session_is_unknown(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    other = make_agent("yanis@la-rochelle.example.org", service=agent.service)
    theirs = SessionAgent.objects.create(
        empreinte=b"autre", agent_id=other.id, debut_at=clock.now(), vue_at=clock.now(), verifiee_at=clock.now(), appareil=""
    )
    post(client, f"sessions/{theirs.id}/fermer", 404)
    assert SessionAgent.objects.filter(id=theirs.id).exists() is True


def test_a_view_stands_in_the_agents_scope(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    request = RequestFactory().get("/agent/")
    request.COOKIES["agent"] = client.cookies["agent"].value
    seen = []

    @agent_required
    def view(request: HttpRequest) -> HttpResponse:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('psl.services'), current_setting('psl.portee')")
            seen.append(cursor.fetchone())
        return HttpResponse(status=HTTPStatus.OK)

    with count() as queries:
        assert view(request).status_code == 200
    assert seen == [(f"{{{agent.service}}}", "")]
    assert len([q for q in queries if "annuaire_" in q["sql"]]) == 1


def test_idle_agents_go_and_log_in(client: Client, agent: UnAgent) -> None:
    come_in(client, agent)
    SessionAgent.objects.update(vue_at=clock.now() - timedelta(minutes=31))
    assert page(client, "compte", 302)


def test_devices_in_two_words() -> None:
    def named(text: str) -> str:
        return device(RequestFactory().get("/", headers={"user-agent": text}))

    assert named("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0") == "Firefox · Linux"
    assert named("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36") == "Chrome · Android"
    assert named("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1") == "Safari · iPhone"
    assert named("") == ""
