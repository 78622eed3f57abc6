"""How a usager proves that a télédossier is theirs: number and code, then a second fact; each success is a signed, dated cookie."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

ETAPES = {"numero": timedelta(minutes=15), "ouvert": timedelta(hours=1), "perdu": timedelta(minutes=15)}


def cookie_name(etape: str) -> str:
    """Return the name of the cookie of a step: "numero" (number and code proven), "ouvert" (second fact too), "perdu" (a code asked)."""
    return f"{settings.COOKIE_PREFIXE}suivi-{etape}"


def sign(etape: str, sujet: UUID) -> str:
    """Return the value of the cookie of a step."""
    return signing.TimestampSigner(salt=f"psl.suivi.{etape}").sign(sujet.hex)


def check(etape: str, valeur: str) -> UUID | None:
    """Return the télédossier that a cookie proves, while it lasts; None when it proves nothing."""
    try:
        return UUID(hex=signing.TimestampSigner(salt=f"psl.suivi.{etape}").unsign(valeur, max_age=ETAPES[etape]))
    except (signing.BadSignature, ValueError):
        return None
