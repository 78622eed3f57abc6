"""Pictures (pure, bytes to bytes): upright, without metadata, smaller, watermarked. Runs in the limited child process only."""

import io
import math
import unicodedata

from PIL import Image, ImageDraw, ImageFont, ImageOps

PIXELS_MAX = 100_000_000  # decoded; a larger JPEG is decoded at half, a quarter or an eighth of its size
VIGNETTE = 240
PAGE = 1_400
QUALITE = {"JPEG": {"quality": 92, "subsampling": 0}, "PNG": {}, "WEBP": {"quality": 92}}


class TropDePixels(Exception):  # noqa: N818
    """A picture too large to be decoded here."""


def upright(octets: bytes, cote: int = 0) -> Image.Image:
    """Return a picture decoded, turned as its metadata say, with nothing else of them. `cote`: hint of the size wanted."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit, below, is known before anything is decoded
    with Image.open(io.BytesIO(octets), formats=("JPEG", "PNG", "WEBP")) as image:
        if image.format == "JPEG":
            image.draft(None, _drafted(image.size, cote))
        if image.width * image.height > PIXELS_MAX:
            raise TropDePixels
        droite = ImageOps.exif_transpose(image)
        mode = (
            "RGBA" if "transparency" in droite.info or droite.mode in {"RGBA", "LA", "PA"} else "L" if droite.mode in {"1", "L"} else "RGB"
        )
        propre = droite.convert(mode)
        propre.info = {}
        return propre


def clean(octets: bytes) -> bytes:
    """Return a picture of the same kind, decoded and encoded again, without metadata (EXIF, GPS, comments, what follows the end)."""
    return _encode(upright(octets), kind_of(octets))


def smaller(octets: bytes, cote: int) -> bytes:
    """Return a picture that fits in a square of `cote` pixels, as JPEG."""
    return fit(upright(octets, cote), cote)


def fit(image: Image.Image, cote: int) -> bytes:
    """Return a decoded picture, made to fit in a square, as JPEG on white."""
    image.thumbnail((cote, cote))
    return jpeg(flatten(image), 80)


def jpeg(image: Image.Image, qualite: int) -> bytes:
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=qualite)
    return sortie.getvalue()


def flatten(image: Image.Image) -> Image.Image:
    """Return a picture without transparency, on white."""
    if image.mode != "RGBA":
        return image.convert("RGB")
    fond = Image.new("RGB", image.size, "white")
    fond.paste(image, mask=image.getchannel("A"))
    return fond


def marked(octets: bytes, mention: str) -> bytes:
    """Return a picture of the same kind, without metadata, with a mention written across it."""
    return _encode(stamp(flatten(upright(octets)), mention), kind_of(octets))


def stamp(image: Image.Image, mention: str) -> Image.Image:
    """Write a mention across a picture, slanted and repeated, readable on dark and on light.

    The letters are plain capitals: those that every copy of the font draws.
    """
    texte = plain(mention)
    cote = max(image.size)
    police = _font(texte, cote * 0.62)
    largeur, hauteur = (math.ceil(v) for v in police.getbbox(texte)[2:])
    calque = Image.new("L", (int(cote * 1.5), int(cote * 1.5)), 0)
    trait = ImageDraw.Draw(calque)
    pas, ligne = int(largeur * 1.12) + 1, max(int(hauteur * 4), cote // 9)
    for rang, y in enumerate(range(0, calque.height, ligne)):
        for x in range(-(rang % 2) * pas // 2, calque.width, pas):
            trait.text((x, y), texte, fill=255, font=police)
    calque = calque.rotate(30, resample=Image.Resampling.BILINEAR)
    gauche, haut = (calque.width - image.width) // 2, (calque.height - image.height) // 2
    masque = calque.crop((gauche, haut, gauche + image.width, haut + image.height)).point([valeur * 110 // 255 for valeur in range(256)])
    ombre = Image.new("L", image.size, 0)
    ombre.paste(masque, (max(1, cote // 900), max(1, cote // 900)))
    image.paste("white", (0, 0), ombre)
    image.paste((60, 20, 90), (0, 0), masque)
    return image


def plain(mention: str) -> str:
    """Return a mention in plain capitals."""
    plat = unicodedata.normalize("NFKD", mention.replace("œ", "oe").replace("’", "'").replace("–", "-"))
    return plat.encode("ascii", "ignore").decode().upper()


def kind_of(octets: bytes) -> str:
    """Return the encoder of a picture's kind, from its first bytes."""
    return "PNG" if octets.startswith(b"\x89PNG") else "WEBP" if octets.startswith(b"RIFF") else "JPEG"


def _font(texte: str, largeur: float) -> ImageFont.FreeTypeFont:
    reference = ImageFont.load_default(100)
    assert isinstance(reference, ImageFont.FreeTypeFont)  # noqa: S101 -- the wheels of Pillow bring FreeType
    taille = max(8, int(100 * largeur / max(reference.getlength(texte), 1)))
    return reference.font_variant(size=taille)


def _encode(image: Image.Image, genre: str) -> bytes:
    sortie = io.BytesIO()
    image = flatten(image) if genre == "JPEG" and image.mode == "RGBA" else image
    image.save(sortie, genre, **QUALITE[genre])
    return sortie.getvalue()


def _drafted(taille: tuple[int, int], cote: int) -> tuple[int, int]:
    """Return the size at which a JPEG may be decoded: at least twice what is wanted, never more than the limit."""
    largeur, hauteur = taille
    reduction = max((largeur * hauteur / PIXELS_MAX) ** 0.5, max(taille) / (cote * 2) if cote else 0, 1)
    return max(1, int(largeur / reduction)), max(1, int(hauteur / reduction))
