"""Which service answers where."""

import pytest

from psl.annuaire import queries
from psl.annuaire.operations.competences import give_competences
from psl.socle.errors import Refus
from tests.annuaire.agents import make_service

pytestmark = pytest.mark.django_db
AEC = "acte-etat-civil"


def test_a_commune_and_those_whose_registers_it_keeps() -> None:
    lille = make_service("lille", ("59350",))
    assert {code: queries.competent(AEC, code) for code in ("59350", "59355", "59298", "59009", "inconnu")} == {
        "59350": lille,
        "59355": lille,
        "59298": lille,
        "59009": None,
        "inconnu": None,
    }
    assert queries.competent("autre-demarche", "59350") is None


def test_a_delegated_commune_with_its_own_service() -> None:
    centre, annexe = make_service("cherbourg", ("50129",)), make_service("tourlaville", ("50602",))
    assert [queries.competent(AEC, code) for code in ("50129", "50602", "50173")] == [centre, annexe, centre]


def test_a_territory_moves_to_the_last_service_it_is_given_to() -> None:
    first, second = make_service("un", ("17300", "17299")), make_service("deux", ())
    give_competences(second, AEC, ["17299"])
    assert [queries.competent(AEC, code) for code in ("17300", "17299")] == [first, second]
    give_competences(first, AEC, [])
    assert queries.competent(AEC, "17300") is None


def test_a_service_as_its_usagers_know_it() -> None:
    service = make_service()
    assert make_service() == service
    vu = queries.service(service)
    assert (vu.administration, vu.nom, vu.telephone, vu.fuseau) == (
        "Mairie de La Rochelle",
        "Service de l’état civil",
        "05 36 49 17 30",
        "Europe/Paris",
    )
    assert queries.service_of("la-rochelle-etat-civil") == service
    assert queries.all_services() == [("la-rochelle-etat-civil", "Mairie de La Rochelle, Service de l’état civil")]


def test_an_unknown_service() -> None:
    with pytest.raises(Refus) as refus:
        queries.service_of("inconnu")
    assert refus.value.code == "service-inconnu"
