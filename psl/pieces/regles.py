"""What a démarche accepts for one of its pieces: types, size, number. Pure, but for the words that a refusal says."""

from collections.abc import Sequence
from dataclasses import dataclass

from psl.pieces.examen.detection import CONNUS, JPEG, PDF, PNG

TYPES_ORDINAIRES = (PDF.mime, JPEG.mime, PNG.mime)
MO = 1_000_000


@dataclass(frozen=True)
class Regles:
    """The limits of one piece (sizes in bytes) and, in `total_max`, of all the files of its brouillon."""

    taille_max: int
    types: tuple[str, ...] = TYPES_ORDINAIRES
    fichiers_max: int = 5
    total_max: int = 100 * MO

    @classmethod
    def build(cls, *, types: Sequence[str] = (), max_mo: float | None = None, max_fichiers: int | None = None, plafond: int) -> "Regles":
        """Return the rules of a piece as a démarche writes them, under the platform's ceiling for one file, in bytes."""
        return cls(
            taille_max=plafond if max_mo is None else min(plafond, int(max_mo * MO)),
            types=tuple(types) or TYPES_ORDINAIRES,
            fichiers_max=max_fichiers or cls.fichiers_max,
            total_max=max(cls.total_max, plafond),
        )


def weight(octets: int) -> str:
    """Return a size as people read it: 850 octets, 12 ko, 1,5 Mo, 2 Go (decimal units, as the limits are written)."""
    for unite, nom in ((1_000_000_000, "Go"), (MO, "Mo"), (1_000, "ko")):
        if octets >= unite:
            dixiemes = octets * 10 // unite
            entier, reste = divmod(dixiemes, 10)
            return f"{entier},{reste} {nom}" if reste and entier < 10 else f"{entier} {nom}"
    return f"{octets} octets"


def list_types(types: Sequence[str], ou: str = "ou") -> str:
    """Return the accepted types in words: « PDF, JPEG ou PNG »."""
    noms = [CONNUS[mime].nom for mime in types if mime in CONNUS]
    return f" {ou} ".join(filter(None, (", ".join(noms[:-1]), noms[-1]))) if noms else ""
