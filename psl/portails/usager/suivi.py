"""Following without an account: number and code, a second fact, then the télédossier; a lost code."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from psl.portails.theme.erreurs import render_refus, say_when
from psl.portails.usager.session import remember
from psl.socle import clock
from psl.socle.acteur import scope
from psl.socle.errors import Refus
from psl.socle.limites import client_address
from psl.suivi import acces, operations, preuve, queries
from psl.teledossiers import queries as teledossiers


def _proven(request: HttpRequest, etape: str) -> UUID | None:
    prouve = acces.check(etape, request.COOKIES.get(acces.cookie_name(etape), ""))
    return prouve[0] if prouve and prouve[1] == _mark(etape, prouve[0]) else None


def _prove(response: HttpResponse, etape: str, sujet: UUID) -> HttpResponse:
    return _remember(response, etape, acces.sign(etape, sujet, _mark(etape, sujet)))


def _mark(etape: str, sujet: UUID) -> str:
    # Whoever lost the code has none to be marked by, and may name a télédossier that does not exist.
    return "" if etape == "perdu" else teledossiers.code_mark(sujet)


def _remember(response: HttpResponse, etape: str, valeur: str) -> HttpResponse:
    response.set_cookie(acces.cookie_name(etape), valeur, secure=settings.EST_HTTPS, httponly=True, samesite="Lax")
    return response


def own_dossier(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view serve only the browser that proved the number, the code and the second fact; renew its hour, up to twelve."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        teledossier = _proven(request, "ouvert")
        if teledossier is None:
            return redirect("usager:suivi")
        valeur = acces.renew("ouvert", request.COOKIES[acces.cookie_name("ouvert")])
        return _remember(view(request, teledossier, *args, **kwargs), "ouvert", valeur)

    return guarded


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the number and the code."""
    if request.method == "GET":
        return render(request, "usager/suivi.html", {"numero": request.GET.get("numero", "")[:24]})
    numero = request.POST.get("numero", "")
    try:
        sujet = operations.prove_code(numero, request.POST.get("code", ""), ip=client_address(request.META), now=clock.now())
    except Refus as refus:
        return render_refus(request, "usager/suivi.html", {"numero": numero, "erreurs": {"numero": refus.phrase}}, refus)
    return _prove(redirect("usager:verification"), "numero", sujet)


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the second fact: a code sent by e-mail, or the birth date given in the request."""
    sujet = _proven(request, "numero")
    if sujet is None:
        return redirect("usager:suivi")
    contexte: dict[str, Any] = {"faits": teledossiers.second_facts(sujet), "envoye": "code" in request.POST}
    try:
        if "envoyer" in request.POST:
            operations.send_second_fact(sujet, now=clock.now())
            contexte["envoye"] = True
        elif request.method == "POST":
            naissance = "-".join(request.POST.get(f"naissance.{partie}", "").strip().zfill(2) for partie in ("annee", "mois", "jour"))
            operations.prove_second_fact(sujet, code=request.POST.get("code", ""), naissance=naissance, now=clock.now())
            return _prove(redirect("usager:dossier"), "ouvert", sujet)
    except Refus as refus:
        contexte["erreurs"] = {"code" if contexte["envoye"] else "naissance-jour": refus.phrase}
        return render_refus(request, "usager/verification.html", contexte, refus)
    return render(request, "usager/verification.html", contexte)


@require_http_methods(["GET", "POST"])
def lost_code(request: HttpRequest) -> HttpResponse:
    """Give a new tracking code to whoever proves the e-mail of the request; the answers never say whether a number exists."""
    now, sujet = clock.now(), _proven(request, "perdu")
    try:
        if request.method == "POST" and "code" in request.POST and sujet is not None:
            numero, nouveau = operations.renew_code(sujet, request.POST["code"], now=now)
            return render(request, "usager/code_perdu.html", {"numero": numero, "nouveau": nouveau})
        if request.method == "POST":
            courriel = request.POST.get("courriel", "")
            sujet = operations.ask_new_code(request.POST.get("numero", ""), courriel, ip=client_address(request.META), now=now)
            return _prove(render(request, "usager/code_perdu.html", {"demande": True}), "perdu", sujet)
    except Refus as refus:
        contexte = {"erreurs": {"code" if "code" in request.POST else "numero": refus.phrase}, "demande": "code" in request.POST}
        return render_refus(request, "usager/code_perdu.html", {**contexte, "numero": request.POST.get("numero", "")}, refus)
    return render(request, "usager/code_perdu.html", {})


@require_GET
@own_dossier
def dossier(request: HttpRequest, teledossier: UUID) -> HttpResponse:
    """Show the télédossier: what to do, what happened, what comes, who looked."""
    return _dossier(request, teledossier)


def _dossier(request: HttpRequest, teledossier: UUID, *, statut: int = 200, **message: object) -> HttpResponse:
    """Return the page; `message` is one that was refused: its words, the sentence, the service it was for."""
    with scope(operations.porteur(teledossier)):
        vue = queries.dossier(teledossier)
    return render(request, "usager/dossier.html", {"vue": vue, **message}, status=statut)


@require_POST
@own_dossier
def complete(request: HttpRequest, teledossier: UUID, affectation_id: UUID) -> HttpResponse:
    """Open what a service asked for: only that."""
    brouillon_id = operations.start_complement(teledossier, affectation_id, now=clock.now())
    response = redirect("usager:reprise", brouillon_id)
    remember(response, brouillon_id)
    return response


@require_POST
@own_dossier
def message(request: HttpRequest, teledossier: UUID, affectation_id: UUID) -> HttpResponse:
    """Write to a service; what is refused comes back as it was typed."""
    texte = request.POST.get("texte", "")
    try:
        operations.write(teledossier, affectation_id, texte, now=clock.now())
    except Refus as refus:
        if refus.code not in {"message-incomplet", "trop-de-tentatives"}:
            raise
        erreurs = {"message": refus.phrase}
        return say_when(_dossier(request, teledossier, statut=refus.statut, erreurs=erreurs, texte=texte, pour=affectation_id), refus)
    return redirect("usager:dossier")


@require_http_methods(["GET", "POST"])
@own_dossier
def withdraw(request: HttpRequest, teledossier: UUID) -> HttpResponse:
    """Ask whether to withdraw the request, then withdraw it."""
    if request.method == "POST":
        operations.withdraw(teledossier, now=clock.now())
        return redirect("usager:dossier")
    with scope(operations.porteur(teledossier)):
        vue = queries.dossier(teledossier)
    return render(request, "usager/retrait.html", {"vue": vue}) if vue.peut_retirer else redirect("usager:dossier")


@require_GET
@own_dossier
def document(request: HttpRequest, teledossier: UUID, document_id: UUID) -> HttpResponse:
    """Give a document of the télédossier."""
    with scope(operations.porteur(teledossier)):
        vu = next((d for d in teledossiers.documents(teledossier) if d.id == document_id and d.nature in queries.NATURES), None)
        if vu is None:
            raise Refus("document-inconnu", _("Ce document n'est pas, ou n'est plus, dans votre dossier."), statut=404)
        octets = teledossiers.read_document(vu.id)
    headers = {"Content-Disposition": f'attachment; filename="{vu.nature}-{vu.rang}.pdf"'}
    return HttpResponse(octets, content_type="application/pdf", headers=headers)


@require_GET
@never_cache
@own_dossier
def proof(request: HttpRequest, teledossier: UUID) -> HttpResponse:
    """Give the preuve of the télédossier, with what was filed: one file that anybody can check without us."""
    with scope(operations.porteur(teledossier)):
        octets = preuve.compose(teledossier, has_content=True, now=clock.now())
        nom = preuve.NOM.format(numero=teledossiers.get_teledossier(teledossier).numero)
    return HttpResponse(octets, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{nom}"'})


@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """Show the certificates by which a preuve is checked: ours, then the timestamp authority's."""
    return HttpResponse("".join(preuve.certificates().values()), content_type="text/plain; charset=us-ascii")


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the télédossier on this device."""
    response = redirect("usager:suivi")
    for etape in acces.ETAPES:
        response.delete_cookie(acces.cookie_name(etape))
    return response
