"""The e-mail as it leaves: read back by the standard parser."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest

from psl.courriers.message import Jointe, build, return_path

ID = UUID("019ab000-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 23, 10, 5, 7, tzinfo=UTC)


def test_the_headers_say_who_writes_and_that_it_is_a_machine() -> None:
    octets = build(
        ID, vers="camille@example.org", objet="Votre demande n° 1 – reçue", corps="Bonjour,\nÉloïse\n", langue="fr", at=AT
    ).as_bytes()
    lu = message_from_bytes(octets, policy=default)
    assert lu["From"] == "Plateforme des services en ligne <ne-pas-repondre@psl.example.org>"
    assert lu["To"] == "camille@example.org"
    assert lu["Subject"] == "Votre demande n° 1 – reçue"
    assert lu["Date"].datetime == AT
    assert lu["Message-ID"] == f"<{ID.hex}@psl.example.org>"
    assert (lu["Auto-Submitted"], lu["Content-Language"], lu["Bcc"]) == ("auto-generated", "fr", None)
    assert lu.get_content().splitlines() == ["Bonjour,", "Éloïse"]
    assert (lu.get_content_type(), lu.get_content_charset()) == ("text/plain", "utf-8")
    assert octets.isascii()
    assert max(map(len, octets.splitlines())) <= 998


def test_the_same_envoi_is_the_same_message() -> None:
    un, deux = (build(ID, vers="a@example.org", objet="o", corps="c\n", langue="fr", at=AT).as_bytes() for _ in range(2))
    assert un == deux


@pytest.mark.parametrize("objet", ["Bonjour\r\nBcc: x@example.org", "Bonjour\nBcc: x@example.org", "Bonjour\u2028Bcc: x@example.org"])
def test_c8_a_subject_cannot_add_a_header(objet: str) -> None:
    lu = message_from_bytes(build(ID, vers="a@example.org", objet=objet, corps="c\n", langue="fr", at=AT).as_bytes(), policy=default)
    assert (lu["Subject"], lu["Bcc"]) == ("Bonjour Bcc: x@example.org", None)


def test_an_attachment_keeps_its_name_and_bytes() -> None:
    jointes = [Jointe("Accusé n° 1.pdf", "application/pdf", b"%PDF-1.7\r\n\x00")]
    octets = build(ID, vers="a@example.org", objet="o", corps="c\n", langue="en", at=AT, jointes=jointes).as_bytes()
    lu = message_from_bytes(octets, policy=default)
    assert lu.get_body()["Content-Language"] == "en"
    (piece,) = lu.iter_attachments()
    assert (piece.get_filename(), piece.get_content_type(), piece.get_content()) == (
        "Accusé n° 1.pdf",
        "application/pdf",
        b"%PDF-1.7\r\n\x00",
    )


def test_each_envoi_bounces_to_its_own_address() -> None:
    assert return_path(ID) == f"bounces+{ID.hex}@psl.example.org"
