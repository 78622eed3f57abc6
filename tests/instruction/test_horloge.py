"""The clock of an instruction: whose date, how many days, how grave."""

from datetime import date

import pytest

from psl.instruction.etats import FINAUX, Etat
from psl.instruction.horloge import Horloge, Niveau, Sorte, clock_of

JOUR = date(2026, 11, 23)


def test_silence_binds_the_administration() -> None:
    found = clock_of(Etat.DEPOSE, silence_on=date(2026, 12, 5), echeance_on=None, aujourdhui=JOUR)
    assert found == Horloge(Sorte.SILENCE, date(2026, 12, 5), 12)


def test_a_complement_binds_the_usager_and_suspends_the_rest() -> None:
    found = clock_of(Etat.A_COMPLETER, silence_on=date(2026, 12, 5), echeance_on=date(2026, 11, 30), aujourdhui=JOUR)
    assert found == Horloge(Sorte.COMPLEMENT, date(2026, 11, 30), 7)


def test_without_any_date() -> None:
    assert clock_of(Etat.EN_INSTRUCTION, silence_on=None, echeance_on=None, aujourdhui=JOUR) == Horloge(Sorte.SANS_DELAI)


@pytest.mark.parametrize("etat", sorted(FINAUX))
def test_it_stops_at_the_end(etat: Etat) -> None:
    assert clock_of(etat, silence_on=JOUR, echeance_on=JOUR, aujourdhui=JOUR) == Horloge(Sorte.ARRETEE)


@pytest.mark.parametrize(
    ("jours", "niveau"), [(8, Niveau.CALME), (7, Niveau.PROCHE), (0, Niveau.PROCHE), (-1, Niveau.DEPASSE), (None, Niveau.CALME)]
)
def test_how_grave(jours: int | None, niveau: Niveau) -> None:
    assert Horloge(Sorte.SILENCE, JOUR, jours).niveau == niveau
