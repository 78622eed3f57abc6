"""A coffre in the environment: each key is a variable, or a file that a variable names (`…_FILE`), laid by the operator."""

import base64
import logging

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from psl.settings import env
from psl.socle import crypto

log = logging.getLogger(__name__)


class CoffreEnvironnement:
    """`PSL_CLE_2026_11` and `PSL_SECRET_SUIVI` are 32 bytes in base64; `PSL_SIGNATURE` is an ECDSA P-256 private
    key and `PSL_CERTIFICAT` its certificate, then those of its authority, PEM.

    A period's key is destroyed for good when the operator removes its variable: the log says when.
    """

    def __init__(self) -> None:
        self._destroyed: set[str] = set()
        self._read: dict[str, bytes] = {}

    def wrap(self, key: bytes, periode: str) -> bytes:
        return crypto.encrypt(self._period_key(periode), key, periode.encode())

    def unwrap(self, box: bytes, periode: str) -> bytes:
        return crypto.decrypt(self._period_key(periode), box, periode.encode())

    def destroy(self, periode: str) -> None:
        self._destroyed.add(periode)
        self._read.pop(_variable(periode), None)
        log.warning("Retirez %s de l’environnement : plus rien n’en dépend.", _variable(periode))

    def secret(self, nom: str) -> bytes:
        return self._value(f"PSL_SECRET_{nom.upper()}")

    def sign(self, data: bytes) -> bytes:
        return _signing_key().sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    def public_key(self) -> bytes:
        return _signing_key().public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def certificate(self) -> bytes:
        pem = env("PSL_CERTIFICAT").encode()
        if not pem or x509.load_pem_x509_certificate(pem).public_key() != _signing_key().public_key():
            raise crypto.CoffreError("PSL_CERTIFICAT manque ou n’est pas le certificat de PSL_SIGNATURE.")
        return pem

    def check(self) -> list[str]:
        try:
            self.certificate()
        except crypto.CoffreError as error:
            return [error.public_message]
        return []

    def _period_key(self, periode: str) -> bytes:
        if periode in self._destroyed:
            raise crypto.CleDetruite(f"La clé de {periode} est détruite.")
        return self._value(_variable(periode))

    def _value(self, variable: str) -> bytes:
        if variable not in self._read:
            value = base64.b64decode(env(variable))
            if len(value) != 32:
                raise crypto.CoffreError(f"{variable} manque ou ne fait pas 32 octets en base 64.")
            self._read[variable] = value
        return self._read[variable]


def _variable(periode: str) -> str:
    return f"PSL_CLE_{periode.replace('-', '_')}"


def _signing_key() -> ec.EllipticCurvePrivateKey:
    pem = env("PSL_SIGNATURE")
    key = serialization.load_pem_private_key(pem.encode(), None) if pem else None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise crypto.CoffreError("PSL_SIGNATURE manque ou n’est pas une clé ECDSA P-256 en PEM.")
    return key
