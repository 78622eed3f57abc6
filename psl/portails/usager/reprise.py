"""Around the steps: where one stands, the search of a commune without script, the way out, leaving and coming back."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from psl.annuaire import queries as annuaire
from psl.portails.theme.erreurs import render_refus
from psl.portails.usager.etapes import go_to
from psl.portails.usager.session import own_brouillon, remember
from psl.saisie import acces, communes, operations, parcours, queries
from psl.socle import clock
from psl.socle.acteur import scope
from psl.socle.errors import Refus
from psl.socle.limites import client_address


@require_GET
@own_brouillon
def current(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Go where the usager stands: the first step not done, the recap, or the accusé once filed."""
    with scope(operations.porteur(brouillon_id)):
        brouillon = queries.get_brouillon(brouillon_id)
    return (
        go_to(brouillon, parcours.parcours(brouillon.situation(clock.now()), brouillon.document).a_faire)
        if brouillon.cle
        else redirect("usager:accuse", brouillon.id)
    )


@require_http_methods(["GET", "POST"])
@own_brouillon
def commune(request: HttpRequest, brouillon_id: UUID, champ: str) -> HttpResponse:
    """Search a commune and choose it, without any script: what was typed stays in the brouillon, never in the address."""
    if request.method == "POST" and (code := request.POST.get("code", "")):
        page = operations.choose_commune(brouillon_id, champ, code, now=clock.now())
        return redirect(reverse("usager:etape", args=[brouillon_id, page]) + f"#c-{champ.replace('.', '-')}")
    with scope(operations.porteur(brouillon_id)):
        brouillon = queries.get_brouillon(brouillon_id)
    if communes.page_with(brouillon.situation(clock.now()), champ) is None:
        raise Refus("commune-inconnue", _("Aucune commune n'est demandée ici. Revenez à votre demande."), statut=404)
    q = request.POST.get("q", "") or brouillon.document.typed(champ)
    contexte = {"q": q, "trouvees": annuaire.search_communes(q, limite=20) if q else [], "brouillon_id": brouillon_id, "champ": champ}
    return render(request, "usager/commune.html", contexte)


@require_GET
@own_brouillon
def way_out(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Show what to do instead when the démarche stops here."""
    with scope(operations.porteur(brouillon_id)):
        brouillon = queries.get_brouillon(brouillon_id)
    situation = brouillon.situation(clock.now())
    if situation.sortie is None:
        return redirect("usager:reprise", brouillon_id)
    return render(request, "usager/sortie.html", {"sortie": situation.sortie, "situation": situation, "brouillon_id": brouillon_id})


@require_http_methods(["GET", "POST"])
@own_brouillon
def changes(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Say which questions changed since the usager began; once read, go on."""
    if request.method == "POST":
        operations.read_changes(brouillon_id, now=clock.now())
        return redirect("usager:reprise", brouillon_id)
    with scope(operations.porteur(brouillon_id)):
        brouillon = queries.get_brouillon(brouillon_id)
    champs = [champ for cle in brouillon.document.changees if (champ := brouillon.demarche.champs.get(cle))]
    if not champs:
        return redirect("usager:reprise", brouillon_id)
    return render(request, "usager/changements.html", {"champs": champs, "titre": brouillon.demarche.titre, "brouillon_id": brouillon_id})


@require_http_methods(["GET", "POST"])
@own_brouillon
def later(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Show the private link and its code; send the link by e-mail when asked."""
    contexte: dict[str, object] = {
        "chemin": acces.resume_path(brouillon_id),
        "adresse": settings.ADRESSE_PUBLIQUE,
        "code": acces.resume_code(brouillon_id),
        "brouillon_id": brouillon_id,
    }
    if request.method == "GET":
        return render(request, "usager/plus_tard.html", contexte)
    courriel = request.POST.get("courriel", "")
    try:
        operations.send_link(brouillon_id, courriel=courriel, now=clock.now())
    except Refus as refus:
        shown = {**contexte, "erreurs": {"courriel": refus.phrase}, "courriel": courriel}
        return render_refus(request, "usager/plus_tard.html", shown, refus)
    return render(request, "usager/plus_tard.html", {**contexte, "envoye": True})


@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, jeton: str) -> HttpResponse:
    """Ask for the code that goes with a private link, then open the brouillon in this browser."""
    if request.method == "GET":
        return render(request, "usager/reprendre.html", {"jeton": jeton})
    code = request.POST.get("code", "")
    try:
        brouillon = operations.resume(jeton, code, ip=client_address(request.META), now=clock.now())
    except Refus as refus:
        contexte = {"jeton": jeton, "code": code, "erreurs": {"code": refus.phrase}}
        return render_refus(request, "usager/reprendre.html", contexte, refus)
    response = redirect("usager:reprise", brouillon.id)
    remember(response, brouillon.id)
    return response
