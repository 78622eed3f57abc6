"""Files: an encryption that hides its name."""

import pytest

from psl.pieces.examen.protection import Protection

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R @>>\n%%EOF\n"
CHIFFRES = (
    b"/Encrypt 9 0 R", b"/Encrypt<</Filter/Standard>>", b"/Encrypt\n<<", b"/#45ncrypt 9 0 R", b"/Encryp#74 9 0 R",
    b"/#45#6e#63#72#79#70#74 9 0 R",
    b"/#45#6E#63#72#79#70#74<<", b"/Encrypt%comment\r\n9 0 R", b"/Encrypt\x009\x000\x00R", b"/Encrypt 9%x\n0 R", b"/Encrypt 9 0%x\n R",
)  # fmt: skip


@pytest.mark.parametrize("taille", [1, 7, 64, 65_536])
@pytest.mark.parametrize("dedans", CHIFFRES)
def test_d6_an_encryption_written_otherwise_is_seen(dedans: bytes, taille: int) -> None:
    """As every reader of PDF reads it: by the codes of its letters, behind a comment, between zeros; however the bytes are cut."""
    octets, protection = PDF.replace(b"@", dedans), Protection()
    for debut in range(0, len(octets), taille):
        protection.feed(octets[debut : debut + taille])
    assert protection.is_encrypted is True


@pytest.mark.parametrize("dedans", [b"", b"/EncryptMetadata false", b"/Encrypted 9 0 R", b"(Encrypt 9 0 R)", b"/#46ncrypt 9 0 R"])
def test_d6_what_is_not_encrypted_is_not_said_to_be(dedans: bytes) -> None:
    protection = Protection()
    protection.feed(PDF.replace(b"@", dedans))
    assert protection.is_encrypted is False
