"""The home page: search, audiences, démarches most used, life events, news."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from psl.demarches import queries as demarches
from psl.demarches.queries import DemarcheVue
from psl.fiches import queries as fiches

PUBLICS = (("particulier", "particuliers"), ("professionnel", "professionnels"), ("association", "associations"))
MONTREES = 6


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the search, then where to go: by audience, by démarche, by life event."""
    from_catalogue = demarches.listing(None, request.LANGUAGE_CODE)
    context = {
        "publics": [(ici, sum(cle in vue.publics for vue in from_catalogue)) for cle, ici in PUBLICS],
        "demarches": most_used(from_catalogue)[:MONTREES],
        "evenements": fiches.of_genre("particuliers", "comment_faire_si")[:MONTREES],
        "actualites": [{**une, "date": date.fromisoformat(une["date"])} for une in _edited()["actualites"]],
    }
    return render(request, "public/accueil.html", context)


def most_used(listing: list[DemarcheVue]) -> list[DemarcheVue]:
    """Return the démarches in the order that the editors chose, the others after, by title."""
    ordre = {code: rang for rang, code in enumerate(_edited()["demarches"])}
    return sorted(listing, key=lambda vue: ordre.get(vue.code, len(ordre)))


@lru_cache(maxsize=1)
def _edited() -> dict[str, Any]:
    edited: dict[str, Any] = json.loads((settings.RACINE / "donnees" / "accueil" / "accueil.json").read_text(encoding="utf-8"))
    return edited
