"""The real clamd, with one signature: the contract of every antivirus, and the test virus wherever it hides."""

import base64
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest
from django.test import override_settings

from psl.connecteurs.antivirus.clamd import AntivirusClamd
from psl.connecteurs.antivirus.demonstration import EICAR
from psl.pieces import operations, queries
from psl.pieces.antivirus import Avis, Verdict
from psl.pieces.regles import Regles
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.connecteurs.contrat_antivirus import ContratAntivirus

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
INFECTE = Verdict(Avis.INFECTE, "Psl.Eicar.UNOFFICIAL")


@pytest.fixture
def antivirus(vrai_clamd: str) -> AntivirusClamd:
    return AntivirusClamd(vrai_clamd)


class TestVraiClamd(ContratAntivirus):
    """The contract, on the daemon itself."""


def zipped(octets: bytes, nom: str = "eicar.com") -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(nom, octets)
    return sortie.getvalue()


def in_a_pdf(octets: bytes) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["piece.zip"] = pikepdf.AttachedFileSpec(pdf, octets)
        pdf.save(sortie, compress_streams=False)  # clamd does not always open the compressed streams of a PDF
    return sortie.getvalue()


CACHETTES = {
    "nu": EICAR,
    "zip": zipped(EICAR),
    "zip dans un zip": zipped(zipped(EICAR), "a.zip"),
    "cinq zips l'un dans l'autre": zipped(zipped(zipped(zipped(zipped(EICAR), "d.zip"), "c.zip"), "b.zip"), "a.zip"),
    "joint à un courriel": b"MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(EICAR),
    "joint à un PDF": in_a_pdf(EICAR),
    "zip joint à un PDF": in_a_pdf(zipped(EICAR)),
}


@pytest.mark.parametrize("cachette", CACHETTES)
def test_d7_it_finds_the_test_virus(antivirus: AntivirusClamd, cachette: str) -> None:
    assert antivirus.scan([CACHETTES[cachette]]) == INFECTE


def test_it_refuses_what_is_larger_than_it_takes(antivirus: AntivirusClamd) -> None:
    assert antivirus.scan(bytes(1_000_000) for _ in range(80)).avis is Avis.INDISPONIBLE


@pytest.fixture
def branche(vrai_clamd: str) -> Iterator[None]:
    with override_settings(ANTIVIRUS="psl.connecteurs.antivirus.clamd.AntivirusClamd", ANTIVIRUS_ADRESSE=vrai_clamd):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("branche")
def test_an_infected_pdf_is_set_aside_and_a_sane_one_is_received() -> None:
    sujet = uuid7(NOW)
    with pytest.raises(Refus) as refus:
        operations.receive(sujet, "P", nom="a.pdf", chunks=[in_a_pdf(EICAR)], regles=Regles(1_000_000), now=NOW)
    assert (refus.value.code, [ecarte.virus for ecarte in queries.quarantine()]) == ("fichier-virus", [INFECTE.nom])
    assert operations.receive(sujet, "P", nom="b.pdf", chunks=[in_a_pdf(b"rien")], regles=Regles(1_000_000), now=NOW).nom == "b.pdf"
