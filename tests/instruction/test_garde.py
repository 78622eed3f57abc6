"""What the database itself refuses: other services' rows, other usagers', states that do not follow, changed words."""

from itertools import product
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from psl.instruction import operations
from psl.instruction.etats import TRANSITIONS, Etat, may_become
from psl.instruction.models import Decision, Demande, Instruction, Message
from psl.socle import clock
from psl.socle.acteur import SYSTEME, Acteur, scope
from tests.instruction.monde import Monde

TABLES = ("instruction_instruction", "instruction_demande", "instruction_message", "instruction_decision")


@pytest.fixture
def plein(monde: Monde, affectation: UUID) -> UUID:
    """An affectation with a row in each table."""
    monde.take(affectation)
    monde.ask(affectation)
    operations.send_message(affectation, texte="Bonjour", acteur=monde.camille, now=clock.now())
    operations.close(affectation, motif="Raison.", lettre="Lettre.", acteur=monde.camille, version=3, now=clock.now())
    return affectation


def _counts() -> list[int]:
    with connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


def test_each_sees_their_own_by_raw_sql(monde: Monde, plein: UUID) -> None:
    inconnu = Acteur("porteur", UUID(int=5), sujet=UUID(int=5))
    seen = {}
    for nom, acteur in (("camille", monde.camille), ("usager", monde.usager(plein)), ("ines", monde.ines), ("inconnu", inconnu)):
        with scope(acteur):
            seen[nom] = _counts()
    assert seen == {"camille": [1, 1, 1, 1], "usager": [1, 1, 1, 1], "ines": [0, 0, 0, 0], "inconnu": [0, 0, 0, 0]}
    assert _counts() == [0, 0, 0, 0]


def test_a_usager_writes_to_the_thread_only_and_only_as_themself(monde: Monde, plein: UUID) -> None:
    usager = monde.usager(plein)
    attempts = [
        lambda: Instruction.objects.filter(id=plein).update(agent=None),
        lambda: Demande.objects.filter(affectation=plein).update(repondue_at=clock.now()),
        lambda: Message.objects.create(
            affectation=plein,
            teledossier=usager.sujet,
            service=monde.la_rochelle,
            sens="service",
            agent=monde.camille.id,
            boite=b"",
            envoye_at=clock.now(),
        ),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), scope(usager):
            attempt()


@pytest.mark.parametrize("modele", [Instruction, Demande, Message, Decision])
def test_nobody_deletes_but_the_purge(monde: Monde, plein: UUID, modele: type) -> None:
    with pytest.raises(DatabaseError), scope(SYSTEME):
        modele.objects.all().delete()


@pytest.mark.parametrize("modele", [Message, Decision])
def test_words_once_sent_do_not_change(monde: Monde, plein: UUID, modele: type) -> None:
    with pytest.raises(DatabaseError), scope(SYSTEME):
        modele.objects.update(boite=b"autre")


def test_the_database_knows_the_table_of_states(monde: Monde, affectation: UUID) -> None:
    allowed = {}
    for avant, apres in product(TRANSITIONS, Etat):
        if avant is not apres:
            allowed[avant, apres] = _moves(affectation, avant, apres)
    assert allowed == {paire: may_become(*paire) for paire in allowed}


def _moves(affectation: UUID, avant: Etat, apres: Etat) -> bool:
    """Say whether the database lets a state follow another; nothing is kept."""
    dates = "decide_at = {0}, contenu_jusqu_on = {0}, trace_jusqu_on = {0}"
    shape = f"etat = %s, echeance_on = CASE WHEN %s = 'a_completer' THEN current_date END, {dates}"
    try:
        with scope(SYSTEME), transaction.atomic(), connection.cursor() as cursor:
            for etat in [*_way_to(avant), apres]:
                end = "NULL" if etat in TRANSITIONS else "current_date"
                cursor.execute(f"UPDATE instruction_instruction SET {shape.format(end)} WHERE id = %s", [etat, etat, affectation])
            raise _Undo
    except _Undo:
        return True
    except DatabaseError:
        return False


def _way_to(etat: Etat) -> list[Etat]:
    return {Etat.DEPOSE: [], Etat.EN_INSTRUCTION: [Etat.EN_INSTRUCTION], Etat.A_COMPLETER: [Etat.EN_INSTRUCTION, Etat.A_COMPLETER]}[etat]


class _Undo(Exception):  # noqa: N818
    """Nothing of it is kept."""
