"""Check, send, and the accusé: what was answered by block, who will receive it, one button; then the number."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from psl.portails.usager.recapitulatif import render_recap
from psl.portails.usager.session import own_brouillon
from psl.saisie import operations as saisie
from psl.saisie import parcours, queries
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.suivi import accuse as accuses
from psl.suivi import operations
from psl.suivi import recap as recaps


@require_GET
@never_cache
@own_brouillon
def recap(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Show everything before sending."""
    return _recap(request, brouillon_id)


def _recap(request: HttpRequest, brouillon_id: UUID, refus: Refus | None = None) -> HttpResponse:
    with scope(saisie.porteur(brouillon_id)):
        brouillon = queries.get_brouillon(brouillon_id)
        if not brouillon.cle:
            return redirect("usager:accuse", brouillon_id)
        if refus is None and queries.successor(brouillon):
            brouillon = saisie.carry_over(brouillon_id, now=clock.now())
        if brouillon.document.changees:
            return redirect("usager:changements", brouillon_id)
        vue = recaps.show(brouillon, cochees=request.POST.getlist("declaration"), refus=refus, now=clock.now())
    if vue.trajet.a_faire != parcours.RECAPITULATIF:
        return redirect("usager:etape", brouillon_id, vue.trajet.a_faire)
    return render_recap(request, brouillon_id, vue, statut=refus.statut if refus else 200)


@require_POST
@own_brouillon
def send(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """File the brouillon; a second click finds the first one's dépôt."""
    try:
        operations.submit(
            brouillon_id, declarations=request.POST.getlist("declaration"), acteur=saisie.porteur(brouillon_id), now=clock.now()
        )
    except Refus as refus:
        if refus.code not in {"declarations", "incomplet"}:
            raise
        return _recap(request, brouillon_id, refus)
    return redirect("usager:accuse", brouillon_id)


@require_GET
@never_cache
@own_brouillon
def accuse(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Show the accusé of what this browser filed: the number, the code while it may be shown, what happens now."""
    with scope(SYSTEME):
        vue = accuses.show(brouillon_id, now=clock.now())
    return render(request, "usager/accuse.html", {"vue": vue, "brouillon_id": brouillon_id})


@require_GET
@never_cache
@own_brouillon
def accuse_pdf(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Give the accusé as PDF, with the code while it may be shown."""
    with scope(SYSTEME):
        vue = accuses.show(brouillon_id, now=clock.now())
        octets = accuses.pdf_of(vue)
    return HttpResponse(
        octets, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="accuse-{vue.numero}.pdf"'}
    )


@require_GET
@never_cache
@own_brouillon
def recap_pdf(request: HttpRequest, brouillon_id: UUID) -> HttpResponse:
    """Give the filled request as PDF, for whom must post it."""
    with scope(SYSTEME):
        vue = accuses.show(brouillon_id, now=clock.now())
        octets = accuses.recap_pdf_of(vue)
    return HttpResponse(
        octets, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="demande-{vue.numero}.pdf"'}
    )
