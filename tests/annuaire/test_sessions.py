"""Sessions: idle, too old, listed, closed."""

import pytest

from psl.annuaire import agents
from psl.annuaire.models import SessionAgent
from psl.annuaire.operations.sessions import close_session, purge_sessions, session_acteur
from psl.socle.errors import Refus
from tests.annuaire.agents import NOW, UnAgent, kinds, later, make_agent, opened
from tests.annuaire.requetes import count


def test_one_query_and_no_write_within_a_minute(agent: UnAgent) -> None:
    token = opened(agent)
    with count() as queries:
        assert session_acteur(token, now=later(seconds=59)) is not None
    assert len(queries) == 1


def test_idle_for_half_an_hour(agent: UnAgent) -> None:
    token = opened(agent)
    assert session_acteur(token, now=later(minutes=29)) is not None
    assert session_acteur(token, now=later(minutes=58)) is not None
    assert session_acteur(token, now=later(minutes=89)) is None


def test_twelve_hours_at_most(agent: UnAgent) -> None:
    token = opened(agent)
    for minutes in range(20, 720, 20):
        assert session_acteur(token, now=later(minutes=minutes)) is not None
    assert session_acteur(token, now=later(hours=12)) is None


def test_one_sees_and_closes_ones_own(agent: UnAgent) -> None:
    token = opened(agent)
    other = make_agent("yanis@la-rochelle.example.org", service=agent.service)
    (session,) = agents.sessions(agent.id, now=NOW)
    assert (session.appareil, session.debut_at, session.vue_at) == ("Firefox · Linux", NOW, NOW)
    assert agents.sessions(other.id, now=NOW) == []
    with pytest.raises(Refus) as refus:
        close_session(session.id, agent_id=other.id, now=NOW)
    assert (refus.value.code, refus.value.statut) == ("session-inconnue", 404)
    close_session(session.id, agent_id=agent.id, now=NOW)
    assert session_acteur(token, now=NOW) is None
    assert kinds(agent.id)[-1] == "agent.session_fermee"


def test_what_serves_no_more_is_purged(agent: UnAgent) -> None:
    opened(agent)
    assert purge_sessions(now=later(minutes=29)) == 0
    assert purge_sessions(now=later(minutes=31)) == 1
    assert SessionAgent.objects.count() == 0
