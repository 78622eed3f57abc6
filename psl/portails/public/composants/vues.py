"""The pages of the gallery: the list by family, and each component to try."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from psl.portails.public.composants import essai, exemples
from psl.portails.theme.champs import render_summary
from psl.socle.errors import Refus


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the components, family by family."""
    return render(request, "public/composants/index.html", {"familles": exemples.by_family()})


@require_http_methods(["GET", "POST"])
def component(request: HttpRequest, nom: str) -> HttpResponse:
    """Show a component with its example, or what the server makes of what was typed; nothing is kept."""
    exemple = exemples.every().get(nom)
    if exemple is None:
        raise Refus("composant-inconnu", _("Ce composant n'existe pas. La galerie les montre tous."), statut=404)
    tente = essai.read(exemple, dict(request.POST.lists())) if request.method == "POST" else essai.show(exemple)
    with translation.override(essai.LANGUE):  # an example speaks French, whatever the page around it
        shown = {"champs": tente.champs, "resume": render_summary(tente.erreurs, tente.vue.champs), "ecrites": tente.ecrites}
    context = {"exemple": exemple, "est_essaye": request.method == "POST", "erreurs": tente.erreurs, **shown}
    return render(request, "public/composants/composant.html", context, status=422 if tente.erreurs else 200)
