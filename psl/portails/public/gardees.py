"""Pages that are the same for every reader: kept compressed by the process, answered 304 to whoever has them already."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from psl.fiches import queries as fiches
from psl.portails.theme.middleware import spaced

LIMITE = 1500  # pages kept: about 12 kB each


@dataclass(frozen=True, slots=True)
class Gardee:
    """A page as it travels, and the name of its content."""

    etag: str
    comprimee: bytes


_gardees: OrderedDict[Hashable, Gardee] = OrderedDict()


def forget() -> None:
    """Forget every page (between tests, and after the assets changed)."""
    _gardees.clear()


def answer(request: HttpRequest, cle: Hashable, render: Callable[[], str]) -> HttpResponse:
    """Return the page of a key, made the first time since the last delivery; nothing of who asks may be in it but the language."""
    cle = (fiches.state().livraison, fiches.own_codes(), request.LANGUAGE_CODE, cle)
    gardee = _gardees.get(cle)
    if gardee is None:
        html = spaced(render(), request.LANGUAGE_CODE).encode()
        gardee = _gardees[cle] = Gardee(f'"{hashlib.sha256(html).hexdigest()[:20]}"', gzip.compress(html, 6, mtime=0))
        while len(_gardees) > LIMITE:
            _gardees.popitem(last=False)
    else:
        _gardees.move_to_end(cle)
    return _finish(_whole(request, gardee), gardee)


def _whole(request: HttpRequest, gardee: Gardee) -> HttpResponse:
    if gardee.etag in {etag.removeprefix("W/") for etag in parse_etags(request.headers.get("If-None-Match", ""))}:
        return HttpResponseNotModified()
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gardee.comprimee, headers={"Content-Encoding": "gzip", "Content-Length": str(len(gardee.comprimee))})
    return HttpResponse(gzip.decompress(gardee.comprimee))


def _finish(response: HttpResponse, gardee: Gardee) -> HttpResponse:
    response.headers["ETag"] = f"W/{gardee.etag}"
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Accept-Language", "Cookie"))
    return response
