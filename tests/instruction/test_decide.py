"""Answering: four ends, each with its letter; the lives that begin there."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from psl.instruction import operations, queries
from psl.instruction.etats import Etat
from psl.instruction.models import Decision
from psl.instruction.queries import DecisionVue
from psl.langage import delais
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction.monde import Monde

SANS_MOTIF = {Etat.ACCEPTE: operations.accept}
AVEC_MOTIF: dict[Etat, Callable[..., None]] = {
    Etat.REFUSE: operations.refuse,
    Etat.NON_RECEVABLE: operations.reject,
    Etat.SANS_SUITE: operations.close,
}
FAITS = {
    Etat.ACCEPTE: "instruction.acceptee",
    Etat.REFUSE: "instruction.refusee",
    Etat.NON_RECEVABLE: "instruction.non_recevable",
    Etat.SANS_SUITE: "instruction.sans_suite",
}


def _decide(monde: Monde, affectation: UUID, etat: Etat, **changes: object) -> None:
    words = {"lettre": "Madame, Monsieur,\n\nVoici notre réponse."} | ({} if etat is Etat.ACCEPTE else {"motif": "L'acte n'est pas ici."})
    decide: Callable[..., None] = {**SANS_MOTIF, **AVEC_MOTIF}[etat]
    decide(affectation, **{**words, **changes}, acteur=monde.camille, version=monde.version(affectation), now=clock.now())


def _read(monde: Monde, affectation: UUID) -> DecisionVue:
    with scope(monde.usager(affectation)):
        decision = queries.decision(affectation)
    assert decision is not None
    return decision


@pytest.mark.parametrize("etat", FAITS)
def test_each_end_is_written_once_and_read_by_the_usager(monde: Monde, affectation: UUID, etat: Etat) -> None:
    monde.take(affectation)
    _decide(monde, affectation, etat)
    row, decision = monde.see(affectation), _read(monde, affectation)
    assert (row.etat, decision.etat, decision.lettre) == (etat, etat, "Madame, Monsieur,\n\nVoici notre réponse.")
    assert decision.motif == ("" if etat is Etat.ACCEPTE else "L'acte n'est pas ici.")
    assert monde.sortes(affectation)[-1] == FAITS[etat]


def test_only_a_refusal_carries_the_ways_of_appeal_that_the_definition_gives(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _decide(monde, affectation, Etat.REFUSE)
    assert _read(monde, affectation).recours.startswith("Les moyens de contester la réponse de la mairie restent à confirmer")


def test_content_and_trace_live_as_long_as_the_definition_says(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _decide(monde, affectation, Etat.ACCEPTE)
    row, jour = monde.see(affectation), clock.local_date(clock.now())
    assert (row.contenu_jusqu_on, row.trace_jusqu_on) == (delais.add(jour, "P1Y"), delais.add(jour, "P3Y"))


def test_the_end_does_not_change(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _decide(monde, affectation, Etat.ACCEPTE)
    with pytest.raises(Refus) as refus:
        _decide(monde, affectation, Etat.REFUSE)
    assert refus.value.phrase == "Cette demande est terminée : son état ne change plus."


@pytest.mark.parametrize("etat", AVEC_MOTIF)
def test_a_reason_and_a_letter_are_asked_at_their_fields(monde: Monde, affectation: UUID, etat: Etat) -> None:
    monde.take(affectation)
    with pytest.raises(Refus) as refus:
        _decide(monde, affectation, etat, motif="\u200b ", lettre="")
    assert (refus.value.code, sorted(refus.value.champs)) == ("reponse-incomplete", ["lettre", "motif"])


def test_nothing_is_decided_before_it_is_taken_but_what_is_not_recevable(monde: Monde, affectation: UUID) -> None:
    with pytest.raises(Refus) as refus:
        _decide(monde, affectation, Etat.ACCEPTE)
    assert refus.value.phrase == "Prenez d'abord cette demande."
    _decide(monde, affectation, Etat.NON_RECEVABLE)
    assert monde.see(affectation).agent == monde.camille.id


def test_the_letter_is_made_for_both(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _decide(monde, affectation, Etat.REFUSE)
    travaux.drain()
    sujet = monde.see(affectation).teledossier
    for acteur in (monde.usager(affectation), monde.camille):
        with scope(acteur):
            lettre = next(vu for vu in teledossiers.documents(sujet) if vu.nature == "lettre")
            octets = teledossiers.read_document(lettre.id)
            again = operations.make_letter(affectation, now=clock.now() + timedelta(days=1))
        assert (octets[:5], lettre.affectation, again) == (b"%PDF-", affectation, lettre.id)


def test_the_answer_is_not_in_the_database_in_clear(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    _decide(monde, affectation, Etat.REFUSE)
    with scope(SYSTEME):
        boite = bytes(Decision.objects.get(id=affectation).boite)
    assert (b"acte" in boite, b"Madame" in boite) == (False, False)
