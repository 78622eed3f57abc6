"""The pages of the content: a fiche, a dossier, a theme, a service, each at the address it has at service-public.fr."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from psl.demarches import queries as demarches
from psl.fiches import adresses, guidees, queries
from psl.fiches.queries import Answers, FicheVue, Suite
from psl.fiches.rendu.document import Page
from psl.fiches.rendu.liens import Section
from psl.portails.public import gardees
from psl.portails.public.contenu import lieux, structurees
from psl.portails.public.contenu.lieux import Lieu
from psl.saisie import transmis
from psl.saisie.transmis import Transmis
from psl.socle import clock

AUDIENCES = {
    "particuliers": gettext_lazy("Particuliers"),
    "professionnels": gettext_lazy("Professionnels"),
    "associations": gettext_lazy("Associations"),
}
TITRES = {
    "contenu": gettext_lazy("Dans cette rubrique"),
    "services": gettext_lazy("Services en ligne et formulaires"),
    "questions": gettext_lazy("Questions ? Réponses !"),
    "comment_faire_si": gettext_lazy("Comment faire si…"),
    "fiches": gettext_lazy("Les fiches qui en parlent"),
    "alternatifs": gettext_lazy("Autres façons de faire"),
    "voir_aussi": gettext_lazy("Voir aussi"),
    "textes": gettext_lazy("Textes de référence"),
    "savoir_plus": gettext_lazy("Pour en savoir plus"),
}


@require_GET
def document(request: HttpRequest, audience: str, ident: str) -> HttpResponse:
    """Show a document; `g` is the code of answers that personalise it. One that stands elsewhere is led to."""
    if (audience, ident) not in queries.summary():
        return _elsewhere(audience, ident)
    answers = queries.answers(audience, request.GET["g"]) if "g" in request.GET else None
    lieu = lieux.told(request)
    if lieu.saisie:
        return HttpResponse(render(request, audience, ident, answers, lieu))
    cle = ("fiche", audience, ident, answers.code if answers else "", transmis.period(clock.now()))
    return gardees.answer(request, cle, lambda: render(request, audience, ident, answers, lieu))


def render(request: HttpRequest, audience: str, ident: str, answers: Answers | None, lieu: Lieu) -> str:
    """Return the page of a document that is there; the addresses of its démarches hand over what is known of the reader."""
    vue = queries.document(audience, ident)
    if vue is None:
        raise Http404
    commune = lieu.commune.code if lieu.commune else ""
    page = queries.page(vue, answers, commune, handing(Transmis("", audience, ident, answers.code if answers else "", commune=commune)))
    context = _parts(vue, page) | {
        "audiences": spaces(audience, ident),
        "answers": answers,
        "commune": lieu.commune,
        "lieu": lieu if _asks_commune(page) else None,
        "sans_commune": adresses.here(audience, ident, g=answers.code if answers else ""),
        "structurees": structurees.of_page(page, vue, request),
        "chemin": request.path,
    }
    return render_to_string("public/fiches/fiche.html", context, request)


def _parts(vue: FicheVue, page: Page) -> dict[str, Any]:
    return {
        "vue": vue,
        "page": page,
        "audience": vue.audience,
        "livraison": queries.state(),
        "chapeau": not page.introduction and page.description != page.titre and vue.genre not in {"question", "theme"},
        "contenus": grouped(section for section in page.sections if section.cle == "contenu"),
        "suites": grouped(section for section in page.sections if section.cle != "contenu"),
        "freres": [section for section in page.sections if section.cle == "freres"],
        "guidee": _guided(vue),
        "officielle": page.canonique or adresses.official(vue.audience, vue.ident),
    }


def _asks_commune(page: Page) -> bool:
    """Tell whether a démarche of a page takes a commune: then the page asks it, once for all."""
    codes = {lien.href.split("/")[2] for lien in (*page.boutons, *page.utiles)}
    return any("commune" in demarches.by_code(code).entree for code in codes)


def handing(handed: Transmis) -> Suite:
    """Return how the addresses of démarches say what a page hands over."""
    now = clock.now()
    return lambda demarche, cas: transmis.write(replace(handed, demarche=demarche, cas=cas), now=now)


def grouped(sections: Iterable[Section]) -> list[tuple[str, object, list[Section]]]:
    """Return the lists of a page by kind, each kind once under its title, in the order of the page."""
    found: dict[str, list[Section]] = {}
    for section in sections:
        found.setdefault(section.cle, []).append(section)
    return [(cle, TITRES[cle], liste) for cle, liste in found.items() if cle in TITRES]


def spaces(audience: str, ident: str = "") -> list[tuple[str, object, bool]]:
    """Return the three spaces as (address, name, is the reader's): the same document there when it has one."""
    there = set(queries.elsewhere(ident)) if ident else set()
    return [(adresses.here(cle, ident) if cle in there else f"/{cle}", nom, cle == audience) for cle, nom in AUDIENCES.items()]


def _guided(vue: FicheVue) -> str:
    if guidees.is_guided(vue.arbre):
        return adresses.guided(vue.audience, vue.ident)
    ident = queries.answering_to(vue.arbre)
    return adresses.guided(vue.audience, ident) if (vue.audience, ident) in queries.summary() else ""


def _elsewhere(audience: str, ident: str) -> HttpResponse:
    wanted = ident.upper().removesuffix(".XHTML")
    if wanted != ident and queries.elsewhere(wanted):
        return HttpResponsePermanentRedirect(adresses.here(audience, wanted))
    if target := queries.taken_up(audience, wanted):
        return HttpResponsePermanentRedirect(adresses.here(audience, target))
    for other in queries.elsewhere(wanted):
        return HttpResponsePermanentRedirect(adresses.here(other, wanted))
    raise Http404


@require_GET
def former(request: HttpRequest, ident: str, audience: str = "particuliers") -> HttpResponse:
    """Lead from an address that service-public.fr once had to the one of today."""
    wanted = ident.upper().removesuffix(".XHTML")
    known = queries.elsewhere(wanted)
    if known or queries.taken_up(audience, wanted):
        return HttpResponsePermanentRedirect(adresses.here(audience if not known or audience in known else known[0], wanted))
    raise Http404
