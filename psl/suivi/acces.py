"""How a usager proves that a télédossier is theirs: number and code, then a second fact; each success is a signed, dated cookie.

A step lasts its time since the last page, and twelve hours at most since it was proven. It carries the mark of the tracking code
that opened it: a new code ends it everywhere.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing

ETAPES = {"numero": timedelta(minutes=15), "ouvert": timedelta(hours=1), "perdu": timedelta(minutes=15)}
ABSOLUE = timedelta(hours=12)


def cookie_name(etape: str) -> str:
    """Return the name of the cookie of a step: "numero" (number and code proven), "ouvert" (second fact too), "perdu" (a code asked)."""
    return f"{settings.COOKIE_PREFIXE}suivi-{etape}"


def sign(etape: str, sujet: UUID, marque: str = "") -> str:
    """Return the value of the cookie of a step, from now on; `marque` is that of the tracking code of the day, "" where none counts."""
    return _signer(etape).sign(_beginning(etape).sign(f"{sujet.hex}.{marque}"))


def renew(etape: str, valeur: str) -> str:
    """Return a cookie that `check` accepted, young again but for its beginning."""
    return _signer(etape).sign(_signer(etape).unsign(valeur))


def _signer(etape: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"psl.suivi.{etape}")


def _beginning(etape: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"psl.suivi.{etape}.debut")


def check(etape: str, valeur: str) -> tuple[UUID, str] | None:
    """Return the télédossier that a cookie proves and the mark of its code, while it lasts; None when it proves nothing."""
    try:
        prouve = _beginning(etape).unsign(_signer(etape).unsign(valeur, max_age=ETAPES[etape]), max_age=ABSOLUE)
        sujet, _, marque = prouve.partition(".")
        return UUID(hex=sujet), marque
    except (signing.BadSignature, ValueError):
        return None
