"""The account-less follow-up of services (« Gestionnaire de suivi »): number and password open one dossier, and no other."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from psl.instruction import operations, queries
from psl.instruction.droits import Acte
from psl.instruction.etats import Etat
from psl.pieces.regles import Regles
from psl.pieces.televersement import files, streamed_upload
from psl.portails.agent import acces_service
from psl.portails.agent.dossier import give
from psl.portails.theme.erreurs import render_refus
from psl.socle import clock
from psl.socle.acteur import Acteur, scope
from psl.socle.errors import Refus
from psl.socle.limites import client_address

TAILLE_MAX = 10_000_000
ETATS = {
    Acte.TAKE: (Etat.EN_INSTRUCTION, _("En cours : le service examine la demande")),
    Acte.ACCEPT: (Etat.ACCEPTE, _("Acceptée : la demande est terminée")),
    Acte.REFUSE: (Etat.REFUSE, _("Refusée : la demande est terminée")),
    Acte.REJECT: (Etat.NON_RECEVABLE, _("Non recevable : elle ne peut pas être examinée")),
    Acte.CLOSE: (Etat.SANS_SUITE, _("Sans suite : la demande est classée")),
}
FAITS = {
    "etat": _("L'état est enregistré. L'usager en est prévenu."),
    "complement": _("Votre demande de complément est envoyée à l'usager."),
    "message": _("Votre message est envoyé."),
    "document": _("Le document est joint au dossier de l'usager."),
}


class ServiceRequest(HttpRequest):
    """A request of a service that proved one affectation."""

    acteur: Acteur
    affectation: UUID


def service_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view serve only the browser that proved number and password, while the dossier is open; renew its hour."""

    @wraps(view)
    def guarded(request: ServiceRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        valeur = request.COOKIES.get(acces_service.COOKIE, "")
        affectation = acces_service.check(valeur)
        acteur = affectation and operations.check_open(affectation, now=clock.now())
        if not affectation or not acteur:
            return redirect("agent:service")
        request.acteur, request.affectation = acteur, affectation
        return _remember(view(request, *args, **kwargs), acces_service.renew(valeur))

    return guarded


def _remember(response: HttpResponseBase, valeur: str) -> HttpResponseBase:
    response.set_cookie(acces_service.COOKIE, valeur, secure=settings.EST_HTTPS, httponly=True, samesite="Lax")
    return response


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponseBase:
    """Ask for the number and the password."""
    if request.method == "GET":
        return render(request, "agent/service.html", {"numero": request.GET.get("numero", "")[:24]})
    numero = request.POST.get("numero", "")
    try:
        tape = request.POST.get("mot_de_passe", "")[:40]
        affectation = operations.prove_service(numero, tape, ip=client_address(request.META), now=clock.now())
    except Refus as refus:
        return render_refus(request, "agent/service.html", {"numero": numero, "erreurs": {"numero": refus.phrase}}, refus)
    return _remember(redirect("agent:service-dossier"), acces_service.sign(affectation))


@require_GET
@service_required
def show(request: ServiceRequest) -> HttpResponseBase:
    """Show the dossier, and note that its service reads it."""
    operations.consult(request.affectation, acteur=request.acteur, now=clock.now())
    return _page(request)


def _page(request: ServiceRequest, refus: Refus | None = None) -> HttpResponse:
    with scope(request.acteur):
        vue = queries.dossier(request.affectation, acteur=request.acteur, now=clock.now())
        limite = queries.complement_due(request.affectation, now=clock.now())
    contexte = {
        "dossier": vue,
        "choix": [(acte.value, etat, libelle) for acte, (etat, libelle) in ETATS.items() if vue.actes[acte] is None],
        "joints": [document for document in vue.documents if document.nature == "joint"],
        "echeance": limite,
        "fait": FAITS.get(request.GET.get("fait", "")),
        "refus": refus,
        "erreurs": refus.champs if refus else {},
        "saisi": {nom: request.POST.get(nom, "") for nom in ("etat", "commentaire", "motif", "texte")},
        "cochees": request.POST.getlist("piece"),
    }
    return render(request, "agent/service_dossier.html", contexte, status=refus.statut if refus else 200)


def _acting(view: Callable[[ServiceRequest], str]) -> Callable[..., HttpResponseBase]:
    """Do an act and come back to the dossier; a refusal comes back with what was typed."""

    @require_POST
    @service_required
    @wraps(view)
    def acted(request: ServiceRequest) -> HttpResponseBase:
        try:
            fait = view(request)
        except Refus as refus:
            if refus.statut == 404:
                raise
            return _page(request, refus)
        response = redirect("agent:service-dossier")
        response.headers["Location"] += f"?fait={fait}"
        return response

    return acted


@_acting
def change(request: ServiceRequest) -> str:
    """Change the state, with a comment that the usager reads."""
    acte, commentaire = request.POST.get("etat", ""), request.POST.get("commentaire", "").strip()
    if acte not in {possible.value for possible in ETATS}:
        phrase = str(_("Choisissez le nouvel état de la demande."))
        raise Refus("etat-absent", phrase, statut=422, champs={"etat": phrase})
    version = _version(request)
    operations.set_state(request.affectation, Acte(acte), commentaire=commentaire, acteur=request.acteur, version=version, now=clock.now())
    return "etat"


@_acting
def ask(request: ServiceRequest) -> str:
    """Ask the usager for pieces."""
    now = clock.now()
    with scope(request.acteur):
        limite = queries.complement_due(request.affectation, now=now)
    operations.ask(
        request.affectation,
        champs=(),
        pieces=request.POST.getlist("piece"),
        motif=request.POST.get("motif", ""),
        echeance_on=limite,
        acteur=request.acteur,
        version=_version(request),
        now=now,
    )
    return "complement"


@_acting
def write(request: ServiceRequest) -> str:
    """Write to the usager."""
    operations.send_message(request.affectation, texte=request.POST.get("texte", ""), acteur=request.acteur, now=clock.now())
    return "message"


@_acting
def _join(request: ServiceRequest) -> str:
    envoye = files(request, "document")[0]
    acteur = request.acteur
    operations.join_document(request.affectation, nom=envoye.name or "", chunks=envoye.chunks(), acteur=acteur, now=clock.now())
    return "document"


def _before(request: HttpRequest) -> Regles:
    """Read no byte of a stranger's body."""
    affectation = acces_service.check(request.COOKIES.get(acces_service.COOKIE, ""))
    if affectation is None or operations.check_open(affectation, now=clock.now()) is None:
        raise Refus("acces-refuse", str(_("Entrez d'abord le numéro et le mot de passe du dossier.")), statut=404)
    return Regles(TAILLE_MAX)


join = streamed_upload(_join, avant=_before)


@require_GET
@service_required
def file(request: ServiceRequest, fichier_id: UUID) -> HttpResponseBase:
    """Give a file to keep, as it leaves; note who took it."""
    piece = operations.consult_file(request.affectation, fichier_id, acteur=request.acteur, now=clock.now())
    with scope(request.acteur):
        return give(piece)


@require_GET
@service_required
def recap(request: ServiceRequest) -> HttpResponseBase:
    """Give the recap of what the service received."""
    response = HttpResponse(
        operations.read_recap(request.affectation, acteur=request.acteur, now=clock.now()), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="recapitulatif.pdf"'
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the dossier in this browser."""
    response = redirect("agent:service")
    response.delete_cookie(acces_service.COOKIE, samesite="Lax")
    return response


def _version(request: HttpRequest) -> int:
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() and len(lue) < 9 else 0
