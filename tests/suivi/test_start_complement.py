"""Answering what a service asked: only what it ticked opens, to the one it asked."""

from uuid import UUID, uuid4

from psl.instruction import operations
from psl.saisie.operations import porteur
from psl.socle import clock
from psl.suivi.operations import start_complement, submit
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.saisie import gestes
from tests.suivi.gestes import refused

RIEN = ("rien-a-completer", 409)


def test_it_opens_what_was_asked_once(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation, champs=("demandeur_prenoms",))
    sujet = monde.see(affectation).teledossier
    complement = start_complement(sujet, affectation, now=clock.now())
    assert start_complement(sujet, affectation, now=clock.now()) == complement
    ouvert = gestes.see(complement)
    assert (ouvert.teledossier, ouvert.document.reponses["identite1_nomFamille"]) == (sujet, "Dupré")
    assert ouvert.masque == {"champs": ["demandeur_prenoms"], "pieces": ["pieceIdentite"], "affectations": [str(affectation)]}


def test_the_answer_goes_back_to_the_service(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation)
    sujet = monde.see(affectation).teledossier
    complement = start_complement(sujet, affectation, now=clock.now())
    gestes.attach(complement, now=clock.now())
    gestes.fill(complement, "pieces", now=clock.now())
    assert [submit(complement, acteur=porteur(complement), now=clock.now()).rang for _ in range(2)] == [2, 2]
    travaux.drain()
    assert submit(complement, acteur=porteur(complement), now=clock.now()).rang == 2
    assert (monde.see(affectation).etat, monde.demande(affectation)) == ("en_instruction", None)
    assert refused(start_complement, sujet, affectation, now=clock.now())[:2] == RIEN


def test_nothing_asked_or_asked_of_another(monde: Monde, affectation: UUID) -> None:
    sujet = monde.see(affectation).teledossier
    assert refused(start_complement, sujet, affectation, now=clock.now())[:2] == RIEN
    monde.take(affectation)
    monde.ask(affectation)
    autre = monde.see(monde.file()).teledossier
    assert refused(start_complement, autre, affectation, now=clock.now())[:2] == ("affectation-inconnue", 404)
    assert refused(start_complement, sujet, uuid4(), now=clock.now())[:2] == ("affectation-inconnue", 404)


def test_what_is_no_longer_awaited_is_not_taken(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation, pieces=(), champs=("demandeur_prenoms",))
    sujet = monde.see(affectation).teledossier
    complement = start_complement(sujet, affectation, now=clock.now())
    gestes.fill(complement, "coordonnees", {"demandeur_prenoms": "Noël"}, now=clock.now())
    version = monde.version(affectation)
    operations.close(affectation, motif="Sans objet.", lettre="Bonjour,", acteur=monde.camille, version=version, now=clock.now())
    assert refused(submit, complement, acteur=porteur(complement), now=clock.now())[:2] == RIEN
    assert gestes.see(complement).document.reponses["demandeur_prenoms"] == "Noël"
