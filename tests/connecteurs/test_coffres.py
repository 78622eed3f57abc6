"""The contract of the port Coffre, kept by each connecteur; and the one that is down."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from psl.connecteurs.coffres.en_panne import CoffreEnPanne
from psl.connecteurs.coffres.environnement import CoffreEnvironnement
from psl.connecteurs.coffres.fichier import CoffreFichier
from psl.socle import crypto

CLE = bytes(range(32))


def certificate_of(private):
    nom = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "essai")])
    jour = datetime(2026, 11, 23, tzinfo=UTC)
    builder = x509.CertificateBuilder(nom, nom, private.public_key(), 1, jour, jour + timedelta(days=1))
    return builder.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


class ContratCoffre:
    """What any coffre must do. A subclass gives `coffre`."""

    def test_a_wrapped_key_comes_back(self, coffre):
        box = coffre.wrap(CLE, "2026-11")
        assert coffre.unwrap(box, "2026-11") == CLE
        assert CLE not in box
        assert coffre.wrap(CLE, "2026-11") != box

    def test_a_box_opens_in_its_period_alone(self, coffre):
        coffre.wrap(CLE, "2026-12")
        with pytest.raises(crypto.BoiteIllisible):
            coffre.unwrap(coffre.wrap(CLE, "2026-11"), "2026-12")

    def test_an_altered_box_does_not_open(self, coffre):
        box = bytearray(coffre.wrap(CLE, "2026-11"))
        box[-1] ^= 1
        with pytest.raises(crypto.BoiteIllisible):
            coffre.unwrap(bytes(box), "2026-11")

    def test_a_destroyed_period_opens_nothing_and_the_others_stay(self, coffre):
        november, december = coffre.wrap(CLE, "2026-11"), coffre.wrap(CLE, "2026-12")
        coffre.destroy("2026-11")
        coffre.destroy("2026-11")
        with pytest.raises(crypto.CleDetruite):
            coffre.unwrap(november, "2026-11")
        with pytest.raises(crypto.CleDetruite):
            coffre.wrap(CLE, "2026-11")
        assert coffre.unwrap(december, "2026-12") == CLE

    def test_a_secret_is_stable_and_its_own(self, coffre):
        assert coffre.secret("suivi") == coffre.secret("suivi")
        assert coffre.secret("suivi") != coffre.secret("recherche")
        assert len(coffre.secret("suivi")) == 32

    def test_a_signature_is_checked_with_the_public_key_alone(self, coffre):
        signature = coffre.sign(b"lot")
        assert crypto.is_signed(coffre.public_key(), b"lot", signature)
        assert not crypto.is_signed(coffre.public_key(), b"lots", signature)
        assert not crypto.is_signed(coffre.public_key(), b"lot", signature[:-1])

    def test_the_same_data_have_the_same_signature(self, coffre):
        assert coffre.sign(b"lot") == coffre.sign(b"lot")

    def test_its_certificate_is_that_of_its_key(self, coffre):
        certificat = x509.load_pem_x509_certificate(coffre.certificate())
        publique = certificat.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        assert (publique, coffre.certificate()) == (coffre.public_key(), coffre.certificate())

    def test_it_finds_nothing_wrong_with_itself(self, coffre):
        coffre.sign(b"")
        assert coffre.check() == []


class TestCoffreFichier(ContratCoffre):
    @pytest.fixture
    def coffre(self, settings, tmp_path):
        settings.ETAT = tmp_path
        return CoffreFichier()

    def test_another_process_reads_the_same_keys_and_sees_them_destroyed(self, coffre):
        other = CoffreFichier()
        box = coffre.wrap(CLE, "2026-11")
        assert other.unwrap(box, "2026-11") == CLE
        assert other.secret("suivi") == coffre.secret("suivi")
        assert crypto.is_signed(other.public_key(), b"x", coffre.sign(b"x"))
        coffre.destroy("2026-11")
        with pytest.raises(crypto.CleDetruite):
            other.unwrap(box, "2026-11")

    def test_a_folder_open_to_others_is_said(self, coffre, settings):
        coffre.secret("suivi")
        Path(settings.ETAT / "cles").chmod(0o755)
        assert len(coffre.check()) == 1


class TestCoffreEnvironnement(ContratCoffre):
    @pytest.fixture
    def coffre(self, monkeypatch):
        for place, nom in enumerate(["PSL_CLE_2026_11", "PSL_CLE_2026_12", "PSL_SECRET_SUIVI", "PSL_SECRET_RECHERCHE"]):
            monkeypatch.setenv(nom, base64.b64encode(bytes([place]) * 32).decode())
        private = ec.generate_private_key(ec.SECP256R1())
        pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        monkeypatch.setenv("PSL_SIGNATURE", pem.decode())
        monkeypatch.setenv("PSL_CERTIFICAT", certificate_of(private).decode())
        return CoffreEnvironnement()

    @pytest.mark.parametrize("value", ["", "YWJj"])
    def test_a_missing_or_short_key_is_said(self, coffre, monkeypatch, value):
        monkeypatch.setenv("PSL_CLE_2026_10", value)
        with pytest.raises(crypto.CoffreError) as error:
            coffre.wrap(CLE, "2026-10")
        assert error.value.public_message == "PSL_CLE_2026_10 manque ou ne fait pas 32 octets en base 64."

    def test_a_missing_signing_key_is_said(self, coffre, monkeypatch):
        monkeypatch.delenv("PSL_SIGNATURE")
        assert coffre.check() == ["PSL_SIGNATURE manque ou n’est pas une clé ECDSA P-256 en PEM."]

    def test_a_certificate_of_another_key_is_said(self, coffre, monkeypatch):
        monkeypatch.setenv("PSL_CERTIFICAT", certificate_of(ec.generate_private_key(ec.SECP256R1())).decode())
        assert coffre.check() == ["PSL_CERTIFICAT manque ou n’est pas le certificat de PSL_SIGNATURE."]


def test_the_coffre_that_is_down_refuses_everything():
    coffre = CoffreEnPanne()
    calls = [
        lambda: coffre.wrap(CLE, "2026-11"),
        lambda: coffre.unwrap(CLE, "2026-11"),
        lambda: coffre.destroy("2026-11"),
        lambda: coffre.secret("suivi"),
        lambda: coffre.sign(b""),
        coffre.public_key,
        coffre.certificate,
    ]
    for call in calls:
        with pytest.raises(crypto.CoffreError):
            call()
    assert coffre.check() == ["Le coffre ne répond pas."]
