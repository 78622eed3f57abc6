"""What an agent does to a dossier: take it, give it back, assign it, ask, answer, write. Nothing typed is lost when it is refused."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from psl.instruction import lettres, operations, queries
from psl.instruction.droits import Acte
from psl.instruction.etats import Etat
from psl.instruction.queries import DossierLu
from psl.portails.agent import dossier as pages
from psl.portails.agent.session import AgentRequest, agent_required
from psl.socle import clock
from psl.socle.acteur import scope
from psl.socle.errors import Refus

PARTIES = (("jour", _("Jour")), ("mois", _("Mois")), ("annee", _("Année")))
REPONSES = {
    Acte.ACCEPT: (Etat.ACCEPTE, _("Accepter la demande")),
    Acte.REFUSE: (Etat.REFUSE, _("Refuser la demande")),
    Acte.REJECT: (Etat.NON_RECEVABLE, _("Déclarer la demande non recevable")),
    Acte.CLOSE: (Etat.SANS_SUITE, _("Classer la demande sans suite")),
}
DECISIONS: dict[Acte, Callable[..., None]] = {
    Acte.REFUSE: operations.refuse,
    Acte.REJECT: operations.reject,
    Acte.CLOSE: operations.close,
}


def _done(affectation_id: UUID, fait: str) -> HttpResponseRedirect:
    return redirect(f"{reverse('agent:dossier', args=[affectation_id])}?fait={fait}")


def _version(request: AgentRequest) -> int:
    """Return the version of the dossier that the page showed; 0, which no dossier has, when the page does not say."""
    lue = request.POST.get("version", "")
    return int(lue) if lue.isdecimal() and len(lue) < 9 else 0


@require_POST
@agent_required
def take(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Take a dossier, or take it over."""
    try:
        operations.take(affectation_id, acteur=request.acteur, version=_version(request), now=clock.now())
    except Refus as refus:
        return _refused(request, affectation_id, refus)
    return _done(affectation_id, "prise" if request.POST.get("suite") == "prise" else "reprise")


