"""Filing in these tests: a brouillon ready, sent; what was sealed, read back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psl.saisie.operations import porteur
from psl.socle.acteur import SYSTEME, scope
from psl.teledossiers import queries
from psl.teledossiers.enveloppe import Enveloppe
from psl.teledossiers.models import Depot
from psl.teledossiers.operations import Depose, submit
from tests.saisie import gestes
from tests.saisie.gestes import NOW

DECLARATIONS = ["exactitude"]


def send(brouillon: UUID, *, declarations: list[str] | None = None, now: datetime = NOW) -> Depose:
    return submit(brouillon, declarations=DECLARATIONS if declarations is None else declarations, acteur=porteur(brouillon), now=now)


def file(*, pieces: int = 0, now: datetime = NOW, langue: str = "fr", **changes: Any) -> Depose:
    """File a request, with as many files as asked (two at most)."""
    brouillon = gestes.ready(now=now, langue=langue, **changes)
    for rang in range(pieces):
        gestes.attach(brouillon, nom=f"piece {rang}.pdf", octets=gestes.PDF + f"% {rang}\n".encode(), now=now)
    return send(brouillon, now=now)


def sealed(teledossier: UUID, rang: int = 1) -> Enveloppe:
    with scope(SYSTEME):
        return queries.read_depot(teledossier, rang)


def shown_code(depose: Depose, *, now: datetime) -> str | None:
    """Return the tracking code that the accusé of a first dépôt shows."""
    brouillon = Depot.objects.values_list("brouillon", flat=True).get(teledossier=depose.teledossier, rang=1)
    with scope(SYSTEME):
        scelle = queries.sealed_from(brouillon, now=now)
    assert scelle is not None
    return scelle[3]
