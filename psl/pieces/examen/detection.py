"""Says what a file is from its first bytes, by our own list of signatures; never trusts a name or a declared type.

Pure. A type that is not accepted still gets its everyday word, so that the refusal can say what was sent.
"""

import re
from dataclasses import dataclass

TETE = 4_096  # bytes needed from the beginning of a file to say what it is


def gettext_noop(message: str) -> str:
    """Mark words that are translated where they are said."""
    return message


@dataclass(frozen=True)
class TypeFichier:
    """A type that the platform knows how to keep: its IANA name, the extension it forces, its everyday name, alone and with its article."""

    mime: str
    extension: str
    nom: str
    article: str


PDF = TypeFichier("application/pdf", "pdf", "PDF", gettext_noop("un fichier PDF"))
JPEG = TypeFichier("image/jpeg", "jpg", "JPEG", gettext_noop("une image JPEG"))
PNG = TypeFichier("image/png", "png", "PNG", gettext_noop("une image PNG"))
WEBP = TypeFichier("image/webp", "webp", "WebP", gettext_noop("une image WebP"))
HEIC = TypeFichier("image/heic", "heic", "HEIC", gettext_noop("une photo HEIC"))
CONNUS = {connu.mime: connu for connu in (PDF, JPEG, PNG, WEBP, HEIC)}

_MARQUES_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})

_SIGNATURES: tuple[tuple[re.Pattern[bytes], TypeFichier], ...] = (
    (re.compile(rb"%PDF-[12]\.\d"), PDF),
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), PNG),
    (re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL), WEBP),
)

# What people send by mistake, in their words. The first that matches is said.
_AUTRES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", re.DOTALL), gettext_noop("un document LibreOffice")),
    (re.compile(rb"PK\x03\x04.*word/", re.DOTALL), gettext_noop("un document Word")),
    (re.compile(rb"PK\x03\x04.*xl/", re.DOTALL), gettext_noop("un tableau Excel")),
    (re.compile(rb"PK\x03\x04.*ppt/", re.DOTALL), gettext_noop("une présentation PowerPoint")),
    (re.compile(rb"PK(\x03\x04|\x05\x06)"), gettext_noop("une archive ZIP")),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), gettext_noop("un ancien document Word ou Excel")),
    (re.compile(rb"\{\\rtf"), gettext_noop("un document RTF")),
    (re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ"), gettext_noop("une archive compressée")),
    (re.compile(rb"GIF8[79]a"), gettext_noop("une image GIF")),
    (re.compile(rb"II\*\x00|MM\x00\*"), gettext_noop("une image TIFF")),
    (re.compile(rb"BM.{9}\x00{3}", re.DOTALL), gettext_noop("une image BMP")),
    (re.compile(rb".{4}ftyp(qt|isom|iso2|mp4|avc1|M4V|3gp)", re.DOTALL), gettext_noop("une vidéo")),
    (re.compile(rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|#!"), gettext_noop("un programme")),
    (re.compile(rb"(?i)\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?(<!doctype svg[^>]*>\s*)?<svg", re.DOTALL), gettext_noop("une image SVG")),
    (re.compile(rb"(?i)(\xef\xbb\xbf)?\s*(<!doctype html|<html|<head|<body|<script|<\?php)"), gettext_noop("une page web")),
    (re.compile(rb".{0,1023}?%PDF-", re.DOTALL), gettext_noop("un PDF abîmé, précédé d'autres données")),
)
_TEXTE = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]+")


def detect(tete: bytes) -> TypeFichier | None:
    """Return the type of a file from its first bytes (`TETE` are enough), or None when it is not one we keep."""
    for signature, connu in _SIGNATURES:
        if signature.match(tete):
            return connu
    return HEIC if _is_heic(tete) else None


def _is_heic(tete: bytes) -> bool:
    """ISO/IEC 23008-12: the file type box comes first; one of its brands says HEIC."""
    if tete[4:8] != b"ftyp":
        return False
    boite = tete[: min(int.from_bytes(tete[:4]), 256)]
    marques = {boite[8:12], *(boite[place : place + 4] for place in range(16, len(boite), 4))}
    return boite[8:12] in _MARQUES_HEIC and bool(marques & {b"heic", b"heix", b"mif1"})


def describe(tete: bytes) -> str:
    """Return what a file looks like, in a French noun phrase, for the sentence that refuses it."""
    if connu := detect(tete):
        return connu.article
    for signature, mot in _AUTRES:
        if signature.match(tete):
            return mot
    return gettext_noop("un fichier texte") if tete and _TEXTE.fullmatch(tete) else gettext_noop("un fichier d'un type inconnu")
