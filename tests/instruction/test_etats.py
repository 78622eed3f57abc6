"""The table of states: complete, reachable, drawn in the docs as it is, translated for everybody."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from psl.instruction import etats
from psl.instruction.droits import REGLES, Acte, state_after
from psl.instruction.etats import CORRESPONDANCES, FINAUX, INITIAL, TRANSITIONS, Etat

PAGE = Path(__file__).parents[2] / "docs" / "etats.md"

FIL = {
    "enregistre_brouillon",
    "envoye_transmis",
    "en_cours_instruction",
    "demande_complementaire",
    "demande_expiree",
    "non_recevable",
    "termine",
}
HUBEE = {
    "HUBEE_RECEIVED",
    "HUBEE_COMPLETED",
    "HUBEE_NOTIFIED",
    "SENT",
    "SI_RECEIVED",
    "IN_PROGRESS",
    "ADD_AWAITING",
    "REFUSED",
    "DONE",
    "CLOSED",
    "ARCHIVED",
    "SI_INTG_ERROR",
}


def _reachable_from(etat: Etat) -> set[Etat]:
    seen, waiting = {etat}, [etat]
    while waiting:
        for suivant in TRANSITIONS.get(waiting.pop(), frozenset()) - seen:
            seen.add(suivant)
            waiting.append(suivant)
    return seen


def test_every_state_is_reached_from_the_first() -> None:
    assert _reachable_from(INITIAL) == set(Etat)


def test_every_open_state_leads_to_every_end() -> None:
    assert {etat: _reachable_from(etat) & FINAUX for etat in TRANSITIONS} == {etat: set(FINAUX) for etat in TRANSITIONS}


def test_finals_are_the_states_nothing_follows() -> None:
    assert {etat for etat in Etat if not TRANSITIONS.get(etat)} == {
        Etat.ACCEPTE,
        Etat.REFUSE,
        Etat.NON_RECEVABLE,
        Etat.SANS_SUITE,
        Etat.RETIRE,
        Etat.REORIENTE,
    }


@given(st.sampled_from(Etat), st.sampled_from(Etat))
def test_may_become_reads_the_table(avant: Etat, apres: Etat) -> None:
    assert etats.may_become(avant, apres) == (avant in TRANSITIONS and apres in TRANSITIONS[avant])


@given(st.sampled_from(Acte), st.sampled_from(Etat))
def test_no_act_goes_where_the_table_does_not(acte: Acte, etat: Etat) -> None:
    if etat in REGLES[acte].etats:
        apres = state_after(acte, etat)
        assert apres == etat or etats.may_become(etat, apres)


def test_every_state_is_known_elsewhere() -> None:
    assert {etat: etats.elsewhere(etat).moment for etat in Etat} == {etat: etat for etat in Etat}


def test_elsewhere_knows_the_seven_the_twelve_and_a_number_for_each_state() -> None:
    assert {ligne.fil for ligne in CORRESPONDANCES} - {None} == FIL
    assert {code for ligne in CORRESPONDANCES for code in ligne.hubee} == HUBEE
    assert {ligne.moment for ligne in CORRESPONDANCES if ligne.pec is not None} == set(Etat)


def test_the_feed_says_sent_before_any_service_has_it() -> None:
    assert (etats.feed_status(None), etats.feed_status(Etat.DEPOSE), etats.feed_status(Etat.ACCEPTE)) == (
        "envoye_transmis",
        "envoye_transmis",
        "termine",
    )


def test_the_docs_show_the_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.split("```mermaid\n")[1].split("\n```")[0] == etats.mermaid()
    assert page.rstrip().endswith(etats.table())
