"""Makes the name of a file safe to keep, to show and to give back on any system. Pure.

Keeps accents. The extension is the one of the detected type, never the one that was sent.
"""

import re
import unicodedata

LONGUEUR_MAX = 120
OCTETS_MAX = 240  # file systems allow 255
REPLI = "document"

# Control, format (bidi, zero width), surrogate, private, unassigned; line and paragraph separators become spaces.
_RETIREES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ESPACES = frozenset({"Zs", "Zl", "Zp"})
_INTERDITS = re.compile(r'[<>:"|?*/\\]+')
_SUFFIXE = re.compile(r"\.(?=[0-9]*[A-Za-z])[0-9A-Za-z]{2,4}$")
# Names that Windows keeps for its devices, whatever the extension.
_RESERVES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def clean(nom: str, extension: str) -> str:
    """Return a safe file name ending with `.extension`, at most `LONGUEUR_MAX` characters and `OCTETS_MAX` bytes.

    >>> clean("../C:\\\\acte de naissance.PDF.exe", "pdf")
    'acte de naissance.pdf'
    """
    racine = _readable(re.split(r"[/\\]", nom)[-1])
    racine = _without_suffix(racine, extension)
    if _RESERVES.fullmatch(racine.split(".")[0].strip()):
        racine = f"_{racine}"
    return f"{_cut(racine, extension)}.{extension}"


def show(nom: str, longueur: int = 60) -> str:
    """Return a sent name as it can be said back in a sentence."""
    vu = _readable(re.split(r"[/\\]", nom)[-1]) or REPLI
    return vu if len(vu) <= longueur else f"{vu[: longueur - 1]}…"


def _readable(nom: str) -> str:
    lettres = []
    for lettre in nom:
        categorie = unicodedata.category(lettre)
        if categorie in _ESPACES or lettre in "\t\r\n":
            lettres.append(" ")
        elif categorie not in _RETIREES:
            lettres.append(lettre)
    normal = unicodedata.normalize("NFC", "".join(lettres))
    return _trim(re.sub(r" +", " ", _INTERDITS.sub("-", normal)))


def _without_suffix(racine: str, extension: str) -> str:
    suite = f".{extension}"
    racine = _trim(_SUFFIXE.sub("", racine))
    while racine.lower().endswith(suite):
        racine = _trim(racine[: -len(suite)])
    return racine or REPLI


def _cut(racine: str, extension: str) -> str:
    racine = racine[: LONGUEUR_MAX - len(extension) - 1]
    while len(f"{racine}.{extension}".encode()) > OCTETS_MAX:
        racine = racine[:-1]
    return _trim(racine) or REPLI


def _trim(nom: str) -> str:
    """Remove what a shell, a file browser or a spreadsheet would read as something else at the edges of a name."""
    return nom.lstrip(" .-=+@~").rstrip(" .")
