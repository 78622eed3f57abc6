"""A lost code: the old one dies, the new one is shown once."""

import pytest

from psl.socle.reference import normalise_code
from psl.teledossiers import queries
from psl.teledossiers.models import Teledossier
from psl.teledossiers.operations import renew_code
from tests.saisie.gestes import kinds
from tests.teledossiers.gestes import NOW, file, shown_code

pytestmark = pytest.mark.django_db


def test_only_the_new_code_opens() -> None:
    depose = file()
    nouveau = renew_code(depose.teledossier, now=NOW)
    found = [queries.find_by_code(depose.numero, normalise_code(code)) for code in (depose.code or "", nouveau)]
    assert [vu and vu.id for vu in found] == [None, depose.teledossier]
    assert kinds(depose.teledossier) == ["teledossier.depose", "suivi.code_renouvele"]


def test_the_page_of_the_accuse_no_longer_shows_any() -> None:
    depose = file()
    renew_code(depose.teledossier, now=NOW)
    assert shown_code(depose, now=NOW) is None
    assert Teledossier.objects.filter(code_boite=None, code_jusqu=None).count() == 1


def test_a_code_is_of_its_number() -> None:
    un, autre = file(), file()
    assert queries.find_by_code(un.numero, normalise_code(autre.code or "")) is None
    assert len({un.code, autre.code, renew_code(un.teledossier, now=NOW)}) == 3
