"""How a service without an account keeps an affectation open in a browser: a signed, dated cookie. Pure but for the secret."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

DUREE = timedelta(hours=1)
COOKIE = f"{settings.COOKIE_PREFIXE}service"
_SALT = "psl.agent.service"


def sign(affectation: UUID) -> str:
    """Return the value of the cookie."""
    return signing.TimestampSigner(salt=_SALT).sign(affectation.hex)


def check(valeur: str) -> UUID | None:
    """Return the affectation that a cookie opens, while it lasts; None when it opens nothing."""
    try:
        return UUID(hex=signing.TimestampSigner(salt=_SALT).unsign(valeur, max_age=DUREE))
    except (signing.BadSignature, ValueError):
        return None
