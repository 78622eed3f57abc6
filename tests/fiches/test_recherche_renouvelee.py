"""The index of a process: made before its first reader, made again behind the former one, which goes on answering."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connections

from psl.fiches.operations import import_documents
from psl.fiches.recherche import courant
from psl.fiches.sources.lus import Lu
from psl.socle import clock
from tests.harnais.base import BaseReelle

MOT = "ornithorynque"


@pytest.fixture(autouse=True)
def _forget(base_reelle: BaseReelle) -> None:
    courant.forget()


def deliver() -> None:
    arbre = ["Publication", {"ID": "F99998", "type": "Fiche d'information"}, ["dc:title", {}, f"Adopter un {MOT}"]]
    import_documents([Lu("particuliers", arbre)], source="essai", empreinte="", complet=False, now=clock.now())


def found() -> list[str]:
    return [one.entree.cle for one in courant.search(MOT, corriger=False).reponses]


def test_the_first_reader_finds_the_index_made() -> None:
    courant.warm()
    assert courant._courant.moteur is not None
    assert courant._courant.fresh() is courant._courant.moteur


def test_a_base_that_does_not_answer_leaves_the_index_to_the_first_reader(base_reelle: BaseReelle) -> None:
    connections["default"].close()
    connections.databases["default"]["NAME"] = "absente"
    courant.warm()
    assert courant._courant.moteur is None
    connections.databases["default"]["NAME"] = base_reelle.nom
    assert courant.search("permis").total > 0


def test_what_is_delivered_is_found_once_the_next_index_is_made_and_the_former_answers_until_then() -> None:
    courant.warm()
    former = courant._courant.moteur
    deliver()
    courant._courant.vue = float("-inf")
    assert (courant._courant.fresh() is former, found()) == (True, [])
    for thread in threading.enumerate():
        if thread.name == courant.FIL:
            thread.join(60)
    assert (courant._courant.moteur is former, found()) == (False, ["F99998"])


def test_an_index_in_the_making_leaves_most_of_the_time_to_the_readers() -> None:
    start, used = time.monotonic(), time.thread_time()
    assert list(courant.gently(_busy())) == list(range(60))
    assert time.thread_time() - used < 0.6 * (time.monotonic() - start)


def _busy() -> Iterator[int]:
    for rank in range(60):
        until = time.thread_time() + courant.TRANCHE
        while time.thread_time() < until:
            pass
        yield rank
