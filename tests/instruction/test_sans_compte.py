"""A service without an account: number and password open one dossier alone; it acts on it as itself; it ends."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from psl.connecteurs.antivirus.demonstration import EICAR
from psl.instruction import operations
from psl.instruction.etats import Etat
from psl.instruction.models import Decision, Demande, Instruction, Message
from psl.instruction.operations.sans_compte import acteur_of
from psl.portails.agent import acces_service as acces
from psl.routage.models import AccesService, Affectation, Copie
from psl.routage.operations import mot_de_passe
from psl.socle import clock, reference
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.pieces.exemples import PDF

CHEMIN = "/agent/gestionnaire-de-suivi"


def password(affectation: UUID) -> str:
    with scope(SYSTEME):
        return mot_de_passe(affectation, now=clock.now())


def number(affectation: UUID) -> str:
    with scope(SYSTEME):
        return str(Affectation.objects.values_list("numero", flat=True).get(id=affectation))


def enter(affectation: UUID, tape: str | None = None) -> Client:
    client = Client()
    client.post(CHEMIN, {"numero": number(affectation), "mot_de_passe": tape or password(affectation)})
    return client


def act(client: Client, page: str, **donnees: object) -> str:
    """Post a form of the dossier; return where it leads, or its status."""
    reponse = client.post(f"{CHEMIN}/{page}", donnees)
    return str(reponse.headers["Location"].rpartition("=")[2]) if reponse.status_code == 302 else str(reponse.status_code)


@pytest.fixture
def ouvert(affectation: UUID) -> Client:
    return enter(affectation)


def test_the_number_and_the_password_open_it(ouvert: Client, monde: Monde, affectation: UUID) -> None:
    page = ouvert.get(f"{CHEMIN}/dossier")
    assert (page.status_code, number(affectation).encode() in page.content) == (200, True)
    assert monde.sortes(affectation)[-2:] == ["service.entre", "consultation"]


@pytest.mark.parametrize(("numero", "tape"), [("", ""), ("A-9-AAAAAAAA", "Abcdefgh!2"), (None, "Abcdefgh!2"), (None, "")])
def test_anything_else_is_told_the_same(affectation: UUID, numero: str | None, tape: str) -> None:
    password(affectation)
    reponse = Client().post(CHEMIN, {"numero": numero if numero is not None else number(affectation), "mot_de_passe": tape})
    assert reponse.status_code in {403, 404}
    assert acces.COOKIE not in reponse.cookies


def test_a7_an_unknown_number_costs_and_says_what_a_wrong_password_does(affectation: UUID) -> None:
    """Same words, same status, same readings of the base, tries counted: nothing tells numbers that exist."""
    password(affectation)

    def outcome(numero: str, ip: str) -> tuple[str, str, int, list[str]]:
        with pytest.raises(Refus) as refus, CaptureQueriesContext(connection) as vues:
            operations.prove_service(numero, "Abcdefgh!2", ip=ip, now=clock.now())
        lues = [sql["sql"].split("WHERE")[0] for sql in vues if sql["sql"].startswith("SELECT") and "FROM" in sql["sql"]]
        return refus.value.code, refus.value.phrase, refus.value.statut, lues

    assert outcome(number(affectation), "192.0.2.1") == outcome(reference.draw(), "192.0.2.2")


def test_an_affectation_without_a_password_is_not_open_to_the_empty_one(affectation: UUID) -> None:
    with pytest.raises(Refus) as refus:
        operations.prove_service(number(affectation), "", ip="192.0.2.1", now=clock.now())
    assert refus.value.code == "acces-refuse"


def test_tries_are_counted(affectation: UUID) -> None:
    codes = []
    for rang in range(11):
        with pytest.raises(Refus) as refus:
            operations.prove_service(number(affectation), "Abcdefgh!2", ip=f"192.0.2.{rang}", now=clock.now())
        codes.append(refus.value.code)
    assert codes == ["acces-refuse"] * 10 + ["trop-de-tentatives"]


def test_it_changes_the_state_with_a_comment(ouvert: Client, monde: Monde, affectation: UUID) -> None:
    assert act(ouvert, "etat", etat="take", commentaire="Nous regardons.", version="1") == "etat"
    assert monde.see(affectation).etat == Etat.EN_INSTRUCTION
    assert act(ouvert, "etat", etat="accept", commentaire="", version="2") == "etat"
    assert monde.see(affectation).etat == Etat.ACCEPTE
    with scope(SYSTEME):
        assert Decision.objects.get(id=affectation).agent == affectation
        assert Message.objects.filter(affectation=affectation).count() == 1
    assert monde.sortes(affectation)[-3:] == ["instruction.prise", "message.envoye", "instruction.acceptee"]
    travaux.drain()
    page = ouvert.get(f"{CHEMIN}/dossier").content.decode()
    assert "Le service, sans compte a accepté cette demande" in page


@pytest.mark.parametrize(
    ("donnees", "statut"),
    [
        ({"etat": "refuse", "commentaire": "", "version": "2"}, "422"),  # a refusal says why
        ({"etat": "accept", "commentaire": "", "version": "1"}, "409"),  # an old page
        ({"etat": "release", "version": "2"}, "422"),
        ({"etat": "", "version": "2"}, "422"),
    ],
)
def test_what_is_not_allowed_changes_nothing(ouvert: Client, monde: Monde, affectation: UUID, donnees: dict[str, str], statut: str) -> None:
    act(ouvert, "etat", etat="take", version="1")
    assert (act(ouvert, "etat", **donnees), monde.see(affectation).etat) == (statut, Etat.EN_INSTRUCTION)


def test_an_answer_needs_the_dossier_taken(ouvert: Client, monde: Monde, affectation: UUID) -> None:
    assert (act(ouvert, "etat", etat="accept", version="1"), monde.see(affectation).etat) == ("409", Etat.DEPOSE)


def test_it_asks_for_a_piece(ouvert: Client, monde: Monde, affectation: UUID) -> None:
    act(ouvert, "etat", etat="take", version="1")
    assert act(ouvert, "complement", piece="pieceIdentite", motif="Trop sombre.", version="2") == "complement"
    demande = monde.demande(affectation)
    assert demande is not None
    assert (demande.pieces, demande.motif) == (("pieceIdentite",), "Trop sombre.")


def test_it_joins_a_document_that_the_usager_reads(ouvert: Client, monde: Monde, affectation: UUID) -> None:
    assert act(ouvert, "document", document=SimpleUploadedFile("certificat.exe", PDF)) == "document"
    with scope(monde.usager(affectation)):
        [joint] = [d for d in teledossiers.documents(monde.see(affectation).teledossier) if d.nature == "joint"]
        assert (joint.nom, teledossiers.read_document(joint.id)) == ("certificat.pdf", PDF)
    assert monde.sortes(affectation)[-1] == "document.joint"
    assert "certificat.pdf" in ouvert.get(f"{CHEMIN}/dossier").content.decode()


@pytest.mark.parametrize(
    ("contenu", "statut"), [(b"PK\x03\x04", "415"), (PDF.replace(b"trailer", EICAR + b"trailer"), "422"), (b"", "422")]
)
def test_a_bad_document_is_not_joined(ouvert: Client, monde: Monde, affectation: UUID, contenu: bytes, statut: str) -> None:
    assert act(ouvert, "document", document=SimpleUploadedFile("a.pdf", contenu)) == statut
    with scope(SYSTEME):
        assert "joint" not in {d.nature for d in teledossiers.documents(monde.see(affectation).teledossier)}


@override_settings(ANTIVIRUS="psl.connecteurs.antivirus.en_panne.AntivirusEnPanne")
def test_no_document_without_an_antivirus(ouvert: Client) -> None:
    assert act(ouvert, "document", document=SimpleUploadedFile("a.pdf", PDF)) == "503"


def test_it_downloads_what_it_received(ouvert: Client, monde: Monde, affectation: UUID) -> None:
    assert b"".join(ouvert.get(f"{CHEMIN}/recapitulatif.pdf")).startswith(b"%PDF")
    page = ouvert.get(f"{CHEMIN}/dossier").content.decode()
    adresse = page.partition(f'href="{CHEMIN}/fichier/')[2].partition('"')[0]
    assert ouvert.get(f"{CHEMIN}/fichier/{adresse}").status_code == 200
    assert monde.sortes(affectation)[-1] == "fichier.consulte"


def test_row_level_security_shows_this_affectation_alone(monde: Monde, affectation: UUID) -> None:
    autre = monde.file()
    password(affectation)
    password(autre)
    monde.take(autre)
    monde.ask(autre)
    with scope(acteur_of(affectation)):
        assert list(Affectation.objects.values_list("id", flat=True)) == [affectation]
        assert set(Copie.objects.values_list("affectation_id", flat=True)) == {affectation}
        assert list(Instruction.objects.values_list("id", flat=True)) == [affectation]
        assert (list(Demande.objects.all()), list(AccesService.objects.all())) == ([], [])
        assert set(Cle.objects.values_list("objet", flat=True)) == {"acces", "copie", "instruction"}
        with pytest.raises(Refus) as refus:
            operations.take(autre, acteur=acteur_of(affectation), version=2, now=clock.now())
    assert refus.value.code == "affectation-inconnue"


@override_settings(SUIVI_SERVICE_JOURS=3)
def test_it_ends_some_days_after_the_dossier(ouvert: Client, monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    operations.accept(affectation, lettre="Bonjour.", acteur=monde.camille, version=2, now=clock.now() - timedelta(days=2, hours=23))
    assert ouvert.get(f"{CHEMIN}/dossier").status_code == 200
    with transaction.atomic(), scope(SYSTEME):
        Instruction.objects.filter(id=affectation).update(decide_at=clock.now() - timedelta(days=3, minutes=1))
    assert ouvert.get(f"{CHEMIN}/dossier").headers["Location"] == CHEMIN
    assert acces.COOKIE not in enter(affectation).cookies


def test_the_door_closes(ouvert: Client) -> None:
    ouvert.post(f"{CHEMIN}/fermer")
    assert ouvert.get(f"{CHEMIN}/dossier").headers["Location"] == CHEMIN
    for forge in ("", "x", "0" * 32):
        ouvert.cookies[acces.COOKIE] = forge
        assert ouvert.get(f"{CHEMIN}/dossier").headers["Location"] == CHEMIN
