"""A coffre in files: one key per period, 0600, in the state folder. Keys are made at first use, in the demonstration only."""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from psl.socle import clock, crypto


class CoffreFichier:
    """Keys in `ETAT/cles`: `periode-2026-11`, `secret-suivi`, `signature.pem`, `certificat.pem`.

    A key read is kept in memory while its file stands: destroyed by one process, it is destroyed for all at once.
    """

    def __init__(self) -> None:
        self._dossier = Path(settings.ETAT) / "cles"
        self._read: dict[str, bytes] = {}

    def wrap(self, key: bytes, periode: str) -> bytes:
        return crypto.encrypt(self._key(f"periode-{periode}"), key, periode.encode())

    def unwrap(self, box: bytes, periode: str) -> bytes:
        return crypto.decrypt(self._key(f"periode-{periode}", is_new=False), box, periode.encode())

    def destroy(self, periode: str) -> None:
        """Overwrite then remove the key's file. Backups of the state folder must leave `cles` out."""
        path = self._dossier / f"periode-{periode}"
        with suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                os.fsync(file.fileno())
            path.unlink()
        (self._dossier / f"detruite-{periode}").touch(mode=0o600)
        self._read.pop(path.name, None)

    def secret(self, nom: str) -> bytes:
        return self._key(f"secret-{nom}")

    def sign(self, data: bytes) -> bytes:
        return self._signing_key().sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    def public_key(self) -> bytes:
        return self._signing_key().public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def certificate(self) -> bytes:
        path = self._dossier / "certificat.pem"
        return path.read_bytes() if path.exists() else self._make(path.name, _new_certificate(self._signing_key()))

    def check(self) -> list[str]:
        defauts = []
        if not settings.EST_DEMONSTRATION:
            defauts.append("Le coffre en fichiers est fait pour la démonstration : donnez PSL_COFFRE.")
        if self._dossier.is_dir() and self._dossier.stat().st_mode & 0o077:
            defauts.append(f"Le dossier {self._dossier} est lisible par d’autres : chmod 700.")
        return defauts

    def _key(self, nom: str, *, is_new: bool = True) -> bytes:
        try:
            os.stat(f"{self._dossier}/{nom}")  # at each page: a Path would cost more than the call
            return self._read.get(nom) or self._read.setdefault(nom, (self._dossier / nom).read_bytes())
        except FileNotFoundError:
            self._read.pop(nom, None)
        if (self._dossier / nom.replace("periode-", "detruite-")).exists() or not is_new:
            raise crypto.CleDetruite(f"La clé {nom} n’existe plus.")
        return self._make(nom, crypto.new_key())

    def _signing_key(self) -> ec.EllipticCurvePrivateKey:
        path = self._dossier / "signature.pem"
        pem = path.read_bytes() if path.exists() else self._make("signature.pem", _new_signing_pem())
        key = serialization.load_pem_private_key(pem, None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise crypto.CoffreError("signature.pem n’est pas une clé ECDSA.")
        return key

    def _make(self, nom: str, content: bytes) -> bytes:
        """Lay a new key, whole or not at all; of several processes that make the same one, the first wins."""
        if not settings.EST_DEMONSTRATION:
            raise crypto.CoffreError(f"Il manque {nom} dans {self._dossier} : hors démonstration, une clé n’est jamais faite d’office.")
        self._dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._dossier / f".{nom}.{os.getpid()}.{os.urandom(4).hex()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(draft, self._dossier / nom)
        draft.unlink()
        self._sync()
        return (self._dossier / nom).read_bytes()

    def _sync(self) -> None:
        descriptor = os.open(self._dossier, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _new_signing_pem() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _new_certificate(key: ec.EllipticCurvePrivateKey) -> bytes:
    nom = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "PSL"), x509.NameAttribute(NameOID.COMMON_NAME, "Sceau de la démonstration")]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False
    )
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=3650))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificat.public_bytes(serialization.Encoding.PEM)
