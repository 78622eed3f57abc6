"""Opening, taking, taking over, giving back, assigning; two agents at once."""

from uuid import UUID

import pytest

from psl.instruction import operations
from psl.instruction.etats import Etat
from psl.instruction.models import Instruction
from psl.instruction.queries.echanges import key_of, open_box
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from tests.instruction.monde import Monde


def test_an_affectation_opens_its_instruction_once(monde: Monde, affectation: UUID) -> None:
    with scope(SYSTEME):
        operations.open_instruction(affectation, now=clock.now())
        row = Instruction.objects.get(id=affectation)
        apercu = open_box(row.apercu, affectation, key_of(affectation))
    assert (row.etat, row.service, row.agent, row.version) == (Etat.DEPOSE, monde.la_rochelle, None, 1)
    assert apercu == {"usager": "Dupré Noé", "titre": "Demander un acte de mariage"}


def test_taking_begins_the_instruction_and_tells(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    row = monde.see(affectation)
    assert (row.etat, row.agent, row.version, row.prise_at is not None) == (Etat.EN_INSTRUCTION, monde.camille.id, 2, True)
    assert monde.sortes(affectation) == ["affectation.creee", "instruction.prise"]


def test_a_second_agent_at_once_is_told_who_acted(monde: Monde, affectation: UUID) -> None:
    lue = monde.version(affectation)
    monde.take(affectation)
    with pytest.raises(Refus) as refus:
        operations.take(affectation, acteur=monde.yanis, version=lue, now=clock.now())
    assert (refus.value.code, refus.value.statut) == ("change-entretemps", 409)
    assert refus.value.phrase.startswith("Camille Rivière a pris cette demande (")
    assert monde.see(affectation).agent == monde.camille.id


def test_a_colleague_takes_over_knowingly(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    prise_at = monde.see(affectation).prise_at
    monde.take(affectation, monde.yanis)
    row = monde.see(affectation)
    assert (row.agent, row.prise_at, row.etat) == (monde.yanis.id, prise_at, Etat.EN_INSTRUCTION)
    assert monde.sortes(affectation)[-1] == "instruction.attribuee"


def test_taking_what_is_already_ones_own_is_refused(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    with pytest.raises(Refus) as refus:
        monde.take(affectation)
    assert (refus.value.code, refus.value.phrase) == ("acte-impossible", "Vous vous occupez déjà de cette demande.")


def test_giving_back_leaves_the_state(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    operations.release(affectation, acteur=monde.camille, version=2, now=clock.now())
    row = monde.see(affectation)
    assert (row.etat, row.agent, row.version) == (Etat.EN_INSTRUCTION, None, 3)
    assert monde.sortes(affectation)[-1] == "instruction.liberee"


def test_a_colleague_does_not_give_back_for_another(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    with pytest.raises(Refus) as refus:
        operations.release(affectation, acteur=monde.yanis, version=2, now=clock.now())
    assert refus.value.phrase == "Camille Rivière s'occupe de cette demande. Pour continuer, reprenez-la d'abord."


def test_a_responsable_assigns_to_an_agent_of_the_service(monde: Monde, affectation: UUID) -> None:
    assert monde.yanis.id is not None
    operations.assign(affectation, agent=monde.yanis.id, acteur=monde.helene, version=1, now=clock.now())
    row = monde.see(affectation)
    assert (row.agent, row.etat) == (monde.yanis.id, Etat.DEPOSE)


def test_an_assigned_dossier_is_begun_by_its_agent(monde: Monde, affectation: UUID) -> None:
    assert monde.yanis.id is not None
    operations.assign(affectation, agent=monde.yanis.id, acteur=monde.helene, version=1, now=clock.now())
    monde.take(affectation, monde.yanis)
    assert (monde.see(affectation).etat, monde.sortes(affectation)[-1]) == (Etat.EN_INSTRUCTION, "instruction.prise")


def test_assigning_outside_the_service_is_refused_at_the_field(monde: Monde, affectation: UUID) -> None:
    assert monde.ines.id is not None
    with pytest.raises(Refus) as refus:
        operations.assign(affectation, agent=monde.ines.id, acteur=monde.helene, version=1, now=clock.now())
    assert (refus.value.code, dict(refus.value.champs)) == ("agent-hors-service", {"agent": "Choisissez un agent de ce service."})


def test_an_agent_does_not_assign(monde: Monde, affectation: UUID) -> None:
    assert monde.yanis.id is not None
    with pytest.raises(Refus) as refus:
        operations.assign(affectation, agent=monde.yanis.id, acteur=monde.camille, version=1, now=clock.now())
    assert refus.value.phrase == "Seul un responsable du service attribue une demande."


@pytest.mark.parametrize("qui", ["ines", "usager"])
def test_nobody_else_takes(monde: Monde, affectation: UUID, qui: str) -> None:
    acteur = monde.ines if qui == "ines" else monde.usager(affectation)
    with pytest.raises(Refus) as refus:
        operations.take(affectation, acteur=acteur, version=1, now=clock.now())
    assert (refus.value.code, refus.value.statut) == ("affectation-inconnue", 404)
