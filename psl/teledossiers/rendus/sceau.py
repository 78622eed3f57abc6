"""The sceau of a PDF: an invisible PAdES signature by the journal's key, timestamped when the authority answers.

The PDF stays PDF/A-3a and PDF/UA-1: nothing is shown, the metadata are left as they are. Without a token, the same PDF and date give
the same bytes where the coffre signs alike.
"""

import hashlib
import io
import logging
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import algos, cms, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from psl.journal.horodateur import HorodateurError, horodateur
from psl.socle.crypto import coffre

log = logging.getLogger(__name__)

CHAMP = "Sceau"
RESERVE, RESERVE_HORODATE = 16_384, 32_768  # octets kept for the signature: certificates and token, as hexadecimal


class Sceau(Signer):
    """Signs with the coffre: the key never leaves it."""

    def __init__(self, certificats: bytes) -> None:
        chaine = [x509.Certificate.load(der) for _, _, der in pem.unarmor(certificats, multiple=True)]
        registre = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        registre.register_multiple(chaine[1:])
        mecanisme = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
        super().__init__(signing_cert=chaine[0], cert_registry=registre, signature_mechanism=mecanisme)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(72) if dry_run else coffre().sign(data)


class Jeton(TimeStamper):
    """Gives the token of the authority that settings name."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        return cms.ContentInfo.load(horodateur().stamp(message_digest))


class Ajout(IncrementalPdfFileWriter):
    """Adds the sceau after the document: its metadata still say the document, and its second identifier is drawn from it."""

    def _update_meta(self) -> None:
        """Leave the metadata: PDF/A wants the two places that say them to agree."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Stay a PDF 1.7, as PDF/A-3 is."""

    def register_extension(self, ext: DeveloperExtension) -> None:
        """Declare nothing that PDF 1.7 has not."""


class Signataire(PdfSigner):
    """Signs at the moment it is told."""

    def __init__(self, dit: PdfSignatureMetadata, *, at: datetime, timestamper: TimeStamper | None, champ: SigFieldSpec) -> None:
        super().__init__(dit, signer=_signer(coffre().certificate()), timestamper=timestamper, new_field_spec=champ)
        self._at = at

    def init_signing_session(self, *args: Any, **options: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **options)
        session.system_time = self._at
        return session


def seal(octets: bytes, *, motif: str, at: datetime, is_timestamped: bool = True) -> bytes:
    """Return a PDF sealed at a moment; without a token when the authority does not give one (it is said in the log)."""
    if is_timestamped:
        try:
            return _seal(octets, motif, at, Jeton())  # type: ignore[no-untyped-call]
        except HorodateurError as error:
            log.warning("%s Le document est scellé sans horodatage.", error.public_message)
    return _seal(octets, motif, at, None)


def _seal(octets: bytes, motif: str, at: datetime, jeton: TimeStamper | None) -> bytes:
    ecrit = Ajout(io.BytesIO(octets))
    premier = ecrit._document_id[0]
    ecrit._document_id = generic.ArrayObject([premier, generic.ByteStringObject(hashlib.sha256(octets).digest()[:16])])
    champ = SigFieldSpec(CHAMP, box=(-1, -1, -1, -1), readable_field_name=motif)  # outside the page: nothing to read, nothing to see
    dit = PdfSignatureMetadata(
        field_name=CHAMP, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=motif, name="PSL", signer_key_usage=set()
    )
    signataire = Signataire(dit, at=at, timestamper=jeton, champ=champ)
    sortie = signataire.sign_pdf(ecrit, bytes_reserved=RESERVE_HORODATE if jeton else RESERVE)
    return bytes(sortie.getbuffer())


@lru_cache(maxsize=2)
def _signer(certificats: bytes) -> Sceau:
    return Sceau(certificats)
