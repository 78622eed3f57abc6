"""Small files of each type, well made, for the tests."""

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def png(largeur: int = 2, hauteur: int = 3, *, suite: bytes = b"") -> bytes:
    def chunk(nom: bytes, corps: bytes) -> bytes:
        return struct.pack(">I", len(corps)) + nom + corps + struct.pack(">I", zlib.crc32(nom + corps))

    pixels = zlib.compress(b"".join(b"\0" + bytes(3 * min(largeur, 4)) for _ in range(min(hauteur, 4))))
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", entete) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"") + suite


def jpeg(largeur: int = 40, hauteur: int = 30, *, exif: bytes = b"", suite: bytes = b"", fin: bytes = b"\xff\xd9") -> bytes:
    def segment(marque: int, corps: bytes) -> bytes:
        return bytes([0xFF, marque]) + struct.pack(">H", len(corps) + 2) + corps

    vignette = b"Exif\0\0" + exif + b"\xff\xd8\xff\xd9"
    cadre = struct.pack(">BHHB", 8, hauteur, largeur, 1) + b"\x01\x11\x00"
    balayage = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + segment(0xE1, vignette) + b"\xff" + segment(0xC0, cadre) + balayage + fin + suite


def webp(sorte: bytes = b"VP8X", *, cotes: bytes = b"\x10\0\0\0\x01\0\0\x02\0\0") -> bytes:
    corps = b"WEBP" + sorte + struct.pack("<I", 10) + cotes
    return b"RIFF" + struct.pack("<I", len(corps)) + corps


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def archive(nom: str = "acte.txt") -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as fichier:
        fichier.writestr(nom, "contenu")
    return sortie.getvalue()
