"""PDF (pure, bytes to bytes): sanitised, pictured page by page, watermarked. Runs in the limited child process only."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pikepdf import Name, sanitize
from PIL import Image

from psl.pieces.apercus import images

PAGES_MAX = 500
OBJETS_MAX = 100_000
POINTS_MAX = 14_400  # the largest side of a page, in points (ISO 32000-1, annex C)


class TropComplexe(Exception):  # noqa: N818
    """A PDF with too many objects or pages to be shown here."""


class Chiffre(Exception):  # noqa: N818
    """A PDF that asks for a password, or forbids."""


def sanitized(octets: bytes) -> bytes:
    """Return a PDF without scripts, launches, embedded files, external access, multimedia nor private data; the pages look the same."""
    with _open(octets) as pdf:
        for remove in (
            sanitize.remove_javascript,
            sanitize.remove_attachments,
            sanitize.remove_external_access,
            sanitize.remove_multimedia,
            sanitize.remove_private_app_data,
            sanitize.remove_web_capture,
            sanitize.remove_search_index,
            sanitize.remove_collection,
            sanitize.remove_thumbnails,
        ):
            remove(pdf)
        # Actions at opening, and dynamic forms (XFA), which carry scripts of their own.
        for cle in (Name.OpenAction, Name.AA):
            if cle in pdf.Root:
                del pdf.Root[cle]
        if Name.AcroForm in pdf.Root and Name.XFA in pdf.Root.AcroForm:
            del pdf.Root.AcroForm[Name.XFA]
        return _saved(pdf)


def count(octets: bytes) -> int:
    """Return how many pages a PDF has."""
    with _open(octets) as pdf:
        return len(pdf.pages)


def picture(octets: bytes, rang: int, cote: int) -> bytes:
    """Return a page (from 1) as JPEG that fits in a square of `cote` pixels."""
    with _shown(octets) as document:
        return images.jpeg(_render(document, rang, cote), 80)


def marked(octets: bytes, mention: str) -> bytes:
    """Return a PDF whose pages are pictures with a mention written across each: it cannot be taken off again."""
    with pikepdf.new() as sortie, _shown(octets) as document:
        for rang in range(1, len(document) + 1):
            _append(sortie, images.jpeg(images.stamp(_render(document, rang, 1_800), mention), 85))
        return _saved(sortie)


def _open(octets: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(io.BytesIO(octets))
    except pikepdf.PasswordError as error:
        raise Chiffre from error
    if pdf.is_encrypted:
        raise Chiffre
    if len(pdf.objects) > OBJETS_MAX or len(pdf.pages) > PAGES_MAX:
        raise TropComplexe
    return pdf


def _saved(pdf: pikepdf.Pdf) -> bytes:
    sortie = io.BytesIO()
    pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()


@contextmanager
def _shown(octets: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open what is left of a PDF once it is sanitised."""
    document = pypdfium2.PdfDocument(sanitized(octets))
    try:
        yield document
    finally:
        document.close()


def _render(document: pypdfium2.PdfDocument, rang: int, cote: int) -> Image.Image:
    page = document[rang - 1]
    largeur, hauteur = (min(max(v, 1), POINTS_MAX) for v in page.get_size())
    image: Image.Image = page.render(scale=cote / max(largeur, hauteur)).to_pil()
    return image.convert("RGB")


def _append(pdf: pikepdf.Pdf, image: bytes) -> None:
    """Append a page that is a picture, 210 mm in its smaller side."""
    with Image.open(io.BytesIO(image)) as lue:
        pixels = lue.size
    points = [v * 595.28 / min(pixels) for v in pixels]
    flux = pdf.make_stream(
        image,
        Type=Name.XObject, Subtype=Name.Image, Width=pixels[0], Height=pixels[1],
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    contenu = pdf.make_stream(f"q {points[0]:.2f} 0 0 {points[1]:.2f} 0 0 cm /I Do Q".encode())
    page = pikepdf.Dictionary(
        Type=Name.Page, MediaBox=[0, 0, *(round(v, 2) for v in points)], Resources={"/XObject": {"/I": flux}}, Contents=contenu
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
