"""Time-stamp tokens (RFC 3161, RFC 5652, RFC 5035), pure: ask for one, read what comes back, check one against trusted certificates."""

import hashlib
from datetime import datetime

from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

DIGESTS: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
CHAINE_MAX = 5


class Reponse(core.Sequence):  # type: ignore[misc]
    """TimeStampResp, whose token is absent when the authority refuses (RFC 3161 §2.4.2)."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class JetonFaux(Exception):  # noqa: N818 - named with the domain's words
    """What was given is not a token of this digest by an authority that is trusted."""


def request(digest: bytes, nonce: int) -> bytes:
    """Return the TimeStampReq (DER) of a SHA-256 digest, asking for the certificate."""
    imprint = tsp.MessageImprint({"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest})
    octets: bytes = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}).dump()
    return octets


def read_response(octets: bytes, *, digest: bytes, nonce: int, racines: bytes) -> bytes:
    """Return the token of a TimeStampResp (DER), checked. Raises JetonFaux."""
    try:
        response = Reponse.load(octets, strict=True)
        statut = response["status"]["status"].native
        if statut not in {"granted", "granted_with_mods"}:
            raise JetonFaux(f"l'autorité refuse ({statut})")
        token: bytes = response["time_stamp_token"].dump()
        check(token, digest=digest, racines=racines)
        if _info(cms.ContentInfo.load(token)).native["nonce"] != nonce:
            raise JetonFaux("ce jeton répond à une autre question")
    except (ValueError, TypeError, KeyError) as error:
        raise JetonFaux("ce n'est pas une réponse d'horodatage") from error
    return token


def check(token: bytes, *, digest: bytes, racines: bytes) -> datetime:
    """Return when the authority saw a SHA-256 digest. Raises JetonFaux.

    `racines`: the certificates that are trusted, PEM: the signer is one of them, or was issued under one of them.
    """
    try:
        content = cms.ContentInfo.load(token, strict=True)
        info = _info(content)
        imprint = info["message_imprint"]
        if imprint["hash_algorithm"]["algorithm"].native != "sha256" or imprint["hashed_message"].native != digest:
            raise JetonFaux("ce jeton est celui d'autre chose")
        _check_signature(content["content"], racines)
        moment: datetime = info["gen_time"].native
    except (ValueError, TypeError, KeyError, AttributeError, x509.ExtensionNotFound) as error:
        raise JetonFaux("ce n'est pas un jeton d'horodatage") from error
    return moment


def _info(content: cms.ContentInfo) -> tsp.TSTInfo:
    signed = content["content"]
    if content["content_type"].native != "signed_data" or signed["encap_content_info"]["content_type"].native != "tst_info":
        raise JetonFaux("ce n'est pas un jeton d'horodatage")
    return signed["encap_content_info"]["content"].parsed


def _check_signature(signed: cms.SignedData, racines: bytes) -> None:
    [signer] = signed["signer_infos"]
    attributes = {attribute["type"].native: attribute["values"][0] for attribute in signer["signed_attrs"]}
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if attributes["message_digest"].native != hashlib.new(algorithm, signed["encap_content_info"]["content"].contents).digest():
        raise JetonFaux("le contenu de ce jeton a été changé")
    certificates = [x509.load_der_x509_certificate(choice.chosen.dump()) for choice in signed["certificates"]]
    certificate = _signer(attributes, certificates)
    if ExtendedKeyUsageOID.TIME_STAMPING not in certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value:
        raise JetonFaux("ce certificat n'est pas fait pour horodater")
    try:
        _verify(certificate, signer["signature"].native, signer["signed_attrs"].untag().dump(), DIGESTS[algorithm]())
    except InvalidSignature:
        raise JetonFaux("la signature de ce jeton est fausse") from None
    _check_chain(certificate, certificates, x509.load_pem_x509_certificates(racines))


def _signer(attributes: dict[str, cms.SetOf], certificates: list[x509.Certificate]) -> x509.Certificate:
    """Return the certificate that the token names by its digest (RFC 5035), among those it brings."""
    if "signing_certificate_v2" in attributes:
        named = attributes["signing_certificate_v2"]["certs"][0]
        algorithm, wanted = DIGESTS[named["hash_algorithm"]["algorithm"].native](), named["cert_hash"].native
        found = (one for one in certificates if one.fingerprint(algorithm) == wanted)
    else:
        wanted = attributes["signing_certificate"]["certs"][0]["cert_hash"].native
        found = (one for one in certificates if one.fingerprint(hashes.SHA1()) == wanted)  # noqa: S303 - what RFC 2634 says
    certificate = next(found, None)
    if certificate is None:
        raise JetonFaux("ce jeton n'apporte pas le certificat qu'il nomme")
    return certificate


def _verify(certificate: x509.Certificate, signature: bytes, octets: bytes, algorithm: hashes.HashAlgorithm) -> None:
    key = certificate.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, octets, ec.ECDSA(algorithm))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, octets, padding.PKCS1v15(), algorithm)
    else:
        raise JetonFaux("cette sorte de clé n'est pas connue")


def _check_chain(certificate: x509.Certificate, others: list[x509.Certificate], racines: list[x509.Certificate]) -> None:
    for _ in range(CHAINE_MAX):
        if certificate in racines or any(_is_issued(certificate, racine) for racine in racines):
            return
        issuer = next((other for other in others if other != certificate and _is_issued(certificate, other)), None)
        if issuer is None:
            break
        certificate = issuer
    raise JetonFaux("l'autorité de ce jeton n'est pas de celles que l'on croit")


def _is_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
