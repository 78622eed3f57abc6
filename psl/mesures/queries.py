"""Reading counts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum

from psl.mesures.models import Avis


@dataclass(frozen=True, slots=True)
class PageJugee:
    """A page and what its readers said of it."""

    page: str
    oui: int
    non: int


def opinions(depuis: date, *, limite: int = 10) -> list[PageJugee]:
    """Return the pages that helped their readers least since a day: those with the most "no" beyond their "yes" first."""
    rows = Avis.objects.filter(jour_on__gte=depuis).values("page").annotate(pour=Sum("oui"), contre=Sum("non")).filter(contre__gt=0)
    sorted_ = rows.order_by((F("contre") - F("pour")).desc(), "page")
    return [PageJugee(row["page"], row["pour"], row["contre"]) for row in sorted_[:limite]]
