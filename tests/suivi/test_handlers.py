"""What following owes to the faits: each once, in the language of the request, without the code."""

import io
from uuid import UUID

import pytest
from django.utils import translation
from pypdf import PdfReader

from psl.instruction import operations
from psl.journal import queries as journal
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.suivi import accuse, handlers
from psl.teledossiers import queries
from psl.teledossiers.operations import Depose
from tests.instruction.monde import Monde
from tests.saisie import gestes
from tests.suivi.gestes import sent
from tests.teledossiers.gestes import NOW, file, send
from tests.teledossiers.test_submit_complement import ask

pytestmark = pytest.mark.django_db


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def acknowledge(depose: Depose) -> bytes:
    """Treat the filing twice, as a worker killed between the two would; return the accusé."""
    with scope(SYSTEME):
        fait = journal.of(depose.teledossier)[0]
        for _ in range(2):
            handlers.acknowledge(fait, now=NOW)
        [document] = queries.documents(depose.teledossier)
        assert (document.nature, document.rang) == ("accuse", 1)
        return queries.read_document(document.id)


def test_the_accuse_says_what_the_law_asks_and_not_the_code(monde: Monde) -> None:
    depose = file()
    lu = text(acknowledge(depose))
    for attendu in (
        depose.numero,
        "lundi 23 novembre 2026",
        "Mairie de La Rochelle, Service de l'état civil",
        "05 36 49 17 30",
        "Place de l'Hôtel-de-Ville",
        "Si l'administration ne répond pas",
        "reste à confirmer",
        "Si vous n'êtes pas d'accord avec la réponse",
    ):
        assert attendu in lu
    assert str(depose.code) not in lu
    [(gabarit, contexte)] = sent(depose.teledossier)
    assert (gabarit, contexte["objet"]) == ("demarche", f"Votre demande {depose.numero} est bien arrivée")
    assert [secret for secret in (str(depose.code), "Dupré", "La Rochelle, 17") if secret in contexte["corps"]] == []


def test_the_one_shown_to_who_filed_bears_the_code_and_never_changes() -> None:
    depose = file()
    with scope(SYSTEME):
        vues = [accuse.of_depot(depose.teledossier, depose.numero, 1, code) for code in (depose.code, depose.code, None)]
        pdfs = [accuse.pdf_of(vue) for vue in vues]
    assert (pdfs[0] == pdfs[1], str(depose.code) in text(pdfs[0]), str(depose.code) in text(pdfs[2])) == (True, True, False)


def test_in_the_language_of_the_request(monde: Monde) -> None:
    depose = file(langue="en")
    with translation.override("fr"):
        lu = text(acknowledge(depose))
        assert ("Monday 23 November 2026" in lu, "Gardez ce document" in lu, translation.get_language()) == (True, False, "fr")


def test_a_commune_that_is_not_connected_gets_the_filled_request() -> None:
    depose = file(communeConcerne={"code": "33063", "libelle": "Bordeaux", "code_postal": ""})
    with scope(SYSTEME):
        vue = accuse.of_depot(depose.teledossier, depose.numero, 1, None)
        lu = text(accuse.recap_pdf_of(vue))
    assert (len(vue.consignes), [r.nom for r in vue.repondants], vue.repondants[0].adresse != "") == (1, ["Mairie de Bordeaux"], True)
    assert all(attendu in lu for attendu in ("Camille Zoé", "N'Guyen", "samedi 27 juin 1998" if "samedi" in lu else "27 juin 1998"))


def test_nobody_to_write_to() -> None:
    depose = file(contact_email="")
    acknowledge(depose)
    assert sent(depose.teledossier) == []


def test_a_complement_has_its_own_accuse_and_e_mail(monde: Monde) -> None:
    depose = file()
    complement = ask(depose.teledossier, pieces=("pieceIdentite",))
    gestes.attach(complement)
    gestes.fill(complement, "pieces")
    send(complement)
    with scope(SYSTEME):
        fait = journal.of(depose.teledossier)[-1]
        handlers.acknowledge(fait, now=NOW)
        [document] = queries.documents(depose.teledossier)
        lu = text(queries.read_document(document.id))
    assert (document.rang, "Demander un acte de mariage" in lu, "carte.pdf" in lu) == (2, True, True)
    [(gabarit, contexte)] = sent(depose.teledossier)
    assert (gabarit, contexte["titre"], contexte["numero"]) == ("complete", "Demander un acte de mariage", depose.numero)


def test_an_e_mail_at_each_change_and_none_for_one_s_own_words(monde: Monde, affectation: UUID) -> None:
    sujet = monde.see(affectation).teledossier
    monde.take(affectation)
    monde.ask(affectation)
    operations.send_message(affectation, texte="SECRET du service", acteur=monde.camille, now=clock.now())
    operations.send_message(affectation, texte="SECRET de l'usager", acteur=monde.usager(affectation), now=clock.now())
    operations.close(
        affectation, motif="SECRET", lettre="SECRET", acteur=monde.camille, version=monde.version(affectation), now=clock.now()
    )
    tell = {
        "instruction.prise": handlers.tell_prise,
        "instruction.complement_demande": handlers.tell_complement,
        "message.envoye": handlers.tell_message,
        "instruction.sans_suite": handlers.tell_decision,
    }
    before = len(sent(sujet))
    with scope(SYSTEME):
        for fait in journal.of(affectation):
            for handler in (tell.get(fait.sorte), tell.get(fait.sorte)):
                if handler:
                    handler(fait, now=clock.now())
    told = sent(sujet)[before:]
    numero = numero_of(affectation)
    assert [contexte.get("objet", gabarit) for gabarit, contexte in told] == [
        f"La mairie étudie votre demande {numero}",
        "message",
        f"Votre demande {numero} est fermée",
    ]
    assert "SECRET" not in str(told)


def numero_of(affectation: UUID) -> str:
    with scope(SYSTEME):
        return routage.get_affectation(affectation).numero
