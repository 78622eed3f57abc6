"""The timeline (pure): what the usager reads of the journal, in order, consultations apart."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from psl.enchainements import ENCHAINEMENTS
from psl.suivi import chronologie

DEBUT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass
class Fait:
    """What is read of a fait."""

    sorte: str
    at: datetime


faits = st.lists(st.builds(Fait, st.sampled_from(sorted(ENCHAINEMENTS)), st.integers(0, 99).map(lambda n: DEBUT + timedelta(hours=n))))


@given(faits)
def test_lines_are_in_order_and_of_what_concerns_the_usager(lus: list[Fait]) -> None:
    lignes = chronologie.lines((fait, "La mairie") for fait in lus)
    told = chronologie.PHRASES.keys() - chronologie.CONSULTATIONS
    assert [ligne.at for ligne in lignes] == sorted(fait.at for fait in lus if fait.sorte in told)
    assert {ligne.sorte for ligne in lignes} == {fait.sorte for fait in lus} & told
    assert [ligne.phrase for ligne in lignes if "%" in ligne.phrase] == []


@given(faits)
def test_consultations_latest_first_and_once_an_hour(lus: list[Fait]) -> None:
    vues = {fait.at for fait in lus if fait.sorte == "consultation"}
    assert chronologie.consultations((fait, "La mairie") for fait in lus) == [("La mairie", at) for at in sorted(vues, reverse=True)]


def test_every_phrase_is_of_a_fait_that_happens() -> None:
    assert set(chronologie.PHRASES) - set(ENCHAINEMENTS) == set()
