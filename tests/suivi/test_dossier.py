"""What the usager reads: states in words, the timeline, who looked, the thread, the documents that are theirs."""

from uuid import UUID

from psl.courriers import operations as courriers
from psl.courriers.models import Envoi, Etat
from psl.instruction import operations
from psl.instruction.queries import DemandeVue
from psl.socle import clock
from psl.socle.acteur import scope
from psl.suivi import queries
from psl.suivi.operations import write
from psl.suivi.queries import DossierVu
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.suivi.gestes import refused
from tests.teledossiers.gestes import file

MAIRIE = "Mairie de La Rochelle, Service de l'état civil"


def read(monde: Monde, affectation: UUID) -> DossierVu:
    with scope(monde.usager(affectation)):
        return queries.dossier(monde.see(affectation).teledossier)


def phrases(vue: DossierVu) -> list[str]:
    return [ligne.phrase for ligne in vue.lignes]


def test_just_sent(monde: Monde, affectation: UUID) -> None:
    vue = read(monde, affectation)
    [suivi] = vue.suivis
    assert (vue.titre, vue.a_faire, vue.est_final, suivi.service) == ("Demander un acte de mariage", (), False, MAIRIE)
    assert (suivi.statut_libelle, suivi.demande, suivi.peut_ecrire) == ("Demande envoyée", None, True)
    assert phrases(vue) == ["Vous avez envoyé votre demande.", f"Votre demande a été transmise à {MAIRIE}."]
    assert [(document.nature, document.rang) for document in vue.documents] == [("accuse", 1)]


def test_what_is_asked_is_what_to_do(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation)
    vue = read(monde, affectation)
    [suivi] = vue.a_faire
    assert isinstance(suivi.demande, DemandeVue)
    assert (suivi.demande.pieces, suivi.demande.motif, suivi.statut_libelle) == (
        ("pieceIdentite",), "La photo est trop sombre.", "Complément demandé",
    )  # fmt: skip
    assert phrases(vue)[2:] == [f"{MAIRIE} a commencé à traiter votre demande.", f"{MAIRIE} vous demande un complément."]


def test_who_looked_by_service_never_by_name(monde: Monde, affectation: UUID) -> None:
    moment = clock.now()
    operations.consult(affectation, acteur=monde.camille, now=moment)
    vue = read(monde, affectation)
    assert vue.consultations == ((MAIRIE, moment),)
    assert "Rivière" not in str(vue)


def test_the_thread_and_the_answer(monde: Monde, affectation: UUID) -> None:
    sujet = monde.see(affectation).teledossier
    write(sujet, affectation, "Où en est ma demande ?", now=clock.now())
    monde.take(affectation)
    operations.send_message(affectation, texte="Elle est en cours.", acteur=monde.camille, now=clock.now())
    version = monde.version(affectation)
    operations.accept(affectation, lettre="Madame, Monsieur,", acteur=monde.camille, version=version, now=clock.now())
    travaux.drain()
    vue = read(monde, affectation)
    assert [(message.sens, message.texte) for message in vue.messages] == [
        ("usager", "Où en est ma demande ?"), ("service", "Elle est en cours."),
    ]  # fmt: skip
    assert (vue.est_final, vue.suivis[0].statut_libelle, vue.suivis[0].peut_ecrire) == (True, "Demande terminée", False)
    assert sorted(document.nature for document in vue.documents) == ["accuse", "lettre"]


def test_writing_to_somebody_else_s_service(monde: Monde, affectation: UUID) -> None:
    autre = monde.see(monde.file()).teledossier
    assert refused(write, autre, affectation, "Bonjour", now=clock.now())[:2] == ("affectation-inconnue", 404)
    assert refused(write, monde.see(affectation).teledossier, affectation, " \x00 ", now=clock.now())[:2] == ("message-incomplet", 422)


def test_a_commune_that_is_not_connected(monde: Monde) -> None:
    depose = file(communeConcerne={"code": "33063", "libelle": "Bordeaux", "code_postal": ""})
    travaux.drain()
    acteur = monde.camille.__class__("porteur", depose.teledossier, sujet=depose.teledossier)
    with scope(acteur):
        vue = queries.dossier(depose.teledossier)
    [suivi] = vue.suivis
    assert (suivi.service, suivi.peut_ecrire, len(vue.accuse.consignes)) == ("La mairie de Bordeaux", False, 1)
    assert phrases(vue)[1:] == ["La mairie de Bordeaux ne reçoit pas les demandes en ligne : envoyez-lui votre demande remplie."]


def test_an_e_mail_that_came_back_is_told(monde: Monde, affectation: UUID) -> None:
    envoi = Envoi.objects.filter(sujet=monde.see(affectation).teledossier).first()
    assert envoi is not None
    Envoi.objects.filter(id=envoi.id).update(etat=Etat.ENVOYE)
    courriers.record_bounce(envoi.id, statut="5.1.1", now=clock.now())
    assert phrases(read(monde, affectation))[-1] == "Un courriel n'a pas pu vous être remis. Vérifiez votre adresse électronique."
