"""How a brouillon is proven to be theirs without an account: a signed cookie in this browser; elsewhere, a private link and a code.

Link and code are derived from the brouillon's id by keyed hashes: nothing of them is stored, so a stolen database opens nothing.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from psl.socle import crypto, limites
from psl.socle.errors import Refus

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
DUREE = timedelta(hours=12)  # without a page opened or saved
RENOUVELLEMENT = timedelta(minutes=10)
_HEX = re.compile("[0-9a-f]{32}")
_signer = signing.TimestampSigner(salt="psl.saisie")


def cookie_name(brouillon_id: UUID) -> str:
    """Return the name of the cookie of one brouillon: several may be open in one browser."""
    return f"{settings.COOKIE_PREFIXE}d-{brouillon_id.hex}"


def proven(cookies: Mapping[str, str]) -> list[UUID]:
    """Return the brouillons that the cookies of a browser prove, ten at most."""
    debut = f"{settings.COOKIE_PREFIXE}d-"
    noms = [nom for nom in cookies if nom.startswith(debut) and _HEX.fullmatch(nom.removeprefix(debut))][:10]
    ids = [(UUID(hex=nom.removeprefix(debut)), cookies[nom]) for nom in noms]
    return [id_ for id_, valeur in ids if check_cookie(valeur, id_)]


def sign(brouillon_id: UUID) -> str:
    """Return the value of the cookie, dated."""
    return _signer.sign(brouillon_id.hex)


def check_cookie(valeur: str, brouillon_id: UUID, *, duree: timedelta = DUREE) -> bool:
    """Say whether a cookie proves this brouillon."""
    try:
        proven = _signer.unsign(valeur, max_age=duree)
    except signing.BadSignature:
        return False
    return hmac.compare_digest(proven, brouillon_id.hex)


def is_recent(valeur: str, now: datetime) -> bool:
    """Say whether a cookie that `check_cookie` accepted is young enough to be left as it is for now."""
    made_at = signing.b62_decode(valeur.split(":")[1])
    return now.timestamp() - made_at < RENOUVELLEMENT.total_seconds()


def _derive(usage: str, brouillon_id: UUID) -> bytes:
    return crypto.keyed_hash(crypto.coffre().secret("reprise"), f"{usage}:{brouillon_id.hex}")


def resume_path(brouillon_id: UUID) -> str:
    """Return the private path that opens the second-fact page of a brouillon (176 unguessable bits)."""
    jeton = brouillon_id.bytes + _derive("lien", brouillon_id)[:22]
    return f"/reprendre/{base64.urlsafe_b64encode(jeton).decode().rstrip('=')}"


def resume_code(brouillon_id: UUID) -> str:
    """Return the resume code of a brouillon, shown on screen only: 8 characters, 40 bits, `XXXX-XXXX`."""
    nombre = int.from_bytes(_derive("code", brouillon_id)[:5])
    code = "".join(ALPHABET[(nombre >> (5 * rang)) & 31] for rang in range(8))
    return f"{code[:4]}-{code[4:]}"


def read_link(jeton: str) -> UUID | None:
    """Return the brouillon that a link names when its keyed part is right."""
    try:
        brut = base64.urlsafe_b64decode(jeton + "=" * (-len(jeton) % 4))
    except (binascii.Error, ValueError):
        return None
    # One link, one writing: base64 passes over spare bits, and over what is none of its characters.
    if len(brut) != 38 or base64.urlsafe_b64encode(brut).decode().rstrip("=") != jeton:
        return None
    brouillon_id = UUID(bytes=brut[:16])
    return brouillon_id if hmac.compare_digest(brut[16:], _derive("lien", brouillon_id)[:22]) else None


def check_link(jeton: str, code: str, *, ip: str, now: datetime) -> UUID:
    """Return the brouillon of a link brought with its code. Refuses: trop-de-tentatives, reprise-refusee (one answer for all)."""
    limites.hit("reprise-ip", ip, limite=30, fenetre=timedelta(hours=1), now=now)
    brouillon_id = read_link(jeton)
    if brouillon_id is not None:
        limites.hit("reprise", brouillon_id.hex, limite=10, fenetre=timedelta(hours=1), now=now)
        tape = code.upper().replace("-", "").replace(" ", "").replace("O", "0").replace("I", "1").replace("L", "1")
        if hmac.compare_digest(tape.encode(), resume_code(brouillon_id).replace("-", "").encode()):
            return brouillon_id
    raise Refus(
        "reprise-refusee",
        _("Ce lien et ce code ne vont pas ensemble. Vérifiez le code affiché quand vous avez choisi « Reprendre plus tard »."),
        statut=403,
    )
