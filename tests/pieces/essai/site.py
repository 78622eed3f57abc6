"""One page that takes files, one that tells what the process holds."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path

from psl.pieces.regles import Regles
from psl.pieces.televersement import files, streamed_upload
from psl.socle.errors import Refus


class ExplainRefus:
    """Say a refusal, as the platform does."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self.suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.suite(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return JsonResponse({"refus": error.code, "phrase": error.phrase}, status=error.statut) if isinstance(error, Refus) else None


def token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


@streamed_upload
def envoi(request: HttpRequest) -> HttpResponseBase:
    recus = []
    for fichier in files(request):
        empreinte = hashlib.sha256()
        try:
            for chunk in fichier.chunks():
                empreinte.update(chunk)
        except Refus as refus:
            recus.append([fichier.name, fichier.size, refus.code])
        else:
            recus.append([fichier.name, fichier.size, empreinte.hexdigest()])
    return JsonResponse({"texte": request.POST["texte"], "recus": recus})


def only_small(request: HttpRequest) -> Regles:
    if "etranger" in request.GET:
        raise Refus("inconnu", "Cette page n'existe pas.", statut=404)
    return Regles(1_000)


@streamed_upload(avant=only_small)
def petit(request: HttpRequest) -> HttpResponseBase:
    return JsonResponse({"recus": [[fichier.name, fichier.size, fichier.refus and fichier.refus.code] for fichier in files(request)]})


def _target(descripteur: str) -> str:
    """Return what a descriptor leads to; nothing when another thread has just closed it."""
    try:
        return os.readlink(descripteur)
    except OSError:
        return ""


def tenue(request: HttpRequest) -> HttpResponse:
    etat = Path("/proc/self/status").read_text()
    memoire = int(etat.split("VmHWM:")[1].split()[0])
    ouverts = [lien for nom in os.listdir("/proc/self/fd") if (lien := _target(f"/proc/self/fd/{nom}"))]
    tampons = [lien for lien in ouverts if lien.startswith(str(settings.ETAT))]
    return JsonResponse({"memoire_ko": memoire, "tampons": tampons, "ouverts": len(ouverts)})


urlpatterns = [path("", token), path("envoi", envoi), path("petit", petit), path("tenue", tenue)]
