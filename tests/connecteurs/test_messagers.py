"""The messagers: SMTP against a real server, the maildir of the demonstration, the one that is down."""

import datetime
import mailbox
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings

from psl.connecteurs.messagers import smtp as module_smtp
from psl.connecteurs.messagers.demonstration import MessagerDemonstration
from psl.connecteurs.messagers.en_panne import PANNE, MessagerEnPanne
from psl.connecteurs.messagers.smtp import MessagerSMTP
from psl.courriers.message import return_path
from psl.courriers.messager import MessagerError
from tests.connecteurs.contrat_messager import ID, ContratMessager, Recus, message


class Serveur:
    """aiosmtpd's handler: keeps what comes, refuses as told."""

    def __init__(self) -> None:
        self.recus: list[tuple[str, bytes]] = []
        self.rcpt, self.data = "250 OK", "250 OK"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.data.startswith("2"):
            self.recus.append((envelope.mail_from, envelope.content))
        return self.data


@pytest.fixture
def serveur() -> Serveur:
    return Serveur()


@pytest.fixture
def port(serveur: Serveur) -> Iterator[int]:
    yield from _serve(serveur)


def _serve(serveur: Serveur, **reglages: object) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        numero = libre.getsockname()[1]
    controleur = Controller(serveur, hostname="127.0.0.1", port=numero, **reglages)
    controleur.start()
    yield numero
    controleur.stop()


class TestMessagerSMTP(ContratMessager):
    """The contract, against aiosmtpd."""

    @pytest.fixture
    def messager(self, port: int) -> MessagerSMTP:
        return MessagerSMTP("127.0.0.1", port)

    @pytest.fixture
    def recus(self, serveur: Serveur) -> Recus:
        return lambda: serveur.recus


class TestMessagerDemonstration(ContratMessager):
    """The contract, on a maildir."""

    @pytest.fixture
    def messager(self, tmp_path: Path) -> MessagerDemonstration:
        return MessagerDemonstration(tmp_path / "courriels")

    @pytest.fixture
    def recus(self, tmp_path: Path) -> Recus:
        def read() -> list[tuple[str, bytes]]:
            boite = mailbox.Maildir(tmp_path / "courriels")
            return [(str(boite[cle]["Return-Path"]).strip("<>"), boite.get_bytes(cle)) for cle in boite.keys()]  # noqa: SIM118 -- no dict

        return read


@pytest.mark.parametrize(
    ("rcpt", "data", "permanent", "phrase"),
    [
        ("550 5.1.1 inconnu", "250 OK", True, "Le serveur refuse le destinataire (550)."),
        ("450 4.2.2 plein", "250 OK", False, "Le serveur refuse le destinataire (450)."),
        ("250 OK", "554 5.7.1 refus", False, "Le serveur de courrier refuse le message (554)."),
        ("250 OK", "451 4.3.0 plus tard", False, "Le serveur de courrier refuse le message (451)."),
    ],
)
def test_only_a_bad_address_is_permanent(serveur: Serveur, port: int, rcpt: str, data: str, permanent: bool, phrase: str) -> None:
    serveur.rcpt, serveur.data = rcpt, data
    with pytest.raises(MessagerError) as refus:
        MessagerSMTP("127.0.0.1", port).send(message(), retour=return_path(ID))
    assert (refus.value.public_message, refus.value.permanent) == (phrase, permanent)
    assert serveur.recus == []


def test_no_server_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        numero = libre.getsockname()[1]
    messager = MessagerSMTP("127.0.0.1", numero)
    with pytest.raises(MessagerError, match=r"ne répond pas \(ConnectionRefusedError\)") as refus:
        messager.send(message(), retour=return_path(ID))
    assert refus.value.permanent is False
    assert messager.check() == [f"Le serveur de courrier 127.0.0.1:{numero} ne répond pas (ConnectionRefusedError)."]


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module_smtp, "SECONDES", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as muet, pytest.raises(MessagerError, match="ne répond pas"):
        MessagerSMTP("127.0.0.1", muet.getsockname()[1]).send(message(), retour=return_path(ID))


def _hang_up(serveur: socket.socket) -> None:
    serveur.accept()[0].close()


