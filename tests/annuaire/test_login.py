"""The password: one answer to strangers, tries counted."""

import statistics
import time

import pytest

from psl.annuaire.models import SessionAgent
from psl.annuaire.operations.agents import revoke
from psl.annuaire.operations.connexion import INCONNU, decoy, login
from psl.annuaire.operations.sessions import session_acteur
from psl.socle.errors import Refus
from tests.annuaire.agents import COURRIEL, IP, MOT_DE_PASSE, NOW, UnAgent, kinds, later

pytestmark = pytest.mark.django_db


def refused(courriel: str = COURRIEL, password: str = "faux", ip: str = IP, **at: float) -> tuple[str, str, int]:
    with pytest.raises(Refus) as refus:
        login(courriel, password, ip=ip, now=later(**at))
    return refus.value.code, refus.value.phrase, refus.value.statut


def test_the_right_password_still_owes_a_code(agent: UnAgent) -> None:
    token = login(f" {COURRIEL.upper()}", MOT_DE_PASSE, ip=IP, appareil="Firefox", now=NOW)
    assert session_acteur(token, now=NOW) is None
    row = SessionAgent.objects.get()
    assert (row.agent_id, row.verifiee_at, row.appareil) == (agent.id, None, "Firefox")
    assert token.encode() not in bytes(row.empreinte)


def test_whatever_is_wrong_the_answer_is_the_same(agent: UnAgent) -> None:
    wrong = refused()
    assert wrong == ("identifiants-errones", "L’adresse ou le mot de passe ne convient pas.", 422)
    assert refused("personne@example.org", MOT_DE_PASSE) == wrong
    assert refused("", "") == wrong
    assert refused("\x00'--", "\x00") == wrong
    revoke(COURRIEL, now=NOW)
    assert refused(password=MOT_DE_PASSE) == wrong
    assert refused(password="") == wrong
    assert kinds(agent.id)[2:] == ["agent.refuse", "agent.revoque"]
    assert kinds(INCONNU) == ["agent.refuse"] * 5


def test_a7_time_does_not_tell_which_accounts_exist(agent: UnAgent) -> None:
    decoy()
    known, unknown = [], []
    for i in range(8):
        for times, courriel in ((known, COURRIEL), (unknown, "personne@example.org")):
            start = time.perf_counter()
            refused(courriel, ip=f"192.0.2.{i}")
            times.append(time.perf_counter() - start)
    assert 0.5 < statistics.median(known) / statistics.median(unknown) < 2


def test_ten_tries_a_quarter_of_an_hour_on_an_account(agent: UnAgent) -> None:
    for i in range(10):
        assert refused(ip=f"192.0.2.{i}")[0] == "identifiants-errones"
    assert refused(password=MOT_DE_PASSE)[0] == "trop-de-tentatives"
    assert login(COURRIEL, MOT_DE_PASSE, ip=IP, now=later(minutes=16))


def test_an_unknown_account_is_limited_just_as_well(db: None) -> None:
    codes = [refused("personne@example.org", ip=f"192.0.2.{i}")[0] for i in range(11)]
    assert codes == ["identifiants-errones"] * 10 + ["trop-de-tentatives"]


def test_success_forgets_the_tries(agent: UnAgent) -> None:
    for _ in range(9):
        refused()
    login(COURRIEL, MOT_DE_PASSE, ip=IP, now=NOW)
    assert refused()[0] == "identifiants-errones"


def test_a_hundred_tries_from_one_address(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psl.annuaire.operations.connexion.ESSAIS_ADRESSE", 3)
    codes = [refused(f"{i}@example.org")[0] for i in range(4)]
    assert codes == ["identifiants-errones"] * 3 + ["trop-de-tentatives"]
    assert refused("5@example.org", ip="192.0.2.9")[0] == "identifiants-errones"
