"""Accounts: made, enrolled, habilitated, revoked; passwords and recovery codes."""

import pytest
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction

from psl.annuaire import agents
from psl.annuaire.models import Agent, CodeSecours, Habilitation
from psl.annuaire.operations.agents import change_password, create_agent, enrol, habilitate, renew_codes, revoke, withdraw
from psl.annuaire.operations.sessions import session_acteur
from psl.socle.errors import Refus
from psl.socle.models import Cle
from tests.annuaire.agents import COURRIEL, MOT_DE_PASSE, NOW, UnAgent, kinds, later, make_service, opened

pytestmark = pytest.mark.django_db


def test_create_keeps_nothing_in_clear(agent: UnAgent) -> None:
    row = Agent.objects.get(id=agent.id)
    assert row.mot_de_passe.startswith("argon2$argon2id$")
    assert agent.enrolement.secret.encode() not in bytes(row.totp)
    assert len(set(agent.enrolement.codes)) == 10
    assert CodeSecours.objects.filter(agent=row).count() == 10
    assert agent.enrolement.adresse.startswith("otpauth://totp/PSL:camille%40la-rochelle.example.org?secret=")
    assert kinds(agent.id) == ["agent.cree", "agent.habilite"]


def test_create_twice_is_refused(agent: UnAgent) -> None:
    with pytest.raises(Refus) as refus:
        create_agent(f"  {COURRIEL.upper()} ", "Autre", now=NOW)
    assert refus.value.code == "agent-existe"


def test_an_address_has_one_case(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agent.objects.create(courriel="A@example.org", nom="A", mot_de_passe="", totp=b"")


def test_enrol_gives_everything_anew_and_closes_sessions(agent: UnAgent) -> None:
    token = opened(agent)
    enrolement = enrol(COURRIEL, now=later(hours=1))
    assert session_acteur(token, now=NOW) is None
    assert check_password(enrolement.mot_de_passe, Agent.objects.get(id=agent.id).mot_de_passe) is True
    assert enrolement.secret != agent.enrolement.secret
    assert set(enrolement.codes) & set(agent.enrolement.codes) == set()


def test_habilitate_adds_and_changes_the_role(agent: UnAgent) -> None:
    other = make_service("autre", ())
    habilitate(COURRIEL, [agent.service, other], role="responsable", now=NOW)
    habilitate(COURRIEL, [agent.service, other], role="responsable", now=NOW)
    assert set(Habilitation.objects.values_list("service", "role")) == {(agent.service, "responsable"), (other, "responsable")}
    assert kinds(agent.id).count("agent.habilite") == 3


def test_withdraw_ends_at_once(agent: UnAgent) -> None:
    token, other = opened(agent), make_service("autre", ())
    habilitate(COURRIEL, [other], now=NOW)
    withdraw(COURRIEL, agent.service, now=NOW)
    found = session_acteur(token, now=NOW)
    assert found is not None
    assert found.acteur.services == {other}
    withdraw(COURRIEL, other, now=NOW)
    withdraw(COURRIEL, other, now=NOW)
    assert session_acteur(token, now=NOW) is None
    assert kinds(agent.id).count("agent.habilitation_retiree") == 2


def test_a10_revoke_ends_sessions_secret_and_codes(agent: UnAgent) -> None:
    token = opened(agent)
    revoke(COURRIEL, now=NOW)
    revoke(COURRIEL, now=NOW)
    assert session_acteur(token, now=NOW) is None
    assert (Cle.objects.filter(objet_id=agent.id).count(), CodeSecours.objects.count()) == (0, 0)
    assert kinds(agent.id)[-1] == "agent.revoque"
    assert agents.of_services(frozenset({agent.service})) == {}


def test_a_revoked_agent_comes_back_by_enrolment(agent: UnAgent) -> None:
    revoke(COURRIEL, now=NOW)
    enrolement = enrol(COURRIEL, now=later(days=1))
    assert len(agents.current_code(COURRIEL, now=later(days=1))) == 6
    assert enrolement.agent == agent.id
    assert agents.of_services(frozenset({agent.service})) == {agent.id: "Camille Rivière"}


@pytest.mark.parametrize("operation", [enrol, revoke])
def test_an_unknown_agent(db: None, operation: object) -> None:
    assert callable(operation)
    with pytest.raises(Refus) as refus:
        operation("personne@example.org", now=NOW)
    assert refus.value.code == "agent-inconnu"


def test_change_password_closes_the_other_sessions(agent: UnAgent) -> None:
    other, this = opened(agent), opened(agent, at=later(minutes=1))
    found = session_acteur(this, now=later(minutes=1))
    assert found is not None
    change_password(agent.id, MOT_DE_PASSE, "un tout autre secret", session_id=found.session_id, now=later(minutes=2))
    assert session_acteur(other, now=later(minutes=2)) is None
    assert session_acteur(this, now=later(minutes=2)) is not None
    assert check_password("un tout autre secret", Agent.objects.get(id=agent.id).mot_de_passe) is True


@pytest.mark.parametrize(
    ("actuel", "nouveau", "code", "champ"),
    [
        ("faux", "un tout autre secret", "mot-de-passe-errone", "actuel"),
        (MOT_DE_PASSE, "court", "mot-de-passe-faible", "nouveau"),
        (MOT_DE_PASSE, MOT_DE_PASSE, "mot-de-passe-faible", "nouveau"),
        (MOT_DE_PASSE, "Camille-2026-2026", "mot-de-passe-faible", "nouveau"),
    ],
)
def test_change_password_refuses(agent: UnAgent, actuel: str, nouveau: str, code: str, champ: str) -> None:
    with pytest.raises(Refus) as refus:
        change_password(agent.id, actuel, nouveau, session_id=agent.id, now=NOW)
    assert (refus.value.code, list(refus.value.champs)) == (code, [champ])
    assert check_password(MOT_DE_PASSE, Agent.objects.get(id=agent.id).mot_de_passe) is True


def test_change_password_counts_tries(agent: UnAgent) -> None:
    for _ in range(10):
        with pytest.raises(Refus):
            change_password(agent.id, "faux", "un tout autre secret", session_id=agent.id, now=NOW)
    with pytest.raises(Refus) as refus:
        change_password(agent.id, MOT_DE_PASSE, "un tout autre secret", session_id=agent.id, now=NOW)
    assert refus.value.code == "trop-de-tentatives"


def test_renewed_codes_void_the_former(agent: UnAgent) -> None:
    codes = renew_codes(agent.id, now=NOW)
    assert agents.codes_left(agent.id) == 10
    assert set(codes) & set(agent.enrolement.codes) == set()
    assert kinds(agent.id)[-1] == "agent.codes_renouveles"


def test_names(agent: UnAgent) -> None:
    assert agents.names({agent.id, agent.service}) == {agent.id: "Camille Rivière"}
