"""How a service without an account keeps an affectation open in a browser: a signed, dated cookie, an hour idle, twelve at most."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

DUREE = timedelta(hours=1)
ABSOLUE = timedelta(hours=12)
COOKIE = f"{settings.COOKIE_PREFIXE}service"
_signer = signing.TimestampSigner(salt="psl.agent.service")
_beginning = signing.TimestampSigner(salt="psl.agent.service.debut")


def sign(affectation: UUID) -> str:
    """Return the value of the cookie, from now on."""
    return _signer.sign(_beginning.sign(affectation.hex))


def renew(valeur: str) -> str:
    """Return a cookie that `check` accepted, young again but for its beginning."""
    return _signer.sign(_signer.unsign(valeur))


def check(valeur: str) -> UUID | None:
    """Return the affectation that a cookie opens, while it lasts; None when it opens nothing."""
    try:
        return UUID(hex=_beginning.unsign(_signer.unsign(valeur, max_age=DUREE), max_age=ABSOLUE))
    except (signing.BadSignature, ValueError):
        return None
