"""Asking for a complément, and what its arrival changes."""

from datetime import timedelta
from uuid import UUID

import pytest

from psl.instruction import operations
from psl.instruction.etats import Etat
from psl.instruction.models import Demande
from psl.journal import queries as journal
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from tests.instruction.monde import Monde

DANS_QUINZE_JOURS = timedelta(days=15)


def _ask(monde: Monde, affectation: UUID, **changes: object) -> UUID:
    today = clock.local_date(clock.now())
    asked = {
        "champs": ["dateMariage"],
        "pieces": ["pieceIdentite"],
        "motif": "La photo est trop sombre.",
        "echeance_on": today + DANS_QUINZE_JOURS,
    }
    version = monde.version(affectation)
    return operations.ask(affectation, **{**asked, **changes}, acteur=monde.camille, version=version, now=clock.now())


def test_it_re_opens_only_what_is_ticked_and_is_read_by_the_usager(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    id_ = _ask(monde, affectation)
    row, demande = monde.see(affectation), monde.demande(affectation)
    assert demande is not None
    assert (demande.id, demande.champs, demande.pieces, demande.motif) == (
        id_,
        ("dateMariage",),
        ("pieceIdentite",),
        "La photo est trop sombre.",
    )
    assert (row.etat, row.echeance_on) == (Etat.A_COMPLETER, demande.echeance_on)


def test_the_fait_names_keys_and_a_date_but_no_answer_and_no_reason(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    id_ = _ask(monde, affectation)
    corps = journal.of(affectation)[-1].corps
    echeance = str(clock.local_date(clock.now()) + DANS_QUINZE_JOURS)
    assert corps == {"demande": str(id_), "champs": ["dateMariage"], "pieces": ["pieceIdentite"], "le": echeance}


def test_the_reason_is_not_in_the_database_in_clear(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _ask(monde, affectation)
    with scope(SYSTEME):
        boite = bytes(Demande.objects.get(affectation=affectation).boite)
    assert b"sombre" not in boite


def test_unknown_keys_are_ignored_and_alone_are_nothing(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    with pytest.raises(Refus) as refus:
        _ask(monde, affectation, champs=["inconnu", "avisComedec"], pieces=["../secret"])
    assert (refus.value.code, list(refus.value.champs)) == ("complement-incomplet", ["items"])
    _ask(monde, affectation, champs=["dateMariage", "inconnu"], pieces=[])
    demande = monde.demande(affectation)
    assert demande is not None
    assert (demande.champs, demande.pieces) == (("dateMariage",), ())


@pytest.mark.parametrize(
    ("changes", "champ"),
    [
        ({"motif": " \n\u200b"}, "motif"),
        ({"motif": "é" * 2_001}, "motif"),
        ({"echeance_on": None}, "echeance"),
        ({"echeance_on": clock.local_date(clock.now())}, "echeance"),
        ({"echeance_on": clock.local_date(clock.now()) + timedelta(days=400)}, "echeance"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(monde: Monde, affectation: UUID, changes: dict[str, object], champ: str) -> None:
    monde.take(affectation)
    with pytest.raises(Refus) as refus:
        _ask(monde, affectation, **changes)
    assert (refus.value.statut, list(refus.value.champs)) == (422, [champ])
    assert monde.see(affectation).etat == Etat.EN_INSTRUCTION


def test_one_complement_at_a_time(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _ask(monde, affectation)
    with pytest.raises(Refus) as refus:
        _ask(monde, affectation)
    assert refus.value.phrase == "Un complément est demandé à l'usager. Attendez sa réponse, ou classez la demande sans suite."


def test_it_comes_back_in_instruction_as_of_the_day_it_was_sent(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _ask(monde, affectation)
    sujet, recu_at = monde.see(affectation).teledossier, clock.now()
    with scope(SYSTEME):
        premier = operations.resume_after_complement(sujet, affectations=[affectation], recu_at=recu_at, now=recu_at + timedelta(hours=2))
        second = operations.resume_after_complement(sujet, affectations=[affectation], recu_at=recu_at, now=recu_at + timedelta(hours=3))
        demande = Demande.objects.get(affectation=affectation)
    row = monde.see(affectation)
    assert (premier, second, demande.repondue_at) == ([affectation], [], recu_at)
    assert (row.etat, row.echeance_on, row.agent) == (Etat.EN_INSTRUCTION, None, monde.camille.id)
    assert monde.sortes(affectation)[-1] == "instruction.reprise"
    assert monde.demande(affectation) is None


def test_only_those_who_asked_are_put_back(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _ask(monde, affectation)
    with scope(SYSTEME):
        resumed = operations.resume_after_complement(
            monde.see(affectation).teledossier, affectations=[UUID(int=7)], recu_at=clock.now(), now=clock.now()
        )
    assert (resumed, monde.see(affectation).etat) == ([], Etat.A_COMPLETER)


def test_what_is_over_stays_over(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _ask(monde, affectation)
    operations.close(affectation, motif="Sans réponse.", lettre="Lettre.", acteur=monde.camille, version=3, now=clock.now())
    with scope(SYSTEME):
        resumed = operations.resume_after_complement(
            monde.see(affectation).teledossier, affectations=[], recu_at=clock.now(), now=clock.now()
        )
    assert (resumed, monde.see(affectation).etat) == ([], Etat.SANS_SUITE)
