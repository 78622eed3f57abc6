"""The sitemap and its index, robots.txt, the feeds of what was updated. English is the same address, chosen by the reader: no hreflang."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from psl.demarches import queries as demarches
from psl.fiches import adresses
from psl.fiches.queries import parutions, state

AUDIENCES = ("particuliers", "professionnels", "associations")
TEXTES = ("/", "/recherche", "/aide", "/accessibilite", "/mentions-legales", "/donnees-personnelles")
_FERMES = ("/agent/", "/exploitant/", "/ma-demande/", "/reprendre/", "/suivi", "/langue", "/suggestions", "/communes", "/recherche?")
_DEBUT = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PLAN = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _xml(body: str, kind: str = "application/xml") -> HttpResponse:
    return HttpResponse(_DEBUT + body, content_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})


def _full(path: str) -> str:
    return escape(settings.ADRESSE_PUBLIQUE + path)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Give the index of the sitemaps."""
    parts = "".join(f"<sitemap><loc>{_full(f'/plan-{nom}.xml')}</loc></sitemap>" for nom in ("services", *AUDIENCES))
    return _xml(f'<sitemapindex xmlns="{_PLAN}">{parts}</sitemapindex>\n')


@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Give the pages of the platform itself and the start page of each démarche."""
    rows = [(path, None) for path in (*TEXTES, *(f"/{audience}" for audience in AUDIENCES), *(vue.url for vue in demarches.listing()))]
    return _xml(_pages(rows))


@require_GET
def space(request: HttpRequest, audience: str) -> HttpResponse:
    """Give the documents of a space with their day."""
    return _xml(_pages([(adresses.here(audience, ident), maj_on) for ident, maj_on in parutions.published(audience)]))


def _pages(rows: Sequence[tuple[str, date | None]]) -> str:
    days = ((path, f"<lastmod>{day.isoformat()}</lastmod>" if day else "") for path, day in rows)
    return f'<urlset xmlns="{_PLAN}">' + "".join(f"<url><loc>{_full(path)}</loc>{day}</url>" for path, day in days) + "</urlset>\n"


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Say what may be indexed: nothing outside production."""
    closed = _FERMES if settings.PLATEFORME in {"production", "demonstration"} else ("/",)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {settings.ADRESSE_PUBLIQUE}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})


@require_GET
def feed(request: HttpRequest, audience: str = "") -> HttpResponse:
    """Give the last updates as Atom (RFC 4287), of a space or of all."""
    rows = parutions.updated(audience)
    own = _full(f"/{audience}/flux.xml" if audience else "/flux.xml")
    entries = "".join(_entry(row) for row in rows)
    first = _moment(rows[0].maj_on if rows else None)
    titre = escape(_("Fiches mises à jour – %(espace)s") % {"espace": audience or "PSL"})
    return _xml(
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>{titre}</title><id>{own}</id><link rel="self" href="{own}"/>'
        f'<link href="{_full("/")}"/><updated>{first}</updated><author><name>{escape(state().source or "PSL")}</name></author>'
        f"{entries}</feed>\n",
        "application/atom+xml",
    )


def _entry(row: parutions.Parution) -> str:
    where = _full(adresses.here(row.audience, row.ident))
    return (
        f'<entry><title>{escape(row.titre)}</title><id>{where}</id><link href="{where}"/>'
        f"<updated>{_moment(row.maj_on)}</updated><summary>{escape(row.description)}</summary></entry>"
    )


def _moment(day: date | None) -> str:
    return datetime.combine(day or date(2020, 1, 1), time(), UTC).isoformat()
