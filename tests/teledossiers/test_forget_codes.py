"""After 24 hours only the keyed hash of the code remains, and the documents that showed it are gone."""

from datetime import timedelta

import pytest

from psl.socle.acteur import SYSTEME, scope
from psl.socle.models import Cle
from psl.teledossiers import queries
from psl.teledossiers.models import Document, Teledossier
from psl.teledossiers.operations import forget_codes, keep_document
from tests.teledossiers.gestes import NOW, file, shown_code

pytestmark = pytest.mark.django_db
JOUR = timedelta(hours=24)


def test_the_code_is_shown_a_day_then_forgotten() -> None:
    depose = file()
    shown = [shown_code(depose, now=NOW + late) for late in (timedelta(), JOUR - timedelta(seconds=1), JOUR)]
    assert shown == [depose.code, depose.code, None]
    assert [forget_codes(now=NOW + JOUR), Teledossier.objects.filter(code_boite=None).count()] == [0, 0]
    late = NOW + JOUR + timedelta(seconds=1)
    assert [forget_codes(now=late), forget_codes(now=late), Teledossier.objects.filter(code_boite=None).count()] == [1, 0, 1]
    assert queries.find_by_code(depose.numero, (depose.code or "").replace("-", "")) is not None


def test_a_document_with_a_term_goes_with_its_key() -> None:
    depose = file()
    with scope(SYSTEME):
        garde = keep_document(depose.teledossier, "accuse", b"%PDF garde", nom="Accusé", now=NOW)
        keep_document(depose.teledossier, "avec-code", b"%PDF code", nom="Accusé", efface_at=NOW + JOUR, now=NOW)
    forget_codes(now=NOW + JOUR + timedelta(seconds=1))
    with scope(SYSTEME):
        assert list(Document.objects.values_list("id", flat=True)) == [garde]
        assert list(Cle.objects.filter(objet="document").values_list("objet_id", flat=True)) == [garde]
