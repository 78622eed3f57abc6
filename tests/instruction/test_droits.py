"""Who may do what: the whole truth table, written out by hand beside the one that runs."""

from itertools import product
from uuid import UUID

import pytest

from psl.instruction.droits import Acte, Empechement, obstacle
from psl.instruction.etats import FINAUX, Etat

MOI, AUTRE = UUID(int=1), UUID(int=2)
D, E, C = Etat.DEPOSE, Etat.EN_INSTRUCTION, Etat.A_COMPLETER
OUI = None
FINAL, ETAT = Empechement.FINAL, Empechement.ETAT
LIBRE, PRIS, DEJA, CHEF = Empechement.PAS_PRIS, Empechement.AUTRE_AGENT, Empechement.DEJA_SIEN, Empechement.RESPONSABLE

# For each act and open state: held by nobody, by me, by a colleague; for an agent, then for a responsable.
TABLE = {
    (Acte.TAKE, D): ((OUI, OUI, OUI), (OUI, OUI, OUI)),
    (Acte.TAKE, E): ((OUI, DEJA, OUI), (OUI, DEJA, OUI)),
    (Acte.TAKE, C): ((OUI, DEJA, OUI), (OUI, DEJA, OUI)),
    (Acte.RELEASE, D): ((LIBRE, OUI, PRIS), (LIBRE, OUI, OUI)),
    (Acte.RELEASE, E): ((LIBRE, OUI, PRIS), (LIBRE, OUI, OUI)),
    (Acte.RELEASE, C): ((LIBRE, OUI, PRIS), (LIBRE, OUI, OUI)),
    (Acte.ASSIGN, D): ((CHEF, CHEF, CHEF), (OUI, OUI, OUI)),
    (Acte.ASSIGN, E): ((CHEF, CHEF, CHEF), (OUI, OUI, OUI)),
    (Acte.ASSIGN, C): ((CHEF, CHEF, CHEF), (OUI, OUI, OUI)),
    (Acte.ASK, D): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.ASK, E): ((LIBRE, OUI, PRIS), (LIBRE, OUI, PRIS)),
    (Acte.ASK, C): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.ACCEPT, D): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.ACCEPT, E): ((LIBRE, OUI, PRIS), (LIBRE, OUI, PRIS)),
    (Acte.ACCEPT, C): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.REFUSE, D): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.REFUSE, E): ((LIBRE, OUI, PRIS), (LIBRE, OUI, PRIS)),
    (Acte.REFUSE, C): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.REJECT, D): ((OUI, OUI, PRIS), (OUI, OUI, PRIS)),
    (Acte.REJECT, E): ((LIBRE, OUI, PRIS), (LIBRE, OUI, PRIS)),
    (Acte.REJECT, C): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.CLOSE, D): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.CLOSE, E): ((LIBRE, OUI, PRIS), (LIBRE, OUI, PRIS)),
    (Acte.CLOSE, C): ((LIBRE, OUI, PRIS), (LIBRE, OUI, PRIS)),
    (Acte.REDIRECT, D): ((OUI, OUI, PRIS), (OUI, OUI, PRIS)),
    (Acte.REDIRECT, E): ((LIBRE, OUI, PRIS), (LIBRE, OUI, PRIS)),
    (Acte.REDIRECT, C): ((ETAT, ETAT, ETAT), (ETAT, ETAT, ETAT)),
    (Acte.WRITE, D): ((OUI, OUI, OUI), (OUI, OUI, OUI)),
    (Acte.WRITE, E): ((OUI, OUI, OUI), (OUI, OUI, OUI)),
    (Acte.WRITE, C): ((OUI, OUI, OUI), (OUI, OUI, OUI)),
}


def test_the_table_is_whole() -> None:
    assert set(TABLE) == set(product(Acte, (D, E, C)))


@pytest.mark.parametrize(("acte", "etat"), TABLE)
def test_truth_table(acte: Acte, etat: Etat) -> None:
    answers = tuple(
        tuple(obstacle(acte, etat, agent=MOI, tenant=tenant, est_responsable=chef) for tenant in (None, MOI, AUTRE))
        for chef in (False, True)
    )
    assert answers == TABLE[acte, etat]


@pytest.mark.parametrize("etat", sorted(FINAUX))
def test_nothing_but_a_message_once_it_is_over(etat: Etat) -> None:
    answers = {acte: obstacle(acte, etat, agent=MOI, tenant=MOI, est_responsable=True) for acte in Acte}
    assert answers == {**dict.fromkeys(Acte, FINAL), Acte.WRITE: OUI}
