"""Routes of the public portal."""

from django.urls import URLPattern, path

from psl.portails.public import accueil, avis, recherche, views
from psl.portails.public.composants import vues as composants
from psl.portails.public.contenu import fiches, guichets, guidees, themes
from psl.portails.public.publication import comarquage, plan

app_name = "public"


def _space(audience: str) -> list[URLPattern]:
    """Return the routes of a space: each audience is written out, so that no other first word is caught."""
    who = {"audience": audience}
    return [
        path(audience, themes.space, who, name=f"espace-{audience}"),
        path(f"{audience}/flux.xml", plan.feed, who, name=f"flux-{audience}"),
        path(f"plan-{audience}.xml", plan.space, who, name=f"plan-{audience}"),
        path(f"{audience}/vosdroits/<slug:ident>", fiches.document, who, name=f"fiche-{audience}"),
        path(f"{audience}/comment-faire-si", themes.life_events, who, name=f"evenements-{audience}"),
        path(f"{audience}/services", themes.services, who, name=f"services-{audience}"),
        path(f"{audience}/guidees/<slug:ident>", guidees.step, who, name=f"guidee-{audience}"),
        path(f"{audience}/vosdroits/<slug:ident>.xhtml", fiches.former, who, name=f"ancienne-{audience}"),
        path(f"{audience}/<slug:ident>.xhtml", fiches.former, who, name=f"tres-ancienne-{audience}"),
    ]


urlpatterns = [
    path("", accueil.home, name="accueil"),
    path("demarches/<slug:public>", views.audience, name="rubrique"),
    path("recherche", recherche.results, name="recherche"),
    path("suggestions", recherche.suggestions, name="suggestions"),
    path("mademarche/<slug:code>/demarche", views.start_page, name="depart"),
    path("avis", avis.opinion, name="avis"),
    path("langue", views.language, name="langue"),
    path("guichets/<slug:sorte>", guichets.find, name="guichets"),
    path("guichets/<slug:sorte>/autour", guichets.around, name="autour"),
    path("sitemap.xml", plan.index, name="sitemap"),
    path("plan-services.xml", plan.services, name="plan-services"),
    path("robots.txt", plan.robots, name="robots"),
    path("flux.xml", plan.feed, name="flux"),
    path("comarquage/exemple", comarquage.example, name="comarquage-exemple"),
    path("comarquage/<slug:audience>/<slug:ident>.json", comarquage.fiche, {"forme": "json"}, name="comarquage-json"),
    path("comarquage/<slug:audience>/<slug:ident>.html", comarquage.fiche, {"forme": "html"}, name="comarquage-html"),
    path("communes", views.communes, name="communes"),
    path("composants", composants.index, name="composants"),
    path("composants/<slug:nom>", composants.component, name="composant"),
    *(route for audience in fiches.AUDIENCES for route in _space(audience)),
    path("professionnels-entreprises/vosdroits/<slug:ident>", fiches.former, {"audience": "professionnels"}, name="ancienne-entreprises"),
    path("vosdroits/<slug:ident>.xhtml", fiches.former, name="ancienne-vosdroits"),
    path("vosdroits/<slug:ident>", fiches.former, name="vosdroits"),
    *(path(page, views.text, {"page": page}, name=page) for page in views.TEXTES),
]
