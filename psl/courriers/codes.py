"""One-time codes: six digits sent to an address, to prove that it is one's own. Kept as a keyed hash, for ten minutes."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from psl.socle import crypto

DUREE = timedelta(minutes=10)
ESSAIS_MAX = 5

_ISSUE = """
INSERT INTO courriers_code_unique (sujet, usage, empreinte, expire_at, essais) VALUES (%s, %s, %s, %s, 0)
ON CONFLICT (sujet, usage) DO UPDATE SET empreinte = EXCLUDED.empreinte, expire_at = EXCLUDED.expire_at, essais = 0
"""
_TRY = """
UPDATE courriers_code_unique SET essais = essais + 1
WHERE sujet = %s AND usage = %s AND expire_at > %s AND essais < %s RETURNING id, empreinte
"""
_USE = "DELETE FROM courriers_code_unique WHERE id = %s AND empreinte = %s"


def issue(sujet: UUID, usage: str, *, now: datetime) -> str:
    """Draw the code of a subject for one purpose; the one before it dies. Only the caller ever has it in clear."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    with connection.cursor() as cursor:
        cursor.execute(_ISSUE, [sujet, usage, _hash(sujet, usage, code), now + DUREE])
    return code


def verify(sujet: UUID, usage: str, code: str, *, now: datetime) -> bool:
    """Say whether a code is the right one: within ten minutes, five tries and once. Spaces typed in it do not count.

    Must be called before the operation's own transaction (RuntimeError otherwise): a refusal inside it would undo the count of tries.
    """
    propose = _hash(sujet, usage, "".join(code.split()))
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_TRY, [sujet, usage, now, ESSAIS_MAX])
        id_, attendu = cursor.fetchone() or (0, bytes(32))
        if not hmac.compare_digest(propose, bytes(attendu)):
            return False
        cursor.execute(_USE, [id_, bytes(attendu)])
        return bool(cursor.rowcount == 1)


def forget_expired(*, now: datetime) -> int:
    """Delete the codes that can no longer be used. Returns how many. May run twice."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM courriers_code_unique WHERE expire_at <= %s", [now])
        return int(cursor.rowcount)


def _hash(sujet: UUID, usage: str, code: str) -> bytes:
    return crypto.keyed_hash(crypto.coffre().secret("codes"), f"{sujet}:{usage}:{code}")
