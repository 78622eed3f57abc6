"""What leaves and what is shown of a file: without metadata, watermarked, pictured; what would harm is stopped."""

import io
import zlib
from datetime import UTC, datetime
from uuid import UUID

import pikepdf
import pytest
from PIL import Image

from psl.pieces import operations, queries
from psl.pieces.apercus import rendu
from psl.pieces.models import Apercu
from psl.pieces.regles import Regles
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.pieces import exemples

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MENTION = "Mairie d'Essai, état civil - A-1-XXXXXXXX - 23/11/2026"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fichiers")]


def photo() -> bytes:
    """Return a JPEG that says where it was taken, lying on its side."""
    exif, sortie = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010F] = 6, "CANARI"
    exif.get_ifd(0x8825)[1] = "N"
    Image.linear_gradient("L").resize((600, 400)).convert("RGB").save(sortie, "JPEG", exif=exif, comment=b"CANARI")
    return sortie.getvalue()


def harmful() -> bytes:
    """Return a PDF of two pages with a script, a launch, a link outside and a file inside."""
    sortie = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(300, 400))
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('CANARI')")
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="CANARI.exe"))
        lien = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://CANARI.example.org"),
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(lien)])
        pdf.attachments["CANARI.txt"] = pikepdf.AttachedFileSpec(pdf, b"CANARI")
        pdf.save(sortie, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return sortie.getvalue()


def receive(contenu: bytes) -> tuple[UUID, bytes, str]:
    """Receive a file; return its id, its key and its type."""
    sujet = uuid7(NOW)
    vu = operations.receive(sujet, "P", nom="piece", chunks=[contenu], regles=Regles(10_000_000), now=NOW)
    with scope(Acteur("porteur", sujet, sujet=sujet)):
        return vu.id, queries.keys([vu.id])[str(vu.id)], vu.type


def leave(contenu: bytes, mention: str | None) -> bytes:
    id_, cle, _ = receive(contenu)
    return b"".join(operations.open_outgoing(id_, mention=mention, cle=cle).chunks)


def test_d10_a_picture_leaves_upright_without_metadata() -> None:
    sortie = leave(photo(), None)
    with Image.open(io.BytesIO(sortie)) as image:
        assert (image.format, image.size, dict(image.getexif()), image.info.get("comment")) == ("JPEG", (400, 600), {}, None)
    assert b"CANARI" not in sortie


def test_an_identity_paper_leaves_watermarked_and_the_same_each_time() -> None:
    id_, cle, _ = receive(photo())
    premiere, seconde = (b"".join(operations.open_outgoing(id_, mention=MENTION, cle=cle).chunks) for _ in range(2))
    assert premiere == seconde
    assert len({premiere, leave(photo(), None), b"".join(operations.read(id_, cle=cle))}) == 3


def test_an_identity_pdf_leaves_as_pictures() -> None:
    sortie = leave(harmful(), MENTION)
    with pikepdf.open(io.BytesIO(sortie)) as pdf:
        assert [len(page.get_images()) for page in pdf.pages] == [1, 1]
    assert b"CANARI" not in sortie


def test_another_pdf_and_a_damaged_file_leave_as_they_were_filed() -> None:
    assert leave(harmful(), None) == harmful()
    casse = exemples.png()
    assert leave(casse, None) == casse


def test_d6_the_sanitised_copy_holds_nothing_that_acts() -> None:
    with pikepdf.open(io.BytesIO(rendu.render([harmful()], "application/pdf", "propre").octets)) as pdf:
        tout = b"".join(un.unparse() for un in pdf.objects)
        assert (pikepdf.Name.OpenAction in pdf.Root, list(pdf.attachments), len(pdf.pages)) == (False, [], 2)
    assert [mot for mot in (b"JavaScript", b"Launch", b"CANARI") if mot in tout] == []


def test_previews_are_kept_encrypted_and_go_with_the_file() -> None:
    id_, cle, type_ = receive(harmful())
    page = operations.preview(id_, 2, type_=type_, cle=cle, now=NOW)
    assert (page, page.pages, page.octets[:2]) == (operations.preview(id_, 2, type_=type_, cle=cle, now=NOW), 2, b"\xff\xd8")
    operations.preview(id_, 0, type_=type_, cle=cle, now=NOW)
    assert Apercu.objects.count() == 2
    operations.remove(id_, now=NOW)
    assert Apercu.objects.count() == 0


@pytest.mark.parametrize("rang", [3, 501, -1])
def test_a_page_that_is_not_there(rang: int) -> None:
    id_, cle, type_ = receive(harmful())
    with pytest.raises(Refus) as refus:
        operations.preview(id_, rang, type_=type_, cle=cle, now=NOW)
    assert refus.value.statut in {404, 422}


def bomb() -> bytes:
    """Return a PNG of 30,000 × 30,000 pixels in about 100 kB."""
    corps = zlib.compress(bytes(30_001 * 3_000), 9)

    def chunk(nom: bytes, octets: bytes) -> bytes:
        return len(octets).to_bytes(4) + nom + octets + zlib.crc32(nom + octets).to_bytes(4)

    cotes = (30_000).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", cotes) + chunk(b"IDAT", corps) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("contenu", "type_", "cause"),
    [
        (bomb(), "image/png", "demesure"),
        (b"%PDF-1.7\nrien", "application/pdf", "abime"),
        (b"\xff\xd8\xff" + bytes(100), "image/jpeg", "abime"),
        (b"", "image/png", "abime"),
        (b"x", "image/heic", "type"),
    ],
)
def test_what_harms_is_stopped_with_its_cause(contenu: bytes, type_: str, cause: str) -> None:
    with pytest.raises(Refus) as refus:
        rendu.render([contenu], type_, "image", rang=1, cote=240)
    assert (refus.value.code, refus.value.detail["cause"]) == ("apercu-impossible", cause)


def test_d6_an_encrypted_pdf_is_not_opened() -> None:
    sortie = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(sortie, encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(Refus) as refus:
        receive(sortie.getvalue())
    assert refus.value.code == "fichier-chiffre"
    with pytest.raises(Refus) as refus:
        rendu.render([sortie.getvalue()], "application/pdf", "image", rang=1, cote=240)
    assert refus.value.detail["cause"] == "chiffre"


def test_a_child_that_lasts_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendu, "SECONDES", 0.01)
    with pytest.raises(Refus) as refus:
        rendu.render([photo()], "image/jpeg", "image", rang=1, cote=240)
    assert refus.value.detail["cause"] == "duree"
