"""The pages anybody may open: start of a démarche, legal pages; the choice of a language; the search of communes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from psl.annuaire import queries as annuaire
from psl.demarches import queries as demarches
from psl.portails.public import depart
from psl.socle.errors import Refus

PUBLICS = {
    "particulier": gettext_lazy("Particuliers"),
    "professionnel": gettext_lazy("Professionnels"),
    "association": gettext_lazy("Associations"),
}
TEXTES = {
    "mentions-legales": (gettext_lazy("Mentions légales"), "public/textes/mentions_legales.html"),
    "donnees-personnelles": (gettext_lazy("Données personnelles"), "public/textes/donnees_personnelles.html"),
    "accessibilite": (gettext_lazy("Déclaration d'accessibilité"), "public/textes/accessibilite.html"),
    "aide": (gettext_lazy("Aide"), "public/textes/aide.html"),
}
LANGUES = dict(settings.LANGUAGES)
UN_AN = 31_536_000


@require_GET
def audience(request: HttpRequest, public: str) -> HttpResponse:
    """List the démarches of one audience."""
    if public not in PUBLICS:
        raise Refus("public-inconnu", _("Cette rubrique n'existe pas."), statut=404)
    context = {"titre": PUBLICS[public], "demarches": demarches.listing(public, request.LANGUAGE_CODE)}
    return render(request, "public/rubrique.html", context)


@require_GET
def start_page(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the démarche asks and gives before it begins; only the parameters it declares go on."""
    demarche = demarches.by_code(code, request.LANGUAGE_CODE)
    return depart.render_start(request, demarche, demarches.why_not_start(demarche))


@require_GET
def text(request: HttpRequest, page: str) -> HttpResponse:
    """Show one of the legal and help pages."""
    titre, fragment = TEXTES[page]
    return render(request, "public/texte.html", {"titre": titre, "fragment": fragment})


@csrf_exempt  # a language is no secret and changes nothing else: pages without a form need no cookie
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    suite = request.POST.get("suite", "/")
    is_here = url_has_allowed_host_and_scheme(suite, allowed_hosts=None) and suite.startswith("/")
    response = HttpResponseRedirect(suite if is_here else "/")
    if (langue := request.POST.get("langue", "")) in LANGUES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, langue, max_age=UN_AN, secure=settings.EST_HTTPS, httponly=True, samesite="Lax")
    return response


@require_GET
def communes(request: HttpRequest) -> JsonResponse:
    """Give the communes that answer a few letters or a postal code, for the combobox."""
    found = annuaire.search_communes(request.GET.get("q", "").strip()[:80], limite=10)
    rows = [{"code": c.code, "texte": f"{c.nom} ({c.code_postal})" if c.code_postal else c.nom, "precision": c.precision} for c in found]
    return JsonResponse({"communes": rows}, headers={"Cache-Control": "private, max-age=3600"})
