"""Co-marquage: a collectivité shows our fiches in its own site, as JSON or as a fragment of HTML, with its town hall and its theme.

Public GET only, no cookie, any origin; what is the same is answered 304.
"""

import hashlib
import json
import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET, require_safe

from psl.annuaire import queries as annuaire
from psl.annuaire.guichets.recherche import town_hall
from psl.annuaire.queries import CommuneVue
from psl.fiches import adresses, queries
from psl.fiches.rendu.document import Page
from psl.portails.public.contenu.fiches import AUDIENCES, handing
from psl.saisie.transmis import Transmis
from psl.socle import clock, limites

LIMITE, FENETRE = 600, timedelta(minutes=1)  # reads of an address
_PREFIXE = re.compile(r"^/[a-z0-9-]{1,40}(?:/[a-z0-9-]{1,40}){0,4}/$")
_LIEN = re.compile(r'href="/(particuliers|professionnels|associations)/vosdroits/([FNR]\d+)"')
_RELATIF = re.compile(r'href="/(?!/)')


@require_safe
def fiche(request: HttpRequest, audience: str, ident: str, forme: str) -> HttpResponse:
    """Give a document: `commune` (INSEE code) brings its town hall, `liens` the path of the site under which fiches are shown there."""
    limites.hit("comarquage", limites.client_address(request.META), limite=LIMITE, fenetre=FENETRE, now=clock.now())
    vue = queries.document(audience, ident) if audience in AUDIENCES else None
    if vue is None:
        raise Http404
    commune = annuaire.get_commune(request.GET.get("commune", ""))
    handed = Transmis("", audience, ident, commune=commune.code if commune else "")
    context = _context(queries.page(vue, None, handed.commune, handing(handed)), audience, commune)
    if forme == "html":
        html = _outside(render_to_string("public/comarquage/fragment.html", context), _prefix(request))
        return _answer(request, html, "text/html")
    return _answer(request, json.dumps(_data(context, _prefix(request)), ensure_ascii=False), "application/json")


def _prefix(request: HttpRequest) -> str:
    found = request.GET.get("liens", "")
    return found if _PREFIXE.match(found) else ""


def _context(page: Page, audience: str, commune: CommuneVue | None) -> dict[str, Any]:
    return {
        "page": page,
        "livraison": queries.state(),
        "officielle": page.canonique or adresses.official(audience, page.ident),
        "mairie": town_hall(commune) if commune else None,
        "ici": f"{settings.ADRESSE_PUBLIQUE}{adresses.here(audience, page.ident)}",
    }


def _outside(html: str, prefix: str) -> str:
    """Return HTML for another site: fiches under its own path when it says which, everything else at our address."""
    if prefix:
        html = _LIEN.sub(lambda found: f'href="{prefix}{found[1]}/{found[2]}"', html)
        kept = re.escape(prefix.removeprefix("/"))
        return re.sub(rf'href="/(?!/|{kept})', f'href="{settings.ADRESSE_PUBLIQUE}/', html)
    return _RELATIF.sub(f'href="{settings.ADRESSE_PUBLIQUE}/', html)


def _data(context: dict[str, Any], prefix: str) -> dict[str, Any]:
    page, mairie, livraison = context["page"], context["mairie"], context["livraison"]
    return {
        "ident": page.ident,
        "titre": page.titre,
        "description": page.description,
        "introduction": _outside(page.introduction, prefix),
        "corps": _outside(page.corps, prefix),
        "ou": _outside(page.ou, prefix),
        "definitions": page.definitions,
        "demarches": [{"titre": lien.texte, "url": settings.ADRESSE_PUBLIQUE + lien.href} for lien in page.boutons],
        "mairie": {"nom": mairie.nom, "adresse": list(mairie.adresse)} if mairie else None,
        "maj": page.maj_on.isoformat() if page.maj_on else None,
        "source": {"nom": livraison.source, "licence": livraison.licence, "url": context["officielle"]},
    }


def _answer(request: HttpRequest, body: str, kind: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
    known = etag in {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    response = HttpResponseNotModified() if known else HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    for nom, valeur in (("ETag", f"W/{etag}"), ("Cache-Control", "public, max-age=900"), ("Access-Control-Allow-Origin", "*"),
                        ("Cross-Origin-Resource-Policy", "cross-origin")):  # fmt: skip
        response.headers[nom] = valeur
    return response


@require_GET
def example(request: HttpRequest) -> HttpResponse:
    """Show a site of a commune that carries a fiche: the fragment as it is given, in another dress."""
    commune = annuaire.get_commune("17299")
    vue = queries.document("particuliers", "F1427")
    if commune is None or vue is None:
        raise Http404
    handed = Transmis("", "particuliers", vue.ident, commune=commune.code)
    context = _context(queries.page(vue, None, commune.code, handing(handed)), "particuliers", commune)
    return render(request, "public/comarquage/exemple.html", {**context, "commune": commune})
