"""The directory of the demonstration, and the one that is down."""

import pytest

from psl.annuaire.guichets.port import GuichetsError
from psl.connecteurs.guichets.demonstration import GuichetsDemonstration
from psl.connecteurs.guichets.en_panne import GuichetsEnPanne
from tests.connecteurs.contrat_guichets import LA_ROCHELLE, ContratGuichets, commune


class TestGuichetsDemonstration(ContratGuichets):
    """The contract, on the chefs-lieux; every office says that it is an example."""

    @pytest.fixture
    def guichets(self) -> GuichetsDemonstration:
        return GuichetsDemonstration()

    def test_each_is_an_example(self, guichets: GuichetsDemonstration) -> None:
        assert {office.est_exemple for office in guichets.near("prefecture", commune(LA_ROCHELLE))} == {True}


@pytest.mark.django_db
def test_the_directory_that_is_down_says_so() -> None:
    with pytest.raises(GuichetsError):
        GuichetsEnPanne().near("prefecture", commune(LA_ROCHELLE))
    assert GuichetsEnPanne().check() == ["L'annuaire des guichets est en panne (essai)."]