def test_a_server_that_hangs_up_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as serveur:
        fil = threading.Thread(target=_hang_up, args=(serveur,))
        fil.start()
        with pytest.raises(MessagerError, match="ne répond pas") as refus:
            MessagerSMTP("127.0.0.1", serveur.getsockname()[1]).send(message(), retour=return_path(ID))
        fil.join()
    assert refus.value.permanent is False


@pytest.fixture
def contextes(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's TLS context with a certificate of its own, and a client's that knows it."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    jour = datetime.timedelta(days=1)
    maintenant = datetime.datetime.now(datetime.UTC)
    certificat = (
        x509.CertificateBuilder(nom, nom, cle.public_key(), x509.random_serial_number(), maintenant - jour, maintenant + jour)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(cle, hashes.SHA256())
    )
    fichier = tmp_path / "serveur.pem"
    prive = cle.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    fichier.write_bytes(prive + certificat.public_bytes(serialization.Encoding.PEM))
    serveur = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    serveur.load_cert_chain(fichier)
    return serveur, ssl.create_default_context(cafile=str(fichier))


def test_starttls_encrypts_and_checks_the_certificate(serveur: Serveur, contextes: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    pour_serveur, pour_client = contextes
    for port in _serve(serveur, tls_context=pour_serveur, require_starttls=True):
        MessagerSMTP("localhost", port, chiffrement="starttls", contexte=pour_client).send(message(), retour=return_path(ID))
        assert len(serveur.recus) == 1
        with pytest.raises(MessagerError, match="SSLCertVerificationError"):
            MessagerSMTP("localhost", port, chiffrement="starttls").send(message(), retour=return_path(ID))
        with pytest.raises(MessagerError, match="refuse le message"):
            MessagerSMTP("localhost", port, chiffrement="").send(message(), retour=return_path(ID))
        assert len(serveur.recus) == 1


def test_a_server_without_starttls_gets_nothing_in_clear(serveur: Serveur, port: int) -> None:
    with pytest.raises(MessagerError, match="SMTPNotSupportedError"):
        MessagerSMTP("127.0.0.1", port, chiffrement="starttls").send(message(), retour=return_path(ID))
    assert serveur.recus == []


def test_a_password_is_given_when_there_is_one(serveur: Serveur, contextes: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    donnes: list[tuple[bytes, bytes]] = []

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        donnes.append((data.login, data.password))  # type: ignore[attr-defined]
        return AuthResult(success=data.password == b"secret", handled=False)  # type: ignore[attr-defined]

    pour_serveur, pour_client = contextes
    for port in _serve(serveur, tls_context=pour_serveur, authenticator=check, auth_required=True):
        messager = MessagerSMTP("localhost", port, chiffrement="starttls", contexte=pour_client)
        with override_settings(SMTP_UTILISATEUR="psl", SMTP_MOT_DE_PASSE="secret"):
            messager.send(message(), retour=return_path(ID))
        with override_settings(SMTP_UTILISATEUR="psl", SMTP_MOT_DE_PASSE="faux"), pytest.raises(MessagerError) as refus:
            messager.send(message(), retour=return_path(ID))
    assert donnes[0] == (b"psl", b"secret")
    assert refus.value.permanent is False
    assert len(serveur.recus) == 1


def test_a_wrong_setting_is_said() -> None:
    assert MessagerSMTP(chiffrement="ssl").check() == ["PSL_SMTP_CHIFFREMENT vaut 'ssl' : écrivez starttls, tls ou rien."]


def test_a_maildir_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "courriels").write_text("une place prise")
    messager = MessagerDemonstration(tmp_path / "courriels")
    with pytest.raises(MessagerError, match="ne garde rien"):
        messager.send(message(), retour=return_path(ID))
    assert messager.check()[0].startswith(f"Le dossier {tmp_path / 'courriels'} ne garde pas les courriels")


def test_the_messager_that_is_down_takes_nothing() -> None:
    with pytest.raises(MessagerError, match="en panne") as refus:
        MessagerEnPanne().send(message(), retour=return_path(ID))
    assert refus.value.permanent is False
    assert MessagerEnPanne().check() == [PANNE]
