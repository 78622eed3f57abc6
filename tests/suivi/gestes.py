"""Following in these tests: what is sent, read before it leaves; refusals, as the usager meets them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from psl.courriers.models import Envoi
from psl.courriers.queries import open_box
from psl.socle import cles
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.suivi import acces
from psl.teledossiers import queries as teledossiers

HEURE = timedelta(hours=1)
IP = "192.0.2.1"
COURRIEL = "noe@exemple.example.org"


def signed(etape: str, sujet: UUID) -> str:
    """Return the cookie of a step that somebody took with the code of the day."""
    return acces.sign(etape, sujet, "" if etape == "perdu" else teledossiers.code_mark(sujet))


def refused(act: Callable[..., object], *arguments: Any, **options: Any) -> tuple[str, int, str]:
    with pytest.raises(Refus) as refus:
        act(*arguments, **options)
    return refus.value.code, refus.value.statut, refus.value.phrase


def sent(sujet: UUID) -> list[tuple[str, dict[str, Any]]]:
    """Return the template and the context of each e-mail owed to a subject, oldest first."""
    with scope(SYSTEME):
        envois = sorted(Envoi.objects.filter(sujet=sujet), key=lambda envoi: (envoi.created_at, envoi.id))
        return [(e.gabarit, open_box(bytes(e.boite), e.id, cles.open_key("envoi", e.id))["contexte"]) for e in envois if e.boite]


def codes(sujet: UUID) -> list[str]:
    """Return the one-time codes sent, not yet delivered."""
    return [contexte["code"] for gabarit, contexte in sent(sujet) if gabarit == "code"]