@require_POST
@agent_required
def release(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Give a dossier back to the service."""
    try:
        operations.release(affectation_id, acteur=request.acteur, version=_version(request), now=clock.now())
    except Refus as refus:
        return _refused(request, affectation_id, refus)
    return _done(affectation_id, "remise")


@require_POST
@agent_required
def assign(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Give a dossier to an agent of the service."""
    try:
        agent = _uuid(request.POST.get("agent", ""))
        operations.assign(affectation_id, agent=agent, acteur=request.acteur, version=_version(request), now=clock.now())
    except Refus as refus:
        return _refused(request, affectation_id, refus)
    return _done(affectation_id, "attribution")


@require_POST
@agent_required
def write(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Write to the usager."""
    try:
        operations.send_message(affectation_id, texte=request.POST.get("texte", ""), acteur=request.acteur, now=clock.now())
    except Refus as refus:
        return _refused(request, affectation_id, refus)
    return _done(affectation_id, "message")


def _refused(request: AgentRequest, affectation_id: UUID, refus: Refus) -> HttpResponse:
    if refus.statut == 404:
        raise refus
    return pages.page(request, affectation_id, refus=refus)


@require_http_methods(["GET", "POST"])
@agent_required
def ask(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Ask for a complément: what is ticked, why, until when."""
    if request.method == "GET":
        return _ask_page(request, affectation_id)
    try:
        operations.ask(
            affectation_id,
            champs=request.POST.getlist("champ"),
            pieces=request.POST.getlist("piece"),
            motif=request.POST.get("motif", ""),
            echeance_on=_date(request),
            acteur=request.acteur,
            version=_version(request),
            now=clock.now(),
        )
    except Refus as refus:
        return _ask_page(request, affectation_id, refus)
    return _done(affectation_id, "complement")


def _ask_page(request: AgentRequest, affectation_id: UUID, refus: Refus | None = None) -> HttpResponse:
    contexte = _context(request, affectation_id, Acte.ASK, refus)
    with scope(request.acteur):
        limite = queries.complement_due(affectation_id, now=clock.now())
    proposee = {"jour": limite.day, "mois": limite.month, "annee": limite.year}
    contexte |= {
        "cochees": {*request.POST.getlist("champ"), *request.POST.getlist("piece")},
        "motif": request.POST.get("motif", ""),
        "parties": [(cle, nom, request.POST.get(f"echeance.{cle}", proposee[cle])) for cle, nom in PARTIES],
    }
    return render(request, "agent/complement.html", contexte, status=refus.statut if refus else 200)


@require_http_methods(["GET", "POST"])
@agent_required
def answer(request: AgentRequest, affectation_id: UUID, acte: Acte) -> HttpResponse:
    """Answer a request: the letter that the démarche proposes, edited, and the reason when there must be one."""
    if request.method == "GET":
        return _answer_page(request, affectation_id, acte)
    decide = operations.accept if acte is Acte.ACCEPT else partial(DECISIONS[acte], motif=request.POST.get("motif", ""))
    try:
        decide(affectation_id, lettre=request.POST.get("lettre", ""), acteur=request.acteur, version=_version(request), now=clock.now())
    except Refus as refus:
        return _answer_page(request, affectation_id, acte, refus)
    return _done(affectation_id, "reponse")


def _answer_page(request: AgentRequest, affectation_id: UUID, acte: Acte, refus: Refus | None = None) -> HttpResponse:
    contexte = _context(request, affectation_id, acte, refus)
    vue: DossierLu = contexte["dossier"]
    etat, titre = REPONSES[acte]
    contexte |= {
        "titre": titre,
        "est_acceptation": acte is Acte.ACCEPT,
        "lettre": request.POST.get("lettre", lettres.proposal(vue.lu, etat, vue.service)),
        "motif": request.POST.get("motif", ""),
        "recours": lettres.appeal(vue.lu.demarche, etat) if vue.lu else "",
    }
    return render(request, "agent/reponse.html", contexte, status=refus.statut if refus else 200)


@require_http_methods(["GET", "POST"])
@agent_required
def send_on(request: AgentRequest, affectation_id: UUID) -> HttpResponse:
    """Send a request on to the service that is competent."""
    if request.method == "GET":
        return _send_on_page(request, affectation_id)
    service, motif = request.POST.get("service", ""), request.POST.get("motif", "")
    try:
        operations.redirect(affectation_id, service=service, motif=motif, acteur=request.acteur, version=_version(request), now=clock.now())
    except Refus as refus:
        return _send_on_page(request, affectation_id, refus)
    return _done(affectation_id, "reorientation")


def _send_on_page(request: AgentRequest, affectation_id: UUID, refus: Refus | None = None) -> HttpResponse:
    contexte = _context(request, affectation_id, Acte.REDIRECT, refus)
    contexte |= {"services": operations.others(affectation_id)}
    contexte |= {"choisi": request.POST.get("service", ""), "motif": request.POST.get("motif", "")}
    return render(request, "agent/reorientation.html", contexte, status=refus.statut if refus else 200)


def _context(request: AgentRequest, affectation_id: UUID, acte: Acte, refus: Refus | None) -> dict[str, Any]:
    """Return what every form shows; the page of an act that is not possible is refused, unless it was just refused to the form."""
    if refus is not None and refus.statut == 404:
        raise refus
    vue = queries.dossier(affectation_id, acteur=request.acteur, now=clock.now())
    empechement = vue.actes[acte]
    if empechement is not None and refus is None:
        raise empechement
    version = _version(request) if request.method == "POST" and (refus is None or refus.code != "change-entretemps") else vue.version
    return {"dossier": vue, "version": version, "refus": refus, "erreurs": refus.champs if refus else {}}


def _date(request: AgentRequest) -> date | None:
    try:
        return date(*(int(request.POST.get(f"echeance.{partie}", "")) for partie in ("annee", "mois", "jour")))
    except (ValueError, OverflowError):
        return None


def _uuid(texte: str) -> UUID:
    try:
        return UUID(texte)
    except ValueError:
        return UUID(int=0)
