"""The one door to the PDF engine: data in, PDF/A-3a and PDF/UA-1 bytes out."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import orjson
import typst

GABARITS = Path(__file__).parent / "gabarits"
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ligne:
    """A label and its value, and where the value comes from when it was not typed."""

    libelle: str
    valeur: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part: paragraphs, then pairs."""

    titre: str
    textes: Sequence[str] = ()
    lignes: Sequence[Ligne] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A document to make: everything is plain text, nothing is read as markup."""

    titre: str
    entete: str
    pied: str
    encadre: Sequence[Ligne] = ()
    introduction: Sequence[str] = ()
    sections: Sequence[Section] = ()
    langue: str = "fr"
    jointe: str = ""
    mots: dict[str, str] = field(default_factory=lambda: {"page": "page", "jointe": "Les données de ce document"})


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return typst.Compiler(GABARITS / "document.typ", root=GABARITS, font_paths=fonts)


def render(piece: Piece, *, at: datetime) -> bytes:
    """Return the PDF of a document, dated `at`: the same document and date give the same bytes."""
    donnees = {
        "titre": piece.titre,
        "entete": piece.entete,
        "pied": piece.pied,
        "langue": piece.langue,
        "region": {"fr": "FR", "en": "GB"}.get(piece.langue, "FR"),
        "encadre": piece.encadre,
        "introduction": piece.introduction,
        "sections": piece.sections,
        "jointe": piece.jointe,
        "page": piece.mots["page"],
        "description-jointe": piece.mots["jointe"],
    }
    with _lock:  # one reused compiler keeps its fonts and parsed templates; it serves one document at a time
        octets = _compiler().compile(
            format="pdf",
            sys_inputs={"donnees": orjson.dumps(donnees).decode()},
            pdf_standards=["a-3a", "ua-1"],
            timestamp=int(at.timestamp()),
        )
    if not isinstance(octets, bytes):
        raise TypeError(f"le moteur PDF a rendu {type(octets).__name__}")
    return octets
