"""Rate limits, counted in PostgreSQL so that every web process counts together."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext, ngettext

from psl.socle.crypto import coffre, keyed_hash
from psl.socle.errors import Refus
from psl.socle.models import Compteur

_HIT = """
INSERT INTO socle_compteur AS c (nom, cle, debut_at, fin_at, compte) VALUES (%(nom)s, %(cle)s, %(now)s, %(fin)s, 1)
ON CONFLICT (nom, cle) DO UPDATE SET
    compte = CASE WHEN c.fin_at <= %(now)s THEN 1 ELSE c.compte + 1 END,
    debut_at = CASE WHEN c.fin_at <= %(now)s THEN %(now)s ELSE c.debut_at END,
    fin_at = CASE WHEN c.fin_at <= %(now)s THEN %(fin)s ELSE c.fin_at END
RETURNING compte, fin_at
"""


def client_address(meta: Mapping[str, Any]) -> str:
    """Return whose tries a request counts for: the address it comes from, seen through the proxies that settings.MANDATAIRES trusts.

    X-Forwarded-For is read from right to left: each trusted proxy wrote who called it, and what stands left of the first address that
    is not one of them may be forged. An IPv6 network of 64 bits counts as one: whoever has one address of it has them all.
    """
    seen = str(meta.get("REMOTE_ADDR") or "")
    chain = str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",")
    while (address := _read(seen)) and any(address in network for network in settings.MANDATAIRES) and chain:
        told = _read(chain.pop().strip())
        if told is None:
            break
        seen = str(told)
    address = _read(seen)
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else seen


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def hit(nom: str, cle: str, *, limite: int, fenetre: timedelta, now: datetime) -> None:
    """Count one try by `cle` (an address, an account); the window opens at its first try.

    Must be called before the operation's own transaction (RuntimeError otherwise): a refusal inside it would undo the count.
    Refuses: trop-de-tentatives.
    """
    hashed = keyed_hash(coffre().secret("limites"), f"{nom}:{cle}")
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_HIT, {"nom": nom, "cle": hashed, "now": now, "fin": now + fenetre})
        compte, fin_at = cursor.fetchone()
    if compte > limite:
        raise Refus("trop-de-tentatives", _sentence(fin_at - now), statut=429, detail={"reessayer_at": fin_at})


def forget(nom: str, cle: str) -> None:
    """Forget the tries of `cle`: it has just proven who it is."""
    Compteur.objects.filter(nom=nom, cle=keyed_hash(coffre().secret("limites"), f"{nom}:{cle}")).delete()


def purge(now: datetime) -> int:
    """Delete the counters whose window is closed."""
    return Compteur.objects.filter(fin_at__lte=now).delete()[0]


def _sentence(wait: timedelta) -> str:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    if minutes < 60:
        delay = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    else:
        delay = ngettext("%(n)d heure", "%(n)d heures", -(-minutes // 60)) % {"n": -(-minutes // 60)}
    return gettext("Trop de tentatives. Par sécurité, réessayez dans %(delai)s.") % {"delai": delay}
