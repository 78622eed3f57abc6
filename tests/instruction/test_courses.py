"""Two agents at once, really: two connections, two transactions; one acts, the other is told who did."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connections

from psl.instruction import operations
from psl.instruction.etats import Etat
from psl.journal.models import Fait
from psl.routage.operations import mot_de_passe
from psl.socle import clock
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus
from tests.harnais.base import BaseReelle
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde


@pytest.fixture
def monde(base_reelle: BaseReelle) -> Monde:
    return mondes.make()


def _together(*acts: Callable[[], object]) -> list[str]:
    """Run acts at the same moment; return what each got: "" or the code of its refusal."""
    barrier, results = threading.Barrier(len(acts)), [""] * len(acts)

    def run(rank: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            act()
        except Refus as refus:
            results[rank] = refus.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_two_agents_take_at_once(monde: Monde) -> None:
    affectation = monde.file()

    def take(acteur: Acteur) -> Callable[[], object]:
        return lambda: operations.take(affectation, acteur=acteur, version=1, now=clock.now())

    results = _together(take(monde.camille), take(monde.yanis))
    assert sorted(results) == ["", "change-entretemps"]
    winner = (monde.camille, monde.yanis)[results.index("")]
    assert (monde.see(affectation).agent, monde.version(affectation)) == (winner.id, 2)
    assert _count(affectation, "instruction.prise") == 1


def test_b4_two_tabs_decide_at_once(monde: Monde) -> None:
    affectation = monde.file()
    monde.take(affectation)
    common = {"acteur": monde.camille, "version": 2, "lettre": "Lettre."}
    results = _together(
        lambda: operations.accept(affectation, **common, now=clock.now()),
        lambda: operations.refuse(affectation, motif="Raison.", **common, now=clock.now()),
    )
    assert sorted(results) == ["", "change-entretemps"]
    kept = (Etat.ACCEPTE, Etat.REFUSE)[results.index("")]
    assert (monde.see(affectation).etat, monde.version(affectation)) == (kept, 3)


def test_eight_reads_at_once_leave_eight_consultations(monde: Monde) -> None:
    affectation = monde.file()
    now = clock.now()
    assert _together(*[lambda: operations.consult(affectation, acteur=monde.camille, now=now)] * 8) == [""] * 8
    assert _count(affectation, "consultation") == 8


def _count(affectation: UUID, sorte: str) -> int:
    return Fait.objects.filter(sujet=affectation, sorte=sorte).count()


def test_eight_who_ask_for_the_password_get_the_same(monde: Monde) -> None:
    affectation, drawn = monde.file(), set[str]()

    def ask() -> None:
        with scope(monde.camille):
            drawn.add(mot_de_passe(affectation, now=clock.now()))

    assert (_together(*[ask] * 8), len(drawn), _count(affectation, "affectation.acces_cree")) == ([""] * 8, 1, 1)
