"""The one door to the PDF engine: data in, PDF/A-3a and PDF/UA-1 bytes out."""

import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import typst
from django.conf import settings

from psl.langage import texte
from psl.teledossiers.rendus.logos import Logo
from psl.teledossiers.rendus.prose import Bloc

GABARITS = Path(__file__).parent / "gabarits"
REMPLACANT = "\ufffd"
# What the engine's fonts surely print: Latin, IPA, Greek, Cyrillic, their accents and punctuation, currencies, arrows, mathematics.
SURS = (
    ("\u0020", "\u007e"), ("\u00a0", "\u0482"), ("\u048a", "\u04ff"), ("\u1e00", "\u1fff"), ("\u2010", "\u2027"), ("\u2030", "\u2040"),
    ("\u20a0", "\u20bf"), ("\u2100", "\u211e"), ("\u2190", "\u22ff"), (REMPLACANT, REMPLACANT),
)  # fmt: skip
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Ligne:
    """A label and its value, and where the value comes from when it was not typed."""

    libelle: str
    valeur: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part: paragraphs, a partner's text, then a table of pairs under its two headers."""

    titre: str
    textes: Sequence[str] = ()
    lignes: Sequence[Ligne] = ()
    prose: Sequence[Bloc] = ()
    entetes: tuple[str, str] = ("Information", "Contenu")


@dataclass(frozen=True, slots=True)
class Lettre:
    """What makes a letter of a document: who writes, to whom, where and when, how it ends; lines of plain text."""

    de: Sequence[str]
    a: Sequence[str] = ()
    date: str = ""
    signature: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A document to make: everything is plain text, nothing is read as markup. `annexe` follows, on its own page."""

    titre: str
    entete: str
    pied: str
    encadre: Sequence[Ligne] = ()
    introduction: Sequence[str] = ()
    sections: Sequence[Section] = ()
    langue: str = "fr"
    jointe: str = ""
    mots: dict[str, str] = field(default_factory=lambda: {"page": "page", "jointe": "Les données de ce document"})
    logo: Logo | None = None
    lettre: Lettre | None = None
    annexe: "Piece | None" = None


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    return typst.Compiler(GABARITS / "document.typ", root=GABARITS, font_paths=fonts)


def render(piece: Piece, *, at: datetime) -> bytes:
    """Return the PDF of a document, dated `at`: the same document and date give the same bytes."""
    donnees = data_of(piece)
    if settings.ESPACES_INSECABLES and piece.langue == "fr":
        donnees = _rewrite(donnees, texte.space)
    try:
        return _compile(donnees, at=at)
    except typst.TypstError:
        return _compile(_rewrite(donnees, printable), at=at)


def data_of(piece: Piece) -> dict[str, Any]:
    """Return a document as the engine's template reads it."""
    return {
        "titre": piece.titre,
        "langue": piece.langue,
        "region": {"fr": "FR", "en": "GB"}.get(piece.langue, "FR"),
        "pied": piece.pied,
        "page": piece.mots["page"],
        "parties": [_part(une) for une in (piece, piece.annexe) if une],
        "jointe": piece.jointe or (piece.annexe.jointe if piece.annexe else ""),
        "description-jointe": piece.mots["jointe"],
    }


def _part(piece: Piece) -> dict[str, Any]:
    noms = ("titre", "entete", "encadre", "introduction", "sections", "lettre")
    logo = {"octets": list(piece.logo.octets), "texte": piece.logo.texte} if piece.logo else None
    return {**{nom: getattr(piece, nom) for nom in noms}, "logo": logo}


def printable(texte: str) -> str:
    """Return a text without the characters that the engine's fonts may lack: their plain form when they have one, else « � ».

    A character without a glyph is refused by PDF/UA. The attached data keep what was typed.
    """
    return "".join(signe if _is_printable(signe) else _plain(signe) for signe in texte)


def _rewrite(donnees: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return a document with each of its texts changed, but for the data attached to it."""
    dites = orjson.loads(orjson.dumps({cle: valeur for cle, valeur in donnees.items() if cle != "jointe"}))
    return {**{cle: _walk(valeur, change) for cle, valeur in dites.items()}, "jointe": donnees["jointe"]}


def _walk(valeur: Any, change: Callable[[str], str]) -> Any:
    if isinstance(valeur, dict):
        return {cle: _walk(une, change) for cle, une in valeur.items()}
    if isinstance(valeur, list) and not (valeur and isinstance(valeur[0], int)):  # the bytes of a picture have no words
        return [_walk(une, change) for une in valeur]
    return change(valeur) if isinstance(valeur, str) else valeur


def _plain(signe: str) -> str:
    return "".join(un for un in unicodedata.normalize("NFKD", signe) if _is_printable(un)) or REMPLACANT


def _is_printable(signe: str) -> bool:
    return signe == "\n" or (any(first <= signe <= last for first, last in SURS) and unicodedata.category(signe)[0] != "C")


def _compile(donnees: dict[str, Any], *, at: datetime) -> bytes:
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
