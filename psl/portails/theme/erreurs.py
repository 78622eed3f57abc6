"""The pages that say no: what happened, and what to do now. Never a word about the machine."""

import math
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from psl.socle import clock
from psl.socle.errors import Refus


def _page(request: HttpRequest, statut: int, titre: str, phrases: list[str], **more: object) -> HttpResponse:
    context = {"titre": titre, "phrases": phrases, "statut": statut, "requete": request.META.get("PSL_REQUETE", ""), **more}
    return render(request, "theme/refus.html", context, status=statut)


def _titles() -> dict[int, str]:
    return {
        400: _("Nous n'avons pas compris cette demande"),
        403: _("Cette page ne vous est pas ouverte"),
        404: _("Page introuvable"),
        405: _("Cette page ne s'ouvre pas ainsi"),
        409: _("Ce n'est pas possible pour l'instant"),
        410: _("Ce contenu n'existe plus"),
        413: _("Votre envoi est trop lourd"),
        422: _("Il manque quelque chose"),
        429: _("Trop d'essais en peu de temps"),
        503: _("Le service est momentanément indisponible"),
    }


def refused(request: HttpRequest, refus: Refus) -> HttpResponse:
    """Explain a Refus: as a page, or as JSON to a script that asked for JSON."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return say_when(JsonResponse({"code": refus.code, "phrase": refus.phrase}, status=refus.statut), refus)
    titles = _titles()
    response = _page(
        request, refus.statut, titles.get(refus.statut, titles[409]), [refus.phrase], code=refus.code, champs=dict(refus.champs or {})
    )
    return say_when(response, refus)


def render_refus(request: HttpRequest, gabarit: str, contexte: Mapping[str, object], refus: Refus) -> HttpResponse:
    """Show a form again with the refusal that its view put in `contexte`, under the refusal's status."""
    return say_when(render(request, gabarit, dict(contexte), status=refus.statut), refus)


def say_when[Reponse: HttpResponse](response: Reponse, refus: Refus) -> Reponse:
    """Add when to try again (Retry-After, seconds) to the answer of a refusal that knows it (`reessayer_at`)."""
    at = refus.detail.get("reessayer_at")
    if isinstance(at, datetime):
        response.headers["Retry-After"] = str(max(1, math.ceil((at - clock.now()).total_seconds())))
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413: the request itself cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _page(request, 400, _titles()[400], [_("Revenez à la page précédente, vérifiez ce que vous avez saisi, puis recommencez.")])


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _page(
        request, 403, _titles()[403], [_("Si vous avez un lien personnel ou un numéro de demande, ouvrez d'abord votre demande avec lui.")]
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404: the same words whether it never existed or is someone else's."""
    return _page(
        request,
        404,
        _titles()[404],
        [
            _("L'adresse est peut-être incomplète, ou la page a changé de place."),
            _("Cherchez la démarche ci-dessous, ou suivez une demande avec son numéro."),
        ],
        recherche=True,
    )


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """Answer 405: a form's address was opened as a page, or asked by a method that it does not have."""
    response = _page(request, 405, _titles()[405], [_("Revenez à la page précédente, puis servez-vous de ses boutons.")])
    response.headers["Allow"] = allow
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413."""
    return _page(
        request,
        413,
        _titles()[413],
        [_("Réduisez la taille de vos fichiers, ou ajoutez-les un par un. Rien de ce qui était enregistré n'est perdu.")],
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503, and say when to come back."""
    response = _page(
        request,
        503,
        _titles()[503],
        [_("Attendez une minute, puis rechargez cette page."), _("Ce que vous aviez déjà enregistré est conservé.")],
    )
    response.headers["Retry-After"] = "60"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500: our fault, with the name of the request for whoever will look."""
    return _page(
        request,
        500,
        _("Une erreur est survenue de notre côté"),
        [_("Nos équipes sont prévenues. Réessayez dans quelques minutes."), _("Ce que vous aviez déjà enregistré est conservé.")],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose proof is missing or too old."""
    return _page(
        request,
        403,
        _("Cette page est restée ouverte trop longtemps"),
        [
            _("Pour votre sécurité, nous n'avons pas enregistré ce dernier envoi."),
            _("Revenez à la page précédente, rechargez-la, puis recommencez. Votre navigateur doit accepter les cookies de ce site."),
        ],
    )
