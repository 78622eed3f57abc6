"""The logos of partners: a PNG of 200 × 75 px at most beside a démarche, and what it shows in words for whoever does not see it.

`catalogue/<démarche>/logos/<administration>.png` and `.txt`, else `logo.png` and `logo.txt` beside `demarche.yaml`. A logo that is not
right is left out, and the log says why: no request waits for an image.
"""

import io
import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

log = logging.getLogger(__name__)

LONG, COURT = 200, 75  # pixels, in one sense or the other
OCTETS_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Logo:
    """An image ready for a document, and its alternative text."""

    octets: bytes
    texte: str


class LogoRefuse(ValueError):  # noqa: N818 - named with the domain's words
    """What is wrong with a logo, in words."""


def find(demarche: Path, administration: str) -> Logo | None:
    """Return the logo of an administration for a démarche (its folder), else the démarche's own, else nothing."""
    for path in (demarche / "logos" / f"{administration}.png", demarche / "logo.png"):
        if administration.replace("-", "").isalnum() and path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=256)
def _read(path: Path, version: int) -> Logo | None:
    try:
        return clean(path.read_bytes(), path.with_suffix(".txt").read_text(encoding="utf-8"))
    except (OSError, LogoRefuse, UnicodeDecodeError) as error:
        log.warning("Le logo %s n'est pas montré : %s", path.name, error)
        return None


def clean(octets: bytes, texte: str) -> Logo:
    """Return a logo made again without what is not seen: metadata, profiles, transparency. Raises LogoRefuse."""
    if not texte.strip():
        raise LogoRefuse("dites dans un fichier .txt ce qu'il montre.")
    if len(octets) > OCTETS_MAX:
        raise LogoRefuse("il pèse plus de 100 ko.")
    try:
        with Image.open(io.BytesIO(octets), formats=["PNG"]) as image:
            if max(image.size) > LONG or min(image.size) > COURT:
                raise LogoRefuse(f"il fait {image.width} × {image.height} pixels au lieu de {LONG} × {COURT} au plus.")
            fond = Image.new("RGBA", image.size, "white")
            fond.alpha_composite(image.convert("RGBA"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, LogoRefuse):
            raise
        raise LogoRefuse("ce n'est pas une image PNG.") from error
    sortie = io.BytesIO()
    fond.convert("RGB").save(sortie, "PNG", optimize=True)
    return Logo(sortie.getvalue(), " ".join(texte.split()))
