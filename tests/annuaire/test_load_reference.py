"""Reference data is loaded once, and again when a file has changed."""

import pytest

from psl.annuaire.models import Appellation, Chargement, Commune, Departement, Pays
from psl.annuaire.operations.reference import load_reference
from tests.annuaire.agents import NOW, later
from tests.annuaire.requetes import count

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Appellation, Commune, Departement, Pays)}


def test_what_is_there_already_is_left_alone() -> None:
    load_reference(now=NOW)
    assert load_reference(now=later(days=1)) == []
    with count() as queries:
        load_reference(now=later(days=1))
    assert len(queries) == 5  # savepoint, lock, one look per set, release
    assert counts() == {"Appellation": 39_896, "Commune": 39_254, "Departement": 109, "Pays": 237}


def test_a_changed_file_replaces_its_rows() -> None:
    Chargement.objects.filter(nom="communes").update(empreinte="une autre")
    Commune.objects.filter(code="17300").delete()
    Commune.objects.filter(code="17299").update(nom="Ailleurs")
    assert load_reference(now=NOW) == ["communes"]
    assert list(Commune.objects.filter(code__in=["17299", "17300"]).order_by("code").values_list("nom", flat=True)) == [
        "Rochefort",
        "La Rochelle",
    ]
    assert Chargement.objects.get(nom="communes").charge_at == NOW


def test_each_appellation_leads_to_a_commune() -> None:
    codes = set(Commune.objects.values_list("code", flat=True))
    assert set(Appellation.objects.values_list("commune", flat=True)) - codes == set()
    assert set(Commune.objects.values_list("registres", flat=True)) - set(
        Commune.objects.filter(type="commune").values_list("code", flat=True)
    ) == set(Commune.objects.filter(type="arrondissement").values_list("code", flat=True))
