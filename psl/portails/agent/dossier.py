"""A dossier: its page, its recap, its letter, its files. Whoever opens it leaves a fait."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from psl.instruction import operations, queries
from psl.pieces import operations as pieces
from psl.portails.agent.session import AgentRequest, agent_identified, agent_required
from psl.socle import clock
from psl.socle.errors import Refus
from psl.teledossiers import queries as teledossiers

# What has just been done, said once on the page one comes back to.
FAITS = {
    "prise": _("Cette demande est à vous. L'usager en est prévenu."),
    "reprise": _("Vous avez repris cette demande."),
    "remise": _("La demande est de nouveau à prendre."),
    "attribution": _("La demande est attribuée."),
    "complement": _("Votre demande de complément est envoyée à l'usager."),
    "reponse": _("Votre réponse est enregistrée. L'usager en est prévenu."),
    "reorientation": _("La demande est transmise. L'usager en est prévenu."),
    "message": _("Votre message est envoyé."),
}


@require_GET
@agent_required
def show(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Show a dossier, and note who reads it."""
    operations.consult(affectation_id, acteur=request.acteur, now=clock.now())
    return page(request, affectation_id)


def page(request: AgentRequest, affectation_id: UUID, *, refus: Refus | None = None) -> HttpResponse:
    """Return the page of a dossier; after a refusal, with its reason and what was typed."""
    contexte = {
        "dossier": queries.dossier(affectation_id, acteur=request.acteur, now=clock.now()),
        "fait": FAITS.get(request.GET.get("fait", "")),
        "refus": refus,
        "erreurs": refus.champs if refus else {},
        "texte": request.POST.get("texte", ""),
    }
    return render(request, "agent/dossier.html", contexte, status=refus.statut if refus else 200)


@require_GET
@agent_required
def recap(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Give the recap of what the service received, made now when no worker has made it yet."""
    operations.consult(affectation_id, acteur=request.acteur, now=clock.now())
    document_id = operations.make_recap(affectation_id, now=clock.now())
    return _pdf(document_id, "recapitulatif", affectation_id)


@require_GET
@agent_required
def letter(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Give the letter of the service's answer."""
    operations.consult(affectation_id, acteur=request.acteur, now=clock.now())
    document_id = operations.make_letter(affectation_id, now=clock.now())
    if document_id is None:
        raise Refus("lettre-absente", gettext("Aucune réponse n'a encore été donnée à cette demande."), statut=404)
    return _pdf(document_id, "reponse", affectation_id)


@require_GET
@agent_required
def foreseen(request: AgentRequest, affectation_id: UUID, rang: int) -> HttpResponse:
    """Give a document that the définition foresees."""
    operations.consult(affectation_id, acteur=request.acteur, now=clock.now())
    return _pdf(operations.find_foreseen(affectation_id, rang), f"document-{rang}", affectation_id)


def _pdf(document_id: UUID, nature: str, affectation_id: UUID) -> HttpResponse:
    numero = queries.number(affectation_id)
    response = HttpResponse(teledossiers.read_document(document_id), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{nature}-{numero}.pdf"'
    return response


@require_GET
@agent_required
def file(request: AgentRequest, affectation_id: UUID, fichier_id: UUID) -> HttpResponseBase:
    """Give a file to keep, never to be opened in a page of ours; note who took it. `copie=sure`: a copy made harmless."""
    piece = operations.consult_file(affectation_id, fichier_id, acteur=request.acteur, now=clock.now())
    return give(piece, est_sure=request.GET.get("copie") == "sure")


def give(piece: Mapping[str, Any], *, est_sure: bool = False) -> HttpResponseBase:
    """Return a file as it leaves the platform: to be kept, not opened here. Stands in the scope that may see it."""
    opened = pieces.open_clean if est_sure else pieces.open_outgoing
    sortie = opened(UUID(piece["id"]), mention=piece["mention"], cle=bytes.fromhex(piece["cle"]))
    response = StreamingHttpResponse(sortie.chunks, content_type=sortie.type)
    response.headers["Content-Disposition"] = content_disposition_header(True, sortie.nom) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
@agent_identified
def picture(request: AgentRequest, affectation_id: UUID, fichier_id: UUID, rang: int) -> HttpResponse:
    """Give the thumbnail of a file (rang 0) or the picture of one of its pages; nothing is kept by the browser."""
    piece = operations.file_of(affectation_id, fichier_id, acteur=request.acteur)
    image = pieces.preview(fichier_id, rang, type_=piece["type"], cle=bytes.fromhex(piece["cle"]), now=clock.now())
    return HttpResponse(image.octets, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@require_GET
@agent_identified
def preview(request: AgentRequest, affectation_id: UUID, fichier_id: UUID, rang: int) -> HttpResponse:
    """Show one page of a file, and note who reads it."""
    now = clock.now()
    piece = operations.consult_file(affectation_id, fichier_id, acteur=request.acteur, now=now)
    contexte = {"affectation_id": affectation_id, "fichier_id": fichier_id, "nom": piece["nom"], "rang": rang}
    try:
        pages = pieces.preview(fichier_id, rang, type_=piece["type"], cle=bytes.fromhex(piece["cle"]), now=now).pages
    except Refus as refus:
        return render(request, "agent/apercu.html", {**contexte, "refus": refus}, status=refus.statut)
    contexte |= {"pages": pages, "precedente": rang - 1 if rang > 1 else 0, "suivante": rang + 1 if rang < pages else 0}
    return render(request, "agent/apercu.html", contexte)


@require_GET
@agent_required
def pec(request: AgentRequest, affectation_id: UUID, rang: int) -> HttpResponseBase:
    """Give the PEC zip of a dépôt, as it is made: its files are decrypted and deflated chunk by chunk."""
    paquet = operations.export_pec(affectation_id, rang, acteur=request.acteur, now=clock.now())
    response = StreamingHttpResponse(paquet.chunks(), content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, paquet.nom) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
