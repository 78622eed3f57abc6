"""What surrounds every page: security headers, a name for the request, and refusals turned into pages."""

import logging
import secrets
from collections.abc import Callable
from gzip import GzipFile
from io import BytesIO

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers
from django.utils.csp import build_policy
from django.utils.translation import get_language

from psl.langage import texte
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


class CompressPages:
    """Compress HTML, lightly; the random length of a name in the gzip header hides what a guess in the page would save (BREACH)."""

    def __init__(self, get_response: Answer) -> None:
        if not settings.COMPRIMER:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming or len(response.content) < 1000 or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "") and "Content-Encoding" not in response.headers:
            response.content = _gzip(response.content)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))
        return response


def _gzip(content: bytes) -> bytes:
    buffer = BytesIO()
    name = "a" * secrets.randbelow(100)
    with GzipFile(filename=name, mode="wb", compresslevel=1, fileobj=buffer, mtime=0) as file:
        file.write(content)
    return buffer.getvalue()


def spaced(page: str, langue: str) -> str:
    """Return a page as it is shown: in French, with the spaces that no line may break."""
    return texte.space_page(page) if settings.ESPACES_INSECABLES and langue == "fr" else page


class SpaceFrench:
    """Set, in every French page, the spaces that no line may break: whoever writes a text has nothing to know of them."""

    def __init__(self, get_response: Answer) -> None:
        if not settings.ESPACES_INSECABLES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        est_page = not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
        if est_page and "Content-Encoding" not in response.headers:  # a page kept compressed has them already
            response.content = spaced(response.content.decode(), get_language() or "fr").encode()
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response


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
    """Turn a Refus raised by a view into the page that explains it; say in words the wrong method, the database that does not answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return erreurs.not_allowed(request, response.headers["Allow"]) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for what is known; anything else is a bug and goes on."""
        if isinstance(exception, Refus):
            return erreurs.refused(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            _log.error("base indisponible", extra={"requete": request.META.get("PSL_REQUETE"), "cause": type(exception).__name__})
            return erreurs.unavailable(request)
        return None
