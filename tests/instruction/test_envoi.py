"""What a service without our portal receives: the zip by a real SMTP server, or a link, its password apart; what comes back."""

import hashlib
import io
import socket
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings

from psl.annuaire.models import ServiceInstructeur
from psl.courriers import operations as courriers
from psl.courriers.models import Envoi
from psl.instruction import operations
from psl.instruction.operations import envoi
from psl.journal import operations as journal
from psl.journal import queries as faits
from psl.journal.models import Fait, Panne
from psl.routage import operations as routages
from psl.routage import queries as routage
from psl.simulateurs.attrapeur import make_controller
from psl.simulateurs.boite import Boite
from psl.socle import clock, ports
from psl.socle.acteur import SYSTEME, scope
from tests.agent_portail.test_complement_recu import _answer as answer
from tests.harnais import travaux
from tests.instruction.monde import Monde

VERS = "etat-civil@la-rochelle.example.org"


@pytest.fixture
def boite(tmp_path: Path) -> Iterator[Boite]:
    """The SMTP catcher, in this process, and what it caught."""
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    recu = Boite(tmp_path)
    controleur = make_controller(recu, port)
    controleur.start()
    ports.forget()
    with override_settings(MESSAGER="psl.connecteurs.messagers.smtp.MessagerSMTP", SMTP_HOTE="127.0.0.1", SMTP_PORT=port):
        yield recu
    controleur.stop()
    ports.forget()


@pytest.fixture
def sans_portail(monde: Monde) -> Monde:
    """La Rochelle works by e-mail."""
    ServiceInstructeur.objects.filter(id=monde.la_rochelle).update(portail=False, siret="21170300190013")
    return monde


def _received(boite: Boite, vers: str = VERS) -> list[EmailMessage]:
    caught = [courriel for courriel in boite.search() if courriel.vers == (vers,)]
    return [message_from_bytes(courriel.brut, policy=default) for courriel in reversed(caught)]  # type: ignore[misc]


def _password(affectation: UUID) -> str:
    with scope(SYSTEME):
        return routages.mot_de_passe(affectation, now=clock.now())


def _numero(affectation: UUID) -> str:
    with scope(SYSTEME):
        return routage.get_affectation(affectation).numero


def _sent(affectation: UUID) -> list[dict]:
    with scope(SYSTEME):
        return [fait.corps for fait in Fait.objects.filter(sujet=affectation, sorte="affectation.transmise").order_by("rang")]


def test_the_zip_is_attached_and_its_proof_is_kept(sans_portail: Monde, boite: Boite) -> None:
    affectation = sans_portail.file()
    numero, [courriel] = _numero(affectation), _received(boite)
    [jointe] = courriel.iter_attachments()
    octets = jointe.get_content()
    corps = courriel.get_body().get_content()
    assert courriel["Subject"] == f"EtatCivil - {numero} : dossier à traiter"
    assert (jointe.get_filename(), jointe.get_content_type()) == (f"{numero}-EtatCivil-1.zip", "application/zip")
    assert f"/agent/gestionnaire-de-suivi?numero={numero}" in corps
    assert f"{numero}-EtatCivil-ent-1.xml" in corps
    assert _password(affectation) not in corps
    message = zipfile.ZipFile(io.BytesIO(octets)).read("message.xml").decode()
    assert "<ns2:Siret>21170300190013</ns2:Siret>" in message
    empreinte = hashlib.sha256(octets).hexdigest()
    assert _sent(affectation) == [
        {"rang": 1, "nom": f"{numero}-EtatCivil-1.zip", "taille": len(octets), "sha256": empreinte, "jointe": True}
    ]
    with scope(SYSTEME):
        assert routage.get_affectation(affectation).livraison == "courriel"


def test_a_service_with_the_portal_is_not_written_to(monde: Monde, boite: Boite) -> None:
    affectation = monde.file()
    assert (_received(boite), _sent(affectation)) == ([], [])


def test_a_heavy_zip_becomes_a_link_and_the_password_travels_alone(
    sans_portail: Monde, boite: Boite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(envoi, "POIDS_MAX", 10_000)
    affectation = sans_portail.file()
    numero, mot_de_passe = _numero(affectation), _password(affectation)
    lus = {courriel["Subject"]: courriel for courriel in _received(boite)}
    assert set(lus) == {f"EtatCivil - {numero} : dossier à traiter", f"Mot de passe d'un dossier finissant par {numero[-3:]}"}
    assert [list(courriel.iter_attachments()) for courriel in lus.values()] == [[], []]
    textes = [courriel.get_content() for courriel in lus.values()]
    assert [(numero in texte, "gestionnaire-de-suivi" in texte, mot_de_passe in texte) for texte in sorted(textes, key=len)] == [
        (False, False, True),
        (True, True, False),
    ]
    assert operations.prove_service(numero, mot_de_passe, ip="127.0.0.1", now=clock.now()) == affectation


def test_a_complement_is_sent_too_and_nothing_twice(sans_portail: Monde, boite: Boite) -> None:
    affectation = sans_portail.file()
    sans_portail.take(affectation)
    sans_portail.ask(affectation, champs=("dateMariage",))
    answer(sans_portail, affectation)
    with scope(SYSTEME):
        operations.mail_depots(affectation, now=clock.now())
    travaux.drain()
    numero = _numero(affectation)
    noms = [next(courriel.iter_attachments()).get_filename() for courriel in _received(boite)]
    assert sorted(noms) == [f"{numero}-EtatCivil-1.zip", f"{numero}-EtatCivil-2.zip"]


def test_what_comes_back_is_put_aside_and_goes_again_to_the_address_of_the_day(sans_portail: Monde, boite: Boite) -> None:
    ServiceInstructeur.objects.filter(id=sans_portail.la_rochelle).update(courriel="rebond@la-rochelle.example.org")
    affectation = sans_portail.file()
    [panne] = Panne.objects.all()
    assert (panne.handler, panne.ids) == (envoi.MAIL, {"affectation_id": str(affectation)})
    assert panne.cause.startswith("le courriel au service est revenu : ")
    ServiceInstructeur.objects.filter(id=sans_portail.la_rochelle).update(courriel=VERS)
    journal.replay(panne.id, now=clock.now())
    travaux.drain()
    [courriel] = _received(boite)
    assert courriel["To"] == VERS


def test_a_late_bounce_is_put_aside_and_leaves_the_usager_s_address_alone(sans_portail: Monde, boite: Boite) -> None:
    affectation = sans_portail.file()
    with scope(SYSTEME):
        [envoye] = Envoi.objects.filter(sujet=affectation)
    assert courriers.record_bounce(envoye.id, statut="5.1.1", now=clock.now())
    travaux.drain()
    [panne] = Panne.objects.all()
    assert panne.cause == "le courriel au service est revenu : 5.1.1"
    assert [fait.sorte for fait in faits.of(affectation)][-1] == "courriel.rebond"


def test_a_bounce_to_the_usager_puts_nothing_aside(monde: Monde, affectation: UUID) -> None:
    with scope(SYSTEME):
        sujet = routage.get_affectation(affectation).teledossier
        journal.record("courriel.rebond", sujet, by=SYSTEME, at=clock.now(), corps={"gabarit": "prise", "cause": "5.1.1"})
    travaux.drain()
    assert Panne.objects.count() == 0
