"""The names of a PEC zip and of its members (pure): `<numéro>-<démarche>-<séq>.zip`, and inside it what each name says."""

import re
from dataclasses import dataclass

MESSAGE = "message.xml"
LONGUEUR_MAX = 255
_EXTENSION = re.compile(r"\.([0-9a-z]{1,5})$", re.IGNORECASE)
_CODE = r"(?P<code>.+)-(?P<rang>\d+)"
_MEMBRE = {
    "ent": r"-ent-(?P<seq>\d+)\.xml",
    "doc": rf"-doc-{_CODE}-(?P<seq>\d+)\.(?P<ext>[0-9A-Za-z]+)",
    "pj": rf"-pj-{_CODE}-(?P<seq>\d+)\.(?P<ext>[0-9A-Za-z]+)",
}


@dataclass(frozen=True, slots=True)
class Nom:
    """What a member's name says: its kind (message, ent, doc, pj), its code and its rank for the last two, the message's rank (séq)."""

    sorte: str
    code: str = ""
    rang: int = 0
    seq: int = 0


def archive(racine: str, seq: int) -> str:
    """Return the logical name of a zip."""
    return f"{racine}-{seq}.zip"


def entete(racine: str, seq: int) -> str:
    """Return the name of the header file."""
    return f"{racine}-ent-{seq}.xml"


def document(racine: str, code: str, seq: int, extension: str, rang: int = 1) -> str:
    """Return the name of a document made by the platform; a code may hold spaces and hyphens."""
    return f"{racine}-doc-{code}-{rang}-{seq}.{extension}"


def piece(racine: str, code: str, rang: int, seq: int, extension: str) -> str:
    """Return the name of a file of the usager, the `rang`th of its code."""
    return f"{racine}-pj-{code}-{rang}-{seq}.{extension}"


def extension(nom: str) -> str:
    """Return the extension of a file's own name, in lower case; "bin" when it has none that can be written."""
    found = _EXTENSION.search(nom)
    return found[1].lower() if found else "bin"


def read(nom: str, racine: str) -> Nom | None:
    """Return what a member's name says, in a zip whose names begin with `racine`; None when it is no name of the format."""
    if nom == MESSAGE:
        return Nom("message")
    if len(nom) > LONGUEUR_MAX or not nom.startswith(f"{racine}-"):
        return None
    for sorte, motif in _MEMBRE.items():
        if found := re.fullmatch(motif, nom[len(racine) :]):
            parts = found.groupdict()
            return Nom(sorte, parts.get("code") or "", int(parts.get("rang") or 0), int(parts["seq"]))
    return None
