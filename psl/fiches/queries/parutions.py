"""What was updated when: for the sitemap and the feeds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from psl.fiches.models import Fiche


@dataclass(frozen=True, slots=True)
class Parution:
    """A document and the day it was last checked."""

    ident: str
    audience: str
    titre: str
    description: str
    maj_on: date | None


_COLONNES = ("ident", "audience", "titre", "description", "maj_on")


def updated(audience: str = "", nombre: int = 50) -> list[Parution]:
    """Return the documents checked last, of a space or of all."""
    rows = Fiche.objects.exclude(maj_on=None).filter(**({"audience": audience} if audience else {}))
    return [Parution(*row) for row in rows.order_by("-maj_on", "audience", "ident").values_list(*_COLONNES)[:nombre]]


def published(audience: str) -> Iterator[tuple[str, date | None]]:
    """Yield every document of a space with its day."""
    return Fiche.objects.filter(audience=audience).order_by("ident").values_list("ident", "maj_on").iterator(2000)
