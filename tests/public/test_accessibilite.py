"""The accessibility statement: what the recorded audit allows to say, and no more; the tags its page must hold; what it says today."""

import json
from datetime import date
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from psl.portails.theme.contexte.conformite import CRITERES, Conformite, compute, faults

JOUR = date(2027, 6, 1)
MET = {"resultat": "conforme", "methode": "main"}
UNMET = {"resultat": "non_conforme", "methode": "automatique", "constat": "Une image n'a pas de texte."}


def audit(unmet: int = 0, **changes: Any) -> dict[str, Any]:
    """Return a whole audit where the first criteria are not met."""
    criteres = {cle: UNMET if rang < unmet else MET for rang, cle in enumerate(CRITERES)}
    whole = {"fait_le": "2027-01-15", "par": "Une auditrice", "pages": ["/"], "moyens": ["NVDA et Firefox"], "criteres": criteres}
    return whole | changes


def test_the_standard_has_106_criteria() -> None:
    assert (len(CRITERES), CRITERES[0], CRITERES[-1]) == (106, "1.1", "13.12")


@pytest.mark.parametrize(
    ("unmet", "etat", "taux"), [(0, "totale", 100), (1, "partielle", 99), (53, "partielle", 50), (54, "non", 49), (106, "non", 0)]
)
def test_the_state_follows_the_rate(unmet: int, etat: str, taux: int) -> None:
    found = compute(audit(unmet), on=JOUR)
    assert (found.etat, found.taux, len(found.defauts)) == (etat, taux, unmet)


@pytest.mark.parametrize(
    ("fait_le", "on", "etat"),
    [
        ("2027-01-15", date(2030, 1, 15), "totale"),
        ("2027-01-15", date(2030, 1, 16), "non"),
        ("2027-01-15", date(2027, 1, 14), "non"),
        ("2028-02-29", date(2031, 2, 28), "totale"),
        ("2028-02-29", date(2031, 3, 1), "non"),
        ("hier", JOUR, "non"),
    ],
)
def test_an_audit_lasts_three_years(fait_le: str, on: date, etat: str) -> None:
    assert compute(audit(fait_le=fait_le), on=on).etat == etat


@pytest.mark.parametrize(
    ("recorded", "fault"),
    [
        ({}, "aucun audit"),
        (audit(par=""), "par manque"),
        (audit(pages=[]), "pages manque"),
        (audit(criteres=dict.fromkeys(CRITERES[1:], MET)), "critère 1.1 : résultat ou méthode absents"),
        (audit(criteres=audit()["criteres"] | {"14.1": MET}), "critère inconnu : 14.1"),
        (audit(criteres=audit()["criteres"] | {"1.1": MET | {"methode": "automatique"}}), "critère 1.1 : conforme sans contrôle à la main"),
        (audit(criteres=audit()["criteres"] | {"1.1": UNMET | {"constat": ""}}), "critère 1.1 : constat absent"),
        (audit(criteres={cle: {"resultat": "non_applicable", "methode": "main"} for cle in CRITERES}), "aucun critère applicable"),
    ],
)
def test_what_is_not_a_whole_audit_says_nothing(recorded: dict[str, Any], fault: str) -> None:
    assert (faults(recorded, on=JOUR), compute(recorded, on=JOUR)) == ([fault], Conformite())


@hypothesis.settings(deadline=None)
@given(st.lists(st.sampled_from(["conforme", "non_conforme", "non_applicable"]), min_size=106, max_size=106))
def test_one_unmet_criterion_is_never_whole(results: list[str]) -> None:
    rows = {cle: {"resultat": result, "methode": "main", "constat": "x"} for cle, result in zip(CRITERES, results, strict=True)}
    applicable = [result for result in results if result != "non_applicable"]
    expected = (
        "totale"
        if applicable and "non_conforme" not in applicable
        else "partielle"
        if applicable and 2 * applicable.count("conforme") >= len(applicable)
        else "non"
    )
    assert compute(audit(criteres=rows), on=JOUR).etat == expected


def test_the_page_of_a_partial_audit_tells_all_of_it() -> None:
    text = html.fromstring(f"<div>{_statement(compute(audit(1), on=JOUR))}</div>")
    assert [strong.text for strong in text.iter("strong")] == ["partiellement conforme"]
    assert [item.text for item in text.xpath("//ul[@lang='fr']/li")] == [
        "1.1\N{NO-BREAK SPACE}: Une image n'a pas de texte.",
        "NVDA et Firefox",
    ]
    assert text.xpath("//h2/text()") == TITRES


TITRES = [
    "État de conformité",
    "Résultats des tests",
    "Contenus non accessibles",
    "Établissement de cette déclaration",
    "Retour d'information et contact",
    "Voies de recours",
]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (Conformite(), "non conforme"),
        (compute(audit(60), on=JOUR), "non conforme"),
        (compute(audit(1), on=JOUR), "partiellement conforme"),
        (compute(audit(), on=JOUR), "totalement conforme"),
    ],
)
def test_the_mention_and_the_statement_agree(state: Conformite, word: str) -> None:
    mention = render_to_string("theme/conformite.html", {"conformite": state})
    assert mention == f"Accessibilité : {word}"
    assert html.fromstring(f"<div>{_statement(state)}</div>").xpath("//strong/text()") == [word]


@pytest.mark.django_db
def test_today_the_home_page_the_footer_and_the_statement_say_the_recorded_state() -> None:
    recorded = json.loads((settings.RACINE / "donnees" / "accessibilite" / "audit.json").read_text("utf-8"))
    assert recorded == {}
    client = Client(headers={"accept-language": "fr"})
    home = html.document_fromstring(client.get("/").content.decode())
    said = home.xpath("//a[@href='/accessibilite']/text()")
    assert said == ["Accessibilité : non conforme"] * 2
    statement = html.document_fromstring(client.get("/accessibilite").content.decode())
    assert statement.xpath("//main//h2/text()") == TITRES
    assert statement.xpath("//main//strong/text()") == ["non conforme"]


def _statement(state: Conformite) -> str:
    return render_to_string("public/textes/accessibilite.html", {"conformite": state})
