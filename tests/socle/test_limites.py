from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured

from psl.settings import env_networks
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


PROXIES = (ip_network("10.0.0.0/8"), ip_network("192.0.2.7/32"))


@pytest.mark.parametrize(
    ("mandataires", "remote", "forwarded", "attendue"),
    [
        ((), "203.0.113.5", "198.51.100.1", "203.0.113.5"),  # nobody is trusted: the header is only what somebody wrote
        (PROXIES, "203.0.113.5", "198.51.100.1", "203.0.113.5"),  # not a proxy of ours: forged
        (PROXIES, "10.1.2.3", "198.51.100.1", "198.51.100.1"),
        (PROXIES, "10.1.2.3", "198.51.100.1, 192.0.2.7", "198.51.100.1"),
        (PROXIES, "10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the client wrote 1.1.1.1, the proxy added whom it saw
        (PROXIES, "10.1.2.3", "10.9.9.9, 198.51.100.1, 192.0.2.7", "198.51.100.1"),
        (PROXIES, "10.1.2.3", "n'importe quoi", "10.1.2.3"),
        (PROXIES, "10.1.2.3", "", "10.1.2.3"),
        (PROXIES, "10.1.2.3", None, "10.1.2.3"),
        (PROXIES, "10.1.2.3", "10.4.4.4", "10.4.4.4"),
        (PROXIES, "::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"),
        (PROXIES, "10.1.2.3", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ((), "2001:db8:1:2::ffff", None, "2001:db8:1:2::/64"),
        ((), "", None, ""),
    ],
)
def test_the_address_counted_is_the_first_that_no_trusted_proxy_has(settings, mandataires, remote, forwarded, attendue):
    settings.MANDATAIRES = mandataires
    meta = {"REMOTE_ADDR": remote} | ({} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded})
    assert limites.client_address(meta) == attendue


def test_trusted_proxies_are_networks_and_nothing_else(monkeypatch):
    monkeypatch.setenv("PSL_MANDATAIRES", "10.0.0.0/8, 192.0.2.7")
    assert env_networks("PSL_MANDATAIRES") == PROXIES
    monkeypatch.setenv("PSL_MANDATAIRES", "10.0.0.0/8, partout")
    with pytest.raises(ImproperlyConfigured, match=r"'partout'.*Écrivez des adresses ou des réseaux"):
        env_networks("PSL_MANDATAIRES")


@pytest.mark.django_db
def test_a_forged_header_does_not_start_the_count_again(client):
    for n in range(101):
        last = client.post("/agent/connexion", {"courriel": f"{n}@x.fr"}, headers={"x-forwarded-for": f"1.2.3.{n}"})
    assert last.status_code == 429
