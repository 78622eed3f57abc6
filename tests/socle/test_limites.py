from datetime import UTC, datetime, timedelta

import pytest

from psl.socle import limites
from psl.socle.errors import Refus
from psl.socle.models import Compteur

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEURE = timedelta(hours=1)


def hits(count, *, cle="ici", now=NOW, limite=3):
    """Return the refusals of so many tries."""
    refused = []
    for _ in range(count):
        try:
            limites.hit("essai", cle, limite=limite, fenetre=HEURE, now=now)
        except Refus as refus:
            refused.append(refus)
    return refused


@pytest.mark.django_db
def test_tries_beyond_the_limit_are_refused_with_the_time_to_wait():
    refused = hits(5)
    assert [(refus.code, refus.statut, refus.detail["reessayer_at"]) for refus in refused] == [("trop-de-tentatives", 429, NOW + HEURE)] * 2
    assert refused[0].phrase == "Trop de tentatives. Par sécurité, réessayez dans 1 heure."
    late = hits(1, now=NOW + timedelta(minutes=47, seconds=10))
    assert late[0].phrase == "Trop de tentatives. Par sécurité, réessayez dans 13 minutes."


@pytest.mark.django_db
def test_a_new_window_opens_and_others_are_not_counted():
    assert len(hits(4)) == 1
    assert hits(3, cle="ailleurs") == []
    assert hits(3, now=NOW + HEURE) == []
    assert len(hits(1, now=NOW + HEURE)) == 1


@pytest.mark.django_db
def test_who_proves_who_they_are_starts_again():
    hits(3)
    limites.forget("essai", "ici")
    assert hits(3) == []


@pytest.mark.django_db
def test_closed_windows_are_purged_and_addresses_are_not_kept():
    hits(1, cle="192.0.2.7")
    hits(1, cle="192.0.2.8", now=NOW + HEURE)
    assert b"192.0.2" not in b"".join(bytes(row.cle) for row in Compteur.objects.all())
    assert limites.purge(NOW + HEURE) == 1
    assert Compteur.objects.count() == 1
