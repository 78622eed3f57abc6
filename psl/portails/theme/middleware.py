"""What surrounds every page: security headers, a name for the request, and refusals turned into pages."""

import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.csp import build_policy

from psl.portails.theme import erreurs
from psl.socle.errors import Refus

type Answer = Callable[[HttpRequest], HttpResponse]
_log = logging.getLogger("psl.portails")

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "interest-cohort", "magnetometer",
        "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


class AddHeaders:
    """Add to each page what the browser must refuse; pages are never stored unless their view says otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": build_policy(settings.SECURE_CSP),
            "Permissions-Policy": PERMISSIONS,
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["PSL_REQUETE"] = requete = secrets.token_hex(8)
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        response.headers["X-Request-ID"] = requete
        return response


class ExplainRefus:
    """Turn a Refus raised by a view into the page that explains it, and a database that does not answer into « revenez »."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for what is known; anything else is a bug and goes on."""
        if isinstance(exception, Refus):
            return erreurs.refused(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            _log.error("base indisponible", extra={"requete": request.META.get("PSL_REQUETE"), "cause": type(exception).__name__})
            return erreurs.unavailable(request)
        return None
