"""The second factor: each code serves once, in its time."""

from datetime import datetime

import pytest

from psl.annuaire import agents
from psl.annuaire.operations.agents import revoke, withdraw
from psl.annuaire.operations.connexion import confirm, login, verify_totp
from psl.annuaire.operations.sessions import session_acteur
from psl.socle.errors import Refus
from tests.annuaire.agents import COURRIEL, IP, MOT_DE_PASSE, NOW, UnAgent, kinds, later

pytestmark = pytest.mark.django_db


def waiting(at: datetime = NOW) -> str:
    return login(COURRIEL, MOT_DE_PASSE, ip=IP, now=at)


def refused(token: str, code: str, at: datetime = NOW) -> str:
    with pytest.raises(Refus) as refus:
        verify_totp(token, code, ip=IP, now=at)
    return refus.value.code


def test_the_code_opens_a_new_session(agent: UnAgent) -> None:
    token = waiting()
    opened = verify_totp(token, agent.code(), ip=IP, now=NOW)
    found = session_acteur(opened, now=NOW)
    assert found is not None
    assert (found.id, found.nom, found.roles, found.is_responsable) == (agent.id, "Camille Rivière", {agent.service: "agent"}, False)
    assert (found.acteur.sorte, found.acteur.id, found.acteur.services) == ("agent", agent.id, {agent.service})
    assert opened != token
    assert session_acteur(token, now=NOW) is None
    assert kinds(agent.id)[-1] == "agent.connecte"


def test_a_code_serves_once(agent: UnAgent) -> None:
    verify_totp(waiting(), agent.code(), ip=IP, now=NOW)
    assert refused(waiting(), agent.code()) == "code-errone"
    assert refused(waiting(later(seconds=29)), agent.code(), later(seconds=29)) == "code-errone"
    assert verify_totp(waiting(), agent.code(later(seconds=30)), ip=IP, now=NOW)
    assert refused(waiting(), agent.code()) == "code-errone"


@pytest.mark.parametrize(("seconds", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_the_clock_of_a_telephone_may_be_half_a_minute_off(agent: UnAgent, seconds: int, is_right: bool) -> None:
    code = agent.code(later(seconds=seconds))
    if is_right:
        assert verify_totp(waiting(), code, ip=IP, now=NOW)
    else:
        assert refused(waiting(), code) == "code-errone"


@pytest.mark.parametrize("code", ["", "12345", "1234567", "٠١٢٣٤٥", "abcdef", "\x00", "0" * 5000])
def test_what_is_no_code(agent: UnAgent, code: str) -> None:
    assert refused(waiting(), code) == "code-errone"


def test_spaces_do_not_matter(agent: UnAgent) -> None:
    code = agent.code()
    assert verify_totp(waiting(), f" {code[:3]} {code[3:]} ", ip=IP, now=NOW)


def test_a_recovery_code_serves_once(agent: UnAgent) -> None:
    code = agent.enrolement.codes[3].lower().replace("-", " ")
    assert verify_totp(waiting(), code, ip=IP, now=NOW)
    assert refused(waiting(), code) == "code-errone"
    assert agents.codes_left(agent.id) == 9


def test_the_password_is_forgotten_after_ten_minutes(agent: UnAgent) -> None:
    assert refused(waiting(), agent.code(later(minutes=11)), later(minutes=11)) == "connexion-expiree"


@pytest.mark.parametrize("token", ["", "faux", "\x00", "\ud800"])
def test_a_token_of_nobody(agent: UnAgent, token: str) -> None:
    assert refused(token, agent.code()) == "connexion-expiree"


def test_an_open_session_is_no_password(agent: UnAgent) -> None:
    opened = verify_totp(waiting(), agent.code(), ip=IP, now=NOW)
    assert refused(opened, agent.code(later(minutes=1)), later(minutes=1)) == "connexion-expiree"


def test_revoked_between_password_and_code(agent: UnAgent) -> None:
    token = waiting()
    revoke(COURRIEL, now=NOW)
    assert refused(token, agent.code()) == "connexion-expiree"


def test_an_agent_without_a_service_does_not_come_in(agent: UnAgent) -> None:
    withdraw(COURRIEL, agent.service, now=NOW)
    assert refused(waiting(), agent.code()) == "sans-service"


def test_ten_codes_a_quarter_of_an_hour(agent: UnAgent) -> None:
    token = waiting()
    assert [refused(token, "000000") for _ in range(10)] == ["code-errone"] * 10
    assert refused(token, agent.code()) == "trop-de-tentatives"
    assert kinds(agent.id)[2:] == ["agent.refuse"] * 10


def test_the_demonstration_gives_codes_that_were_not_spent(agent: UnAgent) -> None:
    for _ in range(2):
        assert verify_totp(waiting(), agents.current_code(COURRIEL, now=NOW), ip=IP, now=NOW)


def test_only_the_demonstration_gives_codes(agent: UnAgent, settings: pytest.FixtureRequest) -> None:
    settings.EST_DEMONSTRATION = False
    with pytest.raises(Refus) as refus:
        agents.current_code(COURRIEL, now=NOW)
    assert refus.value.code == "pas-en-demonstration"


def test_confirm_spends_a_code(agent: UnAgent) -> None:
    confirm(agent.id, agent.code(), now=NOW)
    with pytest.raises(Refus) as refus:
        confirm(agent.id, agent.code(), now=NOW)
    assert refus.value.code == "code-errone"
    assert kinds(agent.id)[-1] == "agent.refuse"
