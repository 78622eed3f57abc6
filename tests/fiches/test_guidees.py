"""Guided searches and simulators: every answer leads somewhere, codes are short and shareable, conditions have three values."""

import pytest

from psl.fiches import guidees
from psl.fiches.noeuds import Noeud
from psl.fiches.rendu.conditions import holds
from psl.fiches.rendu.document import render
from psl.fiches.verification import guided_faults
from tests.fiches import corpus

ASKING = [lu for lu in corpus.documents() if guidees.is_guided(lu.arbre)]


def vrai(name: str) -> Noeud:
    return ["estVrai", {"var": name}]


def indefini(name: str) -> Noeud:
    return ["estIndefini", {"var": name}]


def test_every_answer_of_every_guided_search_leads_to_a_document() -> None:
    assert len(ASKING) == 25
    assert [fault for lu in ASKING for fault in guided_faults(lu.arbre)] == []


def test_a_guided_search_asks_then_opens_the_fiche_with_what_is_true() -> None:
    arbre = corpus.tree("F34915")
    first = guidees.follow(arbre, ())
    assert first is not None
    assert first.question is not None
    assert [choix.texte for choix in first.question.choix] == ["Demande en France", "Demande à l'étranger"]
    end = guidees.follow(arbre, (0, 0, 0))
    assert end is not None
    assert end.question is None
    assert end.cibles == (("particuliers", "F1344"),)
    assert end.dites == ("Demande en France", "Demande en Métropole", "Vous avez un passeport valide")
    assert {name for name, value in end.variables.items() if value} == {"T10576", "T10635", "T10685"}
    assert end.variables["T10691"] is False


def test_a_simulator_numbers_its_questions_and_lets_one_pass() -> None:
    arbre = corpus.tree("F14128")
    second = guidees.follow(arbre, (1,))
    assert second is not None
    assert second.question is not None
    assert (second.question.titre, second.question.numero, second.question.total) == ("Nationalité", 2, 4)
    end = guidees.follow(arbre, (1, 0, 2, 0))
    assert end is not None
    assert end.dites == ("Vous êtes locataire", "Vous n'avez pas d'enfant")
    assert end.variables == {"T10280": True, "T10281": False, "T10285": False}


@pytest.mark.parametrize("ranks", [(9,), (0, 9), (0, 0, 0, 0, 0, 0), (1, 1, 1, 1, 1)])
def test_answers_that_are_none_lead_nowhere(ranks: tuple[int, ...]) -> None:
    assert guidees.follow(corpus.tree("F34915"), ranks) is None


@pytest.mark.parametrize("code", ["", "F1-", "F1-1-", "f1-1", "F1-1;2", "F1-123", "F34915-<b>", "F1" + "-1" * 31])
def test_a_code_is_strict(code: str) -> None:
    assert guidees.read_code(code) is None


def test_a_code_is_read_as_it_is_written() -> None:
    assert guidees.read_code(guidees.write_code("F34915", (0, 2, 11))) == ("F34915", (0, 2, 11))
    assert guidees.read_code("F34915") == ("F34915", ())


@pytest.mark.parametrize(
    ("condition", "unknown", "true", "false"),
    [
        (vrai("a"), None, True, False),
        (indefini("a"), True, False, False),
        (["ou", {}, vrai("a"), indefini("a")], True, True, False),
        (["ou", {}, vrai("a"), vrai("b")], None, True, None),
        (["et", {}, vrai("a"), vrai("b")], None, None, False),
    ],
)
def test_conditions_have_three_values(condition: Noeud, unknown: bool | None, true: bool | None, false: bool | None) -> None:
    node = ["Chapitre", {}, ["Condition", {}, condition]]
    assert (holds(node, {}), holds(node, {"a": True}), holds(node, {"a": False})) == (unknown, true, false)


def test_answers_leave_out_only_what_is_surely_not_for_the_reader() -> None:
    arbre = corpus.fiche(
        ["Texte", {},
         ["Chapitre", {}, ["Titre", {}, ["Paragraphe", {}, "Enfants"]],
          ["TitreAlternatif", {}, ["Paragraphe", {}, "Si vous avez des enfants"]],
          ["Condition", {}, vrai("e")], ["Paragraphe", {}, "L'école"]]],
    )  # fmt: skip
    shown = [render(arbre, corpus.context(**known), None).corps for known in ({}, {"e": True}, {"e": False})]
    assert shown == [
        '<section class="psl-chapitre"><h2 id="si-vous-avez-des-enfants">Si vous avez des enfants</h2><p>L\'école</p></section>',
        '<section class="psl-chapitre"><h2 id="enfants">Enfants</h2><p>L\'école</p></section>',
        "",
    ]
