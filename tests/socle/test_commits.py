"""What only real commits show."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from psl.socle import limites
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def hit():
    limites.hit("essai", "ici", limite=1, fenetre=timedelta(hours=1), now=NOW)


def test_a_scope_costs_one_statement_and_dies_with_its_transaction(base_reelle, django_assert_num_queries):
    with django_assert_num_queries(3), scope(SYSTEME):  # BEGIN, set_config, COMMIT
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('psl.portee', true)")
        assert cursor.fetchone() == ("",)


def test_a_try_is_counted_whatever_becomes_of_the_operation(base_reelle):
    hit()
    with pytest.raises(Refus), transaction.atomic():
        raise Refus("non", "Non.")
    with pytest.raises(Refus):
        hit()


def test_a_try_inside_a_transaction_is_a_bug(base_reelle):
    with pytest.raises(RuntimeError), transaction.atomic():
        hit()
