"""What a définition foresees around a request is done: documents, dates, démarches to do as well, words of states, retention."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.annuaire.operations.competences import give_competences
from psl.instruction import operations
from psl.instruction.etats import Etat
from psl.instruction.operations.verrou import content_end
from psl.langage.evaluation import Situation
from psl.routage import queries as routage
from psl.saisie.operations import porteur
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.suivi import apres, queries
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde
from tests.pieces.exemples import PDF
from tests.usager import gestes
from tests.usager import test_recensement as recensement
from tests.usager import test_vacances as vacances

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde(db: None) -> Monde:
    found = mondes.make()
    for slug in ("recensement-citoyen", "tranquillite-vacances"):
        give_competences(found.la_rochelle, slug, ["17300"])
    return found


def filed(client: Client, brouillon: UUID) -> tuple[UUID, UUID]:
    """Send a brouillon; return its télédossier and its affectation."""
    assert gestes.send(client, brouillon)["Location"].endswith("/accuse")
    travaux.drain()
    with scope(SYSTEME):
        scelle = teledossiers.sealed_from(brouillon, now=clock.now())
        assert scelle is not None
        return scelle[0], routage.of_teledossier(scelle[0])[0].id


def made(teledossier: UUID) -> list[tuple[str, str]]:
    with scope(SYSTEME):
        return [(d.nature, d.nom) for d in teledossiers.documents(teledossier) if d.nature.startswith("document")]


@pytest.fixture
def recense(client: Client, monde: Monde) -> tuple[UUID, UUID]:
    return filed(client, recensement.fill_all(client))


def accept(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    operations.accept(affectation, lettre="Voici.", acteur=monde.camille, version=monde.version(affectation), now=clock.now())
    travaux.drain()


def test_the_attestation_comes_with_the_answer_for_both(monde: Monde, recense: tuple[UUID, UUID]) -> None:
    teledossier, affectation = recense
    assert made(teledossier) == []
    accept(monde, affectation)
    assert made(teledossier) == [("document_partage", "Attestation de recensement")]
    client = monde.client(monde.camille)
    assert "Attestation de recensement (PDF)" in client.get(f"/agent/dossier/{affectation}").content.decode()
    reponse = client.get(f"/agent/dossier/{affectation}/document-1.pdf")
    assert (reponse.status_code, reponse.content[:5]) == (200, b"%PDF-")
    assert monde.client(monde.ines).get(f"/agent/dossier/{affectation}/document-1.pdf").status_code == 404
    with scope(porteur(teledossier)):
        assert [d.nom for d in queries.dossier(teledossier).documents if d.nature == "document_partage"] == ["Attestation de recensement"]


def test_dates_and_other_demarches_are_said_where_one_looks(client: Client, monde: Monde) -> None:
    brouillon = recensement.fill_all(client)
    teledossier, _ = filed(client, brouillon)
    page = client.get(f"/ma-demande/{brouillon}/accuse").content.decode()
    assert [texte in page for texte in ("Les dates à ne pas oublier", "17 ans et 9 mois", "https://www.defense.gouv.fr/jdc")] == [True] * 3
    with scope(porteur(teledossier)):
        vue = queries.dossier(teledossier)
    naissance = recensement.seventeen()
    assert vue.accuse.dates[-1].le == naissance.replace(year=naissance.year + 18)


def test_the_receipt_is_made_at_the_filing_for_the_usager_alone(client: Client, monde: Monde) -> None:
    teledossier, affectation = filed(client, holidays(client))
    assert made(teledossier) == [("document", "Récépissé")]
    assert monde.client(monde.camille).get(f"/agent/dossier/{affectation}/document-1.pdf").status_code == 404


def test_what_is_to_be_done_after_the_end_is_said_then(client: Client, monde: Monde) -> None:
    teledossier, affectation = filed(client, holidays(client))
    monde.take(affectation)
    with scope(porteur(teledossier)):
        avant = queries.dossier(teledossier)
    assert ([suivi.statut_libelle for suivi in avant.suivis], avant.liees) == (["Surveillance prévue"], ())
    operations.accept(affectation, lettre="Oui.", acteur=monde.camille, version=monde.version(affectation), now=clock.now())
    with scope(porteur(teledossier)):
        (liee,) = queries.dossier(teledossier).liees
    assert (liee.libelle, liee.code, liee.lien) == (
        "Préparer une plainte, en cas de cambriolage", "", "https://www.pre-plainte-en-ligne.gouv.fr",
    )  # fmt: skip


def test_the_content_is_kept_as_long_as_the_demarche_says(client: Client, monde: Monde) -> None:
    _, affectation = filed(client, holidays(client))
    accept(monde, affectation)
    retour = clock.local_date(clock.now()) + timedelta(days=20)
    assert monde.see(affectation).contenu_jusqu_on == retour + timedelta(days=30)


def holidays(client: Client) -> UUID:
    """Fill the holiday watch."""
    id_ = vacances.fill_first_steps(client)
    gestes.fill(client, id_, "contacts", vacances.LOU)
    pieces = {code: SimpleUploadedFile(f"{code}.pdf", PDF) for code in ("pieceIdentite", "justificatifDomicile")}
    gestes.fill(client, id_, "accord", {"reglement": "oui", **pieces})
    return id_


def test_an_answer_that_may_be_contested_keeps_the_content_until_then(client: Client, monde: Monde) -> None:
    id_ = holidays(client)
    with scope(porteur(id_)):
        situation: Situation = vacances.queries.get_brouillon(id_).situation(clock.now())
    tard = date(2030, 1, 31)
    assert content_end(situation, Etat.ACCEPTE, tard) == tard
    assert content_end(situation, Etat.REFUSE, tard) == date(2030, 3, 31)
    assert content_end(situation, Etat.RETIRE, tard) == tard
    prevue = replace(situation.demarche.faits.conservation, contenu="")
    situation.demarche = replace(situation.demarche, faits=replace(situation.demarche.faits, conservation=prevue))
    assert content_end(situation, Etat.ACCEPTE, tard) == date(2030, 3, 31)


def test_a_demarche_that_leads_nowhere_is_not_proposed(client: Client, monde: Monde) -> None:
    brouillon = recensement.fill_all(client)
    with scope(porteur(brouillon)):
        situation = vacances.queries.get_brouillon(brouillon).situation(clock.now())
    attendus = [liee.code for liee in apres.related(situation, ["fin"])]
    assert "" not in attendus
