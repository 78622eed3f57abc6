"""A timestamp authority of this machine, made at set-up: real RFC 3161 tokens, whose time is only as true as our own clock."""

import hashlib
import os
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from asn1crypto import algos, cms, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from psl.journal.horodateur import HorodateurError
from psl.socle import clock

POLITIQUE = "2.25.329800735698586629295641978511506172918"  # an identifier of nobody's (ITU-T X.667): a policy of demonstration
USAGES: tuple[str, ...] = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
USAGES += ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")


class HorodateurDemonstration:
    """The root's key is thrown away once it has signed the unit; `ETAT/horodatage/autorite.pem` holds the unit's, 0600."""

    def stamp(self, digest: bytes) -> bytes:
        unite, cle = self._autorite[0], self._autorite[2]
        certificat = asn1.Certificate.load(unite.public_bytes(serialization.Encoding.DER))
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": POLITIQUE,
                "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
                "serial_number": int.from_bytes(os.urandom(8)) >> 1 | 1,
                "gen_time": clock.now().replace(microsecond=0),
                "accuracy": {"seconds": 1},
            }
        ).dump()
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(info).digest()]}),
                cms.CMSAttribute({"type": "signing_certificate_v2", "values": [_named(certificat)]}),
            ]
        )
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber({"issuer": certificat.issuer, "serial_number": certificat.serial_number}),
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": cle.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
        signed = {
            "version": "v3",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(info)},
            "certificates": [certificat],
            "signer_infos": [cms.SignerInfo(signer)],
        }
        token: bytes = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump()
        return token

    def certificates(self) -> bytes:
        return self._autorite[1].public_bytes(serialization.Encoding.PEM)

    def check(self) -> list[str]:
        if not settings.EST_DEMONSTRATION:
            return ["L'horodateur de démonstration n'engage personne : donnez PSL_HORODATEUR."]
        return []

    @cached_property
    def _autorite(self) -> tuple[x509.Certificate, x509.Certificate, ec.EllipticCurvePrivateKey]:
        """Return the unit's certificate, the root's, the unit's key; made at first use, of several processes the first wins."""
        if not settings.EST_DEMONSTRATION:
            raise HorodateurError("L'horodateur de démonstration ne sert qu'à la démonstration.")
        path = Path(settings.ETAT) / "horodatage" / "autorite.pem"
        if not path.exists():
            _lay(path, _new_authority())
        pem = path.read_bytes()
        unite, racine = x509.load_pem_x509_certificates(pem)
        cle = serialization.load_pem_private_key(pem, None)
        if not isinstance(cle, ec.EllipticCurvePrivateKey):
            raise HorodateurError("autorite.pem n'a pas de clé ECDSA.")
        return unite, racine, cle


def _named(certificat: asn1.Certificate) -> tsp.SigningCertificateV2:
    empreinte = hashlib.sha256(certificat.dump()).digest()
    return tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": empreinte})]})


def _lay(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.parent / f".{os.getpid()}.{os.urandom(4).hex()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _new_authority() -> bytes:
    cle_racine, cle = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    racine = _name("Racine d'horodatage de la démonstration")
    sommet = _builder(racine, racine, cle_racine, ("key_cert_sign", "crl_sign"), is_ca=True).sign(cle_racine, hashes.SHA256())
    unite = (
        _builder(_name("Unité d'horodatage de la démonstration"), racine, cle, ("digital_signature", "content_commitment"), is_ca=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(cle_racine.public_key()), critical=False)
        .sign(cle_racine, hashes.SHA256())
    )
    prive = cle.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return b"".join([unite.public_bytes(serialization.Encoding.PEM), sommet.public_bytes(serialization.Encoding.PEM), prive])


def _name(nom: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "PSL"), x509.NameAttribute(NameOID.COMMON_NAME, nom)])


def _builder(
    nom: x509.Name, emetteur: x509.Name, cle: ec.EllipticCurvePrivateKey, usages: tuple[str, ...], *, is_ca: bool
) -> x509.CertificateBuilder:
    permis = {usage: usage in usages for usage in USAGES}
    return (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(emetteur)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**permis), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(cle.public_key()), critical=False)
    )
