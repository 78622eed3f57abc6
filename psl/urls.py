"""The routes: one portal after the other. Each route has its access rule in its portal's `acces.py` (tests/architecture)."""

from django.urls import include, path

from psl.portails.exploitant.sante import sante

urlpatterns = [
    path("sante", sante, name="sante"),
    path("", include("psl.portails.public.urls")),
    path("", include("psl.portails.usager.urls")),
    path("agent/", include("psl.portails.agent.urls")),
    path("exploitant/", include("psl.portails.exploitant.urls")),
]

handler400 = "psl.portails.theme.erreurs.bad_request"
handler403 = "psl.portails.theme.erreurs.forbidden"
handler404 = "psl.portails.theme.erreurs.not_found"
handler500 = "psl.portails.theme.erreurs.failed"
