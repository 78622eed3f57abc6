"""bin/psl agent, and the demonstration's screen."""

import pytest

from psl.annuaire.demonstration import demonstration_identities
from psl.annuaire.models import Agent, Habilitation
from psl.annuaire.operations.connexion import login, verify_totp
from psl.commandes.__main__ import main
from psl.socle import clock
from tests.annuaire.agents import COURRIEL, IP, make_service

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    assert main(arguments) == code
    out = capsys.readouterr()
    return (out.err if code else out.out).splitlines()


def test_an_account_from_beginning_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    make_service()
    assert run(capsys, "agent", "services") == ["la-rochelle-etat-civil           Mairie de La Rochelle, Service de l’état civil"]
    told = run(capsys, "agent", "creer", COURRIEL, "Camille Rivière")
    assert [line.split()[0] for line in told[:4]] == ["Mot", "Secret", "Application", "Codes"]
    assert len(told) == 14
    assert run(capsys, "agent", "habiliter", COURRIEL, "la-rochelle-etat-civil", "--responsable") == []
    assert list(Habilitation.objects.values_list("role", flat=True)) == ["responsable"]
    (code,) = run(capsys, "agent", "code", COURRIEL)
    waiting = login(COURRIEL, told[0].split()[-1], ip=IP, now=clock.now())
    assert verify_totp(waiting, code, ip=IP, now=clock.now())
    assert len(run(capsys, "agent", "enroler", COURRIEL)) == 14
    assert run(capsys, "agent", "retirer", COURRIEL, "la-rochelle-etat-civil") == []
    assert Habilitation.objects.count() == 0
    assert run(capsys, "agent", "revoquer", COURRIEL) == []
    assert Agent.objects.get().revoque_at is not None


def test_what_cannot_be_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "agent", "code", COURRIEL, code=1) == [f"Aucun compte d’agent n’a l’adresse {COURRIEL}."]
    assert run(capsys, "agent", "habiliter", COURRIEL, "ailleurs", code=1) == ["Aucun service n’a la clé « ailleurs »."]


def test_the_demonstration_says_who_one_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    told = " ".join(run(capsys, "demonstration")).split()
    assert {word for word in told if "@" in word} == {identite.courriel for identite in demonstration_identities()}
