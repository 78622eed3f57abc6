"""A complément goes to those who asked for it, once."""

from uuid import UUID

from psl.pieces import operations as pieces
from psl.routage.models import Copie
from psl.routage.operations import add_copy
from psl.socle.acteur import SYSTEME, scope
from psl.teledossiers.operations import Depose
from tests.pieces.exemples import PDF
from tests.routage import gestes
from tests.saisie import gestes as saisie
from tests.teledossiers.gestes import NOW, send
from tests.teledossiers.test_submit_complement import ask


def complete(depose: Depose, *affectations: UUID) -> None:
    """File a complément: a first name, a file."""
    ids = tuple(str(id_) for id_ in affectations)
    complement = ask(depose.teledossier, "demandeur_prenoms", pieces=("pieceIdentite",), affectations=ids)
    saisie.fill(complement, "coordonnees", {"demandeur_prenoms": "Noël"})
    saisie.attach(complement, nom="nette.pdf")
    saisie.fill(complement, "pieces")
    send(complement)


def carry(depose: Depose, rang: int = 2) -> list[UUID]:
    with scope(SYSTEME):
        return add_copy(depose.teledossier, rang, now=NOW)


def test_the_latest_answer_wins_and_the_files_add_up() -> None:
    depose = gestes.file(pieces=1)
    [affectation] = gestes.send(depose)
    complete(depose, affectation)
    assert carry(depose) == [affectation]
    contenu = gestes.content(affectation, gestes.agent("la-rochelle-etat-civil"))
    assert (contenu.valeurs["demandeur_prenoms"], contenu.valeurs["demandeur_nomFamille"]) == ("Noël", "Dupré")
    assert [(piece["nom"], piece["rang"]) for piece in contenu.pieces] == [("piece 0.pdf", 1), ("nette.pdf", 2)]
    assert [copie["valeurs"] for copie in contenu.copies[1:]] == [{"demandeur_prenoms": "Noël"}]
    derniere = contenu.pieces[-1]
    assert b"".join(pieces.read(UUID(derniere["id"]), cle=bytes.fromhex(derniere["cle"]))) == PDF


def test_a_second_run_does_nothing() -> None:
    depose = gestes.file()
    gestes.send(depose)
    complete(depose)
    assert carry(depose) == carry(depose)
    with scope(SYSTEME):
        assert list(Copie.objects.order_by("rang").values_list("rang", flat=True)) == [1, 2]


def test_whoever_did_not_ask_receives_nothing() -> None:
    depose = gestes.file()
    gestes.send(depose)
    complete(depose, UUID(int=7))
    assert carry(depose) == []


def test_nor_does_a_commune_that_is_not_connected() -> None:
    depose = gestes.file("33063")
    gestes.send(depose)
    complete(depose)
    assert carry(depose) == []
