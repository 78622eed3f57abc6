"""Sealing empties a brouillon: its content and its key are gone, its row says when."""

import pytest

from psl.saisie.models import Brouillon
from psl.saisie.operations import empty, open_locked, porteur
from psl.socle import cles
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from tests.saisie import gestes

pytestmark = pytest.mark.django_db


def test_nothing_is_left_to_read() -> None:
    brouillon = gestes.ready()
    with scope(porteur(brouillon)):
        empty(open_locked(brouillon), now=gestes.NOW)
    row = Brouillon.objects.get(id=brouillon)
    assert (bytes(row.document), row.scelle_at) == (b"", gestes.NOW)
    with scope(SYSTEME), pytest.raises(Refus) as refus:
        cles.open_key("brouillon", brouillon)
    assert refus.value.code == "detruit"
    assert gestes.see(brouillon).document.reponses == {}
