"""Races: what must happen once happens once, whoever comes at the same moment."""

from collections.abc import Callable

import pytest

from psl.annuaire.operations.connexion import login, verify_totp
from psl.instruction import operations
from psl.instruction.etats import Etat
from psl.saisie.operations import porteur
from psl.socle import clock
from psl.socle.limites import hit
from psl.suivi import operations as suivi
from psl.teledossiers.models import Depot
from tests.annuaire.agents import COURRIEL, IP, MOT_DE_PASSE, make_agent
from tests.harnais.base import BaseReelle
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde
from tests.instruction.test_courses import _together as together
from tests.saisie import gestes as saisie


@pytest.fixture
def monde(base_reelle: BaseReelle) -> Monde:
    return mondes.make()


def test_b4_a_withdrawal_and_a_decision_at_once(monde: Monde) -> None:
    """One is done, the other is told; the state is that of the first."""
    affectation = monde.file()
    monde.take(affectation)
    sujet = monde.see(affectation).teledossier
    decided = together(
        lambda: operations.accept(affectation, acteur=monde.camille, version=2, lettre="Lettre.", now=clock.now()),
        lambda: suivi.withdraw(sujet, now=clock.now()),
    )
    assert sorted(map(bool, decided)) == [False, True]
    assert monde.see(affectation).etat == (Etat.ACCEPTE, Etat.RETIRE)[decided.index("")]


def test_b1_a_complement_sent_eight_times_at_once_is_one(monde: Monde) -> None:
    affectation = monde.file()
    monde.take(affectation)
    monde.ask(affectation, champs=("demandeur_prenoms",), pieces=())
    sujet = monde.see(affectation).teledossier
    brouillon = suivi.start_complement(sujet, affectation, now=clock.now())
    assert suivi.start_complement(sujet, affectation, now=clock.now()) == brouillon
    page = next(page for page, champs in saisie.ETAPES.items() if "demandeur_prenoms" in champs)
    saisie.fill(brouillon, page, {"demandeur_prenoms": "Noé Ange"}, now=clock.now())

    def submit() -> object:
        return suivi.submit(brouillon, declarations=["exactitude"], acteur=porteur(brouillon), now=clock.now())

    acts: list[Callable[[], object]] = [submit] * 8
    assert set(together(*acts)) <= {"", "rien-a-completer"}
    assert sorted(Depot.objects.filter(teledossier=sujet).values_list("rang", flat=True)) == [1, 2]


@pytest.mark.parametrize("moyen", ["application", "secours"])
def test_b7_a_code_typed_eight_times_at_once_opens_one_session(base_reelle: BaseReelle, moyen: str) -> None:
    agent = make_agent()
    jetons = [login(COURRIEL, MOT_DE_PASSE, ip=IP, now=clock.now()) for _ in range(8)]
    code = agent.enrolement.codes[0] if moyen == "secours" else agent.code(clock.now())
    acts = [lambda jeton=jeton: verify_totp(jeton, code, ip=IP, now=clock.now()) for jeton in jetons]
    assert sorted(together(*acts)) == ["", *["code-errone"] * 7]


def test_a6_tries_at_once_from_everywhere_count_all(base_reelle: BaseReelle) -> None:
    acts = [lambda: hit("essai", "un-numero", limite=10, fenetre=suivi.FENETRE, now=clock.now())] * 30
    assert sorted(together(*acts)) == [""] * 10 + ["trop-de-tentatives"] * 20
