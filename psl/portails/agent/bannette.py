"""The list of what an agent's services received: tabs, search, filters, pages."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from psl.instruction import libelles, queries
from psl.instruction.queries import Filtres
from psl.portails.agent.session import AgentRequest, agent_required
from psl.socle import clock

ONGLETS = (
    ("a_prendre", _("À prendre")),
    ("miens", _("Mes dossiers")),
    ("en_cours", _("Tout ce qui est ouvert")),
    ("a_completer", _("En attente de l'usager")),
    ("termines", _("Terminées")),
)
TRIS = (
    ("ancien", _("Les plus anciennes d'abord")),
    ("recent", _("Les plus récentes d'abord")),
    ("delai", _("Le délai le plus proche d'abord")),
    ("numero", _("Par numéro")),
)
ATTRIBUTIONS = (("moi", _("À moi")), ("personne", _("À personne")), ("collegue", _("À un collègue")))


@require_GET
@agent_required
def listing(request: AgentRequest) -> HttpResponse:
    """Show a page of the list."""
    filtres = Filtres.read(request.GET.dict())
    vue = queries.listing(filtres, acteur=request.acteur, now=clock.now())
    contexte = {
        "vue": vue,
        "filtres": filtres,
        "onglets": [(cle, nom, vue.comptes[cle], _address(filtres, onglet=cle, page=1)) for cle, nom in ONGLETS],
        "tris": TRIS,
        "attributions": ATTRIBUTIONS,
        "etats": [(etat.value, libelles.state(etat)) for etat in libelles.ETATS],
        "precedente": _address(filtres, page=filtres.page - 1) if filtres.page > 1 else "",
        "suivante": _address(filtres, page=filtres.page + 1) if filtres.page < vue.pages else "",
        "sans_filtre": _address(Filtres(onglet=filtres.onglet)),
    }
    return render(request, "agent/bannette.html", contexte)


def _address(filtres: Filtres, **changes: object) -> str:
    """Return the query of the same list with changes; what is as usual is left out."""
    usual = asdict(Filtres())
    wanted = {**asdict(filtres), **changes}
    return "?" + urlencode({nom: valeur for nom, valeur in wanted.items() if valeur != usual[nom]})
