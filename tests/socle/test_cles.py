from datetime import UTC, datetime

import pytest
from django.conf import settings as reglages

from psl.socle import cles, crypto, ports
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.socle.uuid7 import uuid7

AOUT = datetime(2026, 8, 31, 23, 59, tzinfo=UTC)
NOVEMBRE = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def coffre_neuf(settings, tmp_path):
    """A coffre of this test alone: keys are destroyed here."""
    settings.ETAT = tmp_path
    ports.forget()
    yield
    ports.forget()


@pytest.fixture
def ids():
    return [uuid7() for _ in range(3)]


def make(ids, now):
    with scope(SYSTEME):
        return [cles.create("depot", id_, sujet=id_, now=now) for id_ in ids]


@pytest.mark.django_db
def test_a_destroyed_key_is_gone(ids):
    keys = make(ids, NOVEMBRE)
    with scope(SYSTEME):
        assert cles.destroy("depot", ids[:2]) == 2
        assert cles.open_keys("depot", ids) == {ids[2]: keys[2]}


@pytest.mark.django_db
def test_a_key_adopted_is_the_same_key_for_another_subject(ids):
    keys, other = make(ids, AOUT), uuid7()
    with scope(SYSTEME):
        assert cles.adopt("depot", ids[:2], sujet=other, now=NOVEMBRE) == 2
        assert cles.open_keys("depot", ids) == dict(zip(ids, keys, strict=True))
        assert sorted(Cle.objects.values_list("sujet", "periode")) == sorted([(other, "2026-11"), (other, "2026-11"), (ids[2], "2026-08")])


@pytest.mark.django_db
def test_rotation_keeps_the_living_and_kills_the_backups(ids):
    keys = make(ids, AOUT)
    with scope(SYSTEME):
        stolen = {row.objet_id: (bytes(row.boite), row.periode) for row in Cle.objects.all()}  # what a backup of August holds
        cles.destroy("depot", ids[:1])
    assert cles.rotate(NOVEMBRE) == ["2026-08"]
    assert cles.rotate(NOVEMBRE) == []
    with scope(SYSTEME):
        assert cles.open_keys("depot", ids) == {ids[1]: keys[1], ids[2]: keys[2]}
    for boite, mois in stolen.values():
        with pytest.raises(Refus) as refus:
            cles.unwrap(boite, mois)
        assert refus.value.code == "detruit"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "left"),
    [
        (datetime(2026, 9, 1, tzinfo=UTC), []),
        (datetime(2026, 9, 30, 23, tzinfo=UTC), []),
        (datetime(2026, 10, 1, tzinfo=UTC), ["2026-08"]),
        (datetime(2027, 1, 1, tzinfo=UTC), ["2026-08"]),
    ],
)
def test_the_previous_month_is_kept(ids, now, left):
    make(ids, AOUT)
    assert cles.rotate(now) == left


@pytest.mark.django_db
def test_a_silent_coffre_is_said_in_words(ids, settings):
    make(ids, NOVEMBRE)
    settings.COFFRE = "psl.connecteurs.coffres.en_panne.CoffreEnPanne"
    with scope(SYSTEME):
        for call in (lambda: cles.open_key("depot", ids[0]), lambda: cles.create("depot", uuid7(), now=NOVEMBRE)):
            with pytest.raises(Refus) as refus:
                call()
            assert (refus.value.code, refus.value.statut) == ("coffre-indisponible", 503)


def test_keys_are_files_of_the_owner_alone():
    crypto.coffre().wrap(bytes(32), "2026-11")
    crypto.coffre().public_key()
    dossier = reglages.ETAT / "cles"
    assert {path.name: path.stat().st_mode & 0o777 for path in dossier.iterdir()} == {"periode-2026-11": 0o600, "signature.pem": 0o600}
    assert dossier.stat().st_mode & 0o777 == 0o700


def test_outside_the_demonstration_no_key_makes_itself(settings):
    settings.EST_DEMONSTRATION = False
    with pytest.raises(crypto.CoffreError):
        crypto.coffre().wrap(bytes(32), "2026-11")
    with pytest.raises(crypto.CoffreError):
        crypto.coffre().secret("suivi")
    assert len(crypto.coffre().check()) == 1
