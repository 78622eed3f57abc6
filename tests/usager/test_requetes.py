"""How many statements a page asks of the base: four at most, the transaction's own apart."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.harnais.base import BaseReelle
from tests.usager import gestes

HORS_COMPTE = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def count(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return sum(not query["sql"].startswith(HORS_COMPTE) for query in queries.captured_queries)


def test_no_step_asks_more_than_four_statements(client: Client, base_reelle: BaseReelle) -> None:
    gestes.fill_all(client, action="MARIAGE")  # what a process learns once is learnt
    brouillon = gestes.start(client, action="MARIAGE")
    comptes = {}
    for page in gestes.ETAPES:
        comptes[f"montrer {page}"] = count(lambda page=page: client.get(f"/ma-demande/{brouillon}/etape/{page}"))
        comptes[f"enregistrer {page}"] = count(lambda page=page: gestes.fill(client, brouillon, page))
    assert {nom: compte for nom, compte in comptes.items() if compte > 4} == {}
