"""« Cette page vous a-t-elle aidé ? » : one button, one count, a word of thanks. It works from a page kept in a cache, without script."""

import re
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from psl.fiches import queries as fiches
from psl.mesures.operations import count_opinion
from psl.socle import clock
from psl.socle.errors import Refus
from psl.socle.limites import client_address

REPONSES = {"oui": True, "non": False}
_FICHE = re.compile(r"/(particuliers|professionnels|associations)/vosdroits/([\w-]{1,20})", re.ASCII)
_DEPART = re.compile(r"/mademarche/([\w-]{1,80})/demarche", re.ASCII)


@csrf_exempt  # the page may come from a cache, so it holds no token; what a browser says of where the form stood replaces it
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest) -> HttpResponse:
    """Count what a reader says of a page, then thank them on a page of its own: reloading it counts nothing."""
    suite = (request.POST or request.GET).get("page", "")
    page = judged(suite)
    if page is None:
        raise Refus("page-inconnue", _("Nous ne savons pas de quelle page vous parlez."), statut=404)
    if request.method == "GET":
        return render(request, "public/merci.html", {"suite": suite})
    if is_foreign(request):
        raise Refus("avis-etranger", _("Donnez votre avis depuis la page elle-même."), statut=403)
    if (reponse := request.POST.get("reponse", "")) not in REPONSES:
        raise Refus("avis-inconnu", _("Répondez par oui ou par non."), statut=422)
    count_opinion(page, est_utile=REPONSES[reponse], ip=client_address(request.META), now=clock.now())
    return HttpResponseRedirect(f"/avis?{urlencode({'page': suite})}")


def judged(suite: str) -> str | None:
    """Return the path under which the opinion of a page is counted, or None: only pages that exist are, and never what was looked for."""
    if not suite.startswith("/") or len(suite) > 1000 or not suite.isprintable():
        return None
    try:
        parts = urlsplit(suite)
    except ValueError:
        return None
    if parts.netloc or suite.startswith(("//", "/\\")):
        return None
    return parts.path if _exists(parts.path) else None


def _exists(path: str) -> bool:
    if found := _FICHE.fullmatch(path):
        return found.groups() in fiches.summary()
    if found := _DEPART.fullmatch(path):
        return found.group(1) in fiches.own_codes()
    return path == "/recherche"


def is_foreign(request: HttpRequest) -> bool:
    """Say whether a browser tells that the form stood on another site. One that tells nothing (a text browser) cannot be led by one.

    Every browser that runs another site's form sends Origin with it; a count needs no more: no session, no cookie is read here.
    """
    told = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    here = f"{'https' if request.is_secure() else 'http'}://{request.get_host()}"
    return told not in {"same-origin", "none"} or origin not in {None, here}
