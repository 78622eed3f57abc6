"""What every directory of offices must do: one class, inherited by the tests of each connecteur."""

import pytest

from psl.annuaire.guichets.port import Guichets
from psl.annuaire.guichets.sortes import SORTES
from psl.annuaire.queries import CommuneVue, get_commune

LA_ROCHELLE, AJACCIO, SAINT_DENIS = "17300", "2A004", "97411"


def commune(code: str) -> CommuneVue:
    """Return a real commune."""
    found = get_commune(code)
    assert found is not None
    return found


@pytest.mark.django_db
class ContratGuichets:
    """Give `guichets` as a fixture."""

    @pytest.mark.parametrize("code", [LA_ROCHELLE, AJACCIO, SAINT_DENIS])
    @pytest.mark.parametrize("sorte", [sorte for sorte in SORTES if sorte != "mairie"])
    def test_an_office_can_be_written_to_and_found(self, guichets: Guichets, sorte: str, code: str) -> None:
        found = guichets.near(sorte, commune(code))
        assert [office for office in found if not office.nom or not office.adresse or not all(office.adresse)] == []
        assert [office.commune for office in found if get_commune(office.commune) is None] == []
        assert [office for office in found if (office.lon is None) != (office.lat is None)] == []

    def test_the_hours_are_of_a_week_and_end_after_they_begin(self, guichets: Guichets) -> None:
        slots = [slot for office in guichets.near("prefecture", commune(LA_ROCHELLE)) for slot in office.horaires]
        assert [slot for slot in slots if slot.jour not in range(7) or slot.debut >= slot.fin] == []
        assert len(slots) > 0

    def test_the_competent_one_is_first_and_the_same_each_time(self, guichets: Guichets) -> None:
        first = guichets.near("prefecture", commune(LA_ROCHELLE))
        assert (first[0].departement, list(first)) == ("17", list(guichets.near("prefecture", commune(LA_ROCHELLE))))

    def test_is_well(self, guichets: Guichets) -> None:
        assert guichets.check() == []
