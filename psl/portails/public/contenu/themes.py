"""The three spaces: themes, life events, services from A to Z and by theme."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from psl.fiches import adresses, queries
from psl.fiches.queries import FicheListee
from psl.portails.public import gardees
from psl.portails.public.contenu.fiches import AUDIENCES, spaces

GENRES = {
    "teleservice": gettext_lazy("Service en ligne"),
    "formulaire": gettext_lazy("Formulaire"),
    "modele": gettext_lazy("Modèle de document"),
    "simulateur": gettext_lazy("Simulateur"),
    "outil": gettext_lazy("Outil de recherche"),
}

ENSEMBLE = 150  # services shown together; beyond, a letter at a time


@require_GET
def space(request: HttpRequest, audience: str) -> HttpResponse:
    """Show a space: its themes with what they hold, its life events, the way to its services."""
    return gardees.answer(request, ("espace", audience), lambda: _space(request, audience))


def _space(request: HttpRequest, audience: str) -> str:
    context = {
        "titre": AUDIENCES[audience],
        "audience": audience,
        "audiences": spaces(audience),
        "livraison": queries.state(),
        "themes": queries.themes(audience),
        "evenements": queries.of_genre(audience, "comment_faire_si"),
        "demarches": own(queries.services(audience)),
        "services_n": len(queries.services(audience)),
        "chemin": request.path,
    }
    return render_to_string("public/fiches/espace.html", context, request)


@require_GET
def life_events(request: HttpRequest, audience: str) -> HttpResponse:
    """List what one does when something happens in life: « Je déménage »…"""
    return gardees.answer(request, ("evenements", audience), lambda: _life_events(request, audience))


def _life_events(request: HttpRequest, audience: str) -> str:
    context = {
        "titre": _("Comment faire si…"),
        "audience": audience,
        "audiences": spaces(audience),
        "espace": AUDIENCES[audience],
        "livraison": queries.state(),
        "evenements": queries.of_genre(audience, "comment_faire_si"),
        "chemin": request.path,
    }
    return render_to_string("public/fiches/evenements.html", context, request)


@require_GET
def services(request: HttpRequest, audience: str) -> HttpResponse:
    """List the services and forms of a space by letter: our own démarches first; of one theme when it is asked."""
    theme = request.GET.get("theme", "")
    if (audience, theme) not in queries.summary():
        theme = ""
    lettre = request.GET.get("lettre", "")[:1].upper()
    return gardees.answer(request, ("services", audience, theme, lettre), lambda: _services(request, audience, theme, lettre))


def _services(request: HttpRequest, audience: str, theme: str, lettre: str) -> str:
    listed = queries.services(audience, theme)
    by_letter = letters(listed)
    shown = [part for part in by_letter if part[0] == lettre] or (by_letter if len(listed) <= ENSEMBLE else by_letter[:1])
    context = {
        "titre": _("Services en ligne et formulaires"),
        "audience": audience,
        "audiences": spaces(audience),
        "espace": AUDIENCES[audience],
        "livraison": queries.state(),
        "theme": theme,
        "themes": _counted(audience),
        "demarches": own(listed),
        "lettres": [(name, f"?theme={theme}&lettre={name}" if theme else f"?lettre={name}", len(part)) for name, part in by_letter],
        "montrees": shown,
        "total": len(listed),
        "chemin": request.get_full_path(),
    }
    return render_to_string("public/fiches/offres.html", context, request)


def _counted(audience: str) -> list[tuple[str, str, int]]:
    counts = queries.services_by_theme(audience)
    return [(rubrique.ident, rubrique.titre, counts[rubrique.ident]) for rubrique in queries.themes(audience) if counts[rubrique.ident]]


def own(listed: Iterable[FicheListee]) -> list[tuple[str, str]]:
    """Return the platform's own démarches among services, as (address, title)."""
    codes = queries.own_codes()
    found: dict[str, str] = {}
    for listee in listed:
        named = adresses.demarche(listee.url)
        if named is not None and named[0] in codes:
            href = f"/mademarche/{named[0]}/demarche" + (f"?action={named[1]}" if named[1] else "")
            found.setdefault(href, listee.titre)
    return list(found.items())


def letters(listed: Iterable[FicheListee]) -> list[tuple[str, list[tuple[str, str, object]]]]:
    """Return services under the first letter of their title: address, title, kind and number."""
    found: dict[str, list[tuple[str, str, object]]] = {}
    for listee in listed:
        first = queries.fold(listee.titre)[:1].upper()
        kind = f"{GENRES[listee.genre]} – Cerfa n° {listee.numero}" if listee.numero else GENRES[listee.genre]
        found.setdefault(first if first.isalpha() else "#", []).append((listee.ident, listee.titre, kind))
    return sorted(found.items())
