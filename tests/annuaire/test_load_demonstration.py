"""The demonstration: made twice without harm, and nowhere else."""

import re

import pytest

from psl.annuaire import agents, queries
from psl.annuaire.demonstration import demonstration_identities, load_demonstration
from psl.annuaire.models import Agent, ServiceInstructeur
from psl.annuaire.operations.connexion import login, verify_totp
from psl.annuaire.operations.sessions import session_acteur
from psl.socle.errors import Refus
from tests.annuaire.agents import IP, NOW, later

pytestmark = pytest.mark.django_db


def test_twice() -> None:
    load_demonstration(now=NOW)
    before = list(Agent.objects.order_by("courriel").values())
    load_demonstration(now=later(days=1))
    assert list(Agent.objects.order_by("courriel").values()) == before
    assert {agent["courriel"] for agent in before} == {identite.courriel for identite in demonstration_identities()}


def test_who_answers_where() -> None:
    load_demonstration(now=NOW)
    keys = dict(ServiceInstructeur.objects.values_list("id", "cle"))
    territories = ("17300", "17299", "44109", "50129", "50602", "50173", "31555", "59350", "59298", "59355", "64102", "75056")
    found = {code: keys.get(queries.competent("acte-etat-civil", code)) for code in territories}
    assert found == {
        "17300": "la-rochelle-etat-civil",
        "17299": "rochefort-etat-civil",
        "44109": "nantes-etat-civil",
        "50129": "cherbourg-etat-civil",
        "50602": "tourlaville-etat-civil",
        "50173": "cherbourg-etat-civil",
        "31555": "toulouse-etat-civil",
        "59350": "lille-etat-civil",
        "59298": "lille-etat-civil",
        "59355": "lille-etat-civil",
        "64102": "bayonne-etat-civil",
        "75056": None,
    }


def test_each_agent_comes_in() -> None:
    load_demonstration(now=NOW)
    for identite in demonstration_identities():
        waiting = login(identite.courriel, identite.mot_de_passe, ip=IP, now=NOW)
        token = verify_totp(waiting, agents.current_code(identite.courriel, now=NOW), ip=IP, now=NOW)
        found = session_acteur(token, now=NOW)
        assert found is not None
        assert (found.nom, len(found.roles), found.is_responsable) == (
            identite.nom,
            len(identite.services),
            identite.role == "responsable",
        )


def test_nobody_real_can_be_reached() -> None:
    load_demonstration(now=NOW)
    rows = ServiceInstructeur.objects.values_list("courriel", "telephone", "adresse")
    assert [row for row in rows if not row[0].endswith(".example.org") or not row[2]] == []
    # Numbers that the ARCEP keeps for fiction.
    assert [row[1] for row in rows if not re.fullmatch(r"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49) \d\d \d\d", row[1])] == []


def test_only_in_the_demonstration(settings: pytest.FixtureRequest) -> None:
    settings.EST_DEMONSTRATION = False
    with pytest.raises(Refus) as refus:
        load_demonstration(now=NOW)
    assert refus.value.code == "pas-en-demonstration"
