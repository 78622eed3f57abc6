"""A dépôt and its numbers never change, whatever the code does: the database refuses."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from psl.teledossiers.models import Depot
from tests.teledossiers.gestes import file

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as refus, transaction.atomic():
        act()
    return type(refus.value).__name__


def execute(sql: str) -> Callable[[], object]:
    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return act


def test_a_depot_is_append_only() -> None:
    depot = Depot.objects.get(teledossier=file().teledossier)
    depot.octets = b"autre"
    for act in (
        depot.save,
        depot.delete,
        execute("UPDATE teledossiers_depot SET octets = NULL"),
        execute("TRUNCATE teledossiers_depot CASCADE"),
        execute("ALTER TABLE teledossiers_depot DISABLE TRIGGER ALL"),
    ):
        assert refusal(act) == "ProgrammingError"


def test_a_rank_and_a_brouillon_are_sealed_once() -> None:
    depose = file()
    depot = Depot.objects.get(teledossier=depose.teledossier)
    same_rank = Depot(teledossier_id=depose.teledossier, rang=1, brouillon=depose.teledossier, digest=b"", scelle_at=depot.scelle_at)
    same_brouillon = Depot(teledossier_id=depose.teledossier, rang=2, brouillon=depot.brouillon, digest=b"", scelle_at=depot.scelle_at)
    rank_zero = Depot(teledossier_id=depose.teledossier, rang=0, brouillon=depose.teledossier, digest=b"", scelle_at=depot.scelle_at)
    assert {refusal(lambda row=row: row.save(force_insert=True)) for row in (same_rank, same_brouillon, rank_zero)} == {"IntegrityError"}
