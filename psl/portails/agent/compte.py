"""An agent's own account: open sessions, password, recovery codes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from psl.annuaire import agents
from psl.annuaire.operations.agents import change_password, renew_codes
from psl.annuaire.operations.connexion import confirm
from psl.annuaire.operations.sessions import close_session
from psl.portails.agent.session import AgentRequest, agent_identified
from psl.portails.theme.erreurs import say_when
from psl.socle import clock
from psl.socle.errors import Refus


def _page(request: AgentRequest, *, statut: int = 200, **more: Any) -> HttpResponse:
    contexte = {"codes_restants": agents.codes_left(request.agent.id), **more}
    return render(request, "agent/compte.html", contexte, status=statut)


@require_GET
@agent_identified
def compte(request: AgentRequest) -> HttpResponse:
    """Show the account."""
    return _page(request, change=request.GET.get("fait") == "mot-de-passe")


@require_POST
@agent_identified
def mot_de_passe(request: AgentRequest) -> HttpResponse:
    """Change the password."""
    actuel, nouveau = request.POST.get("actuel", ""), request.POST.get("nouveau", "")
    try:
        change_password(request.agent.id, actuel, nouveau, session_id=request.agent.session_id, now=clock.now())
    except Refus as refus:
        return say_when(_page(request, statut=refus.statut, erreurs=refus.champs or {"actuel": refus.phrase}), refus)
    return redirect("/agent/compte?fait=mot-de-passe")


@require_POST
@agent_identified
def secours(request: AgentRequest) -> HttpResponse:
    """Draw new recovery codes, for whoever still holds the application; they are shown once, here."""
    try:
        confirm(request.agent.id, request.POST.get("code", ""), now=clock.now())
    except Refus as refus:
        return say_when(_page(request, statut=refus.statut, erreurs={"code": refus.phrase}), refus)
    return render(request, "agent/codes.html", {"codes": renew_codes(request.agent.id, now=clock.now())})


@require_GET
@agent_identified
def sessions(request: AgentRequest) -> HttpResponse:
    """List one's open sessions."""
    return render(request, "agent/sessions.html", {"sessions": agents.sessions(request.agent.id, now=clock.now())})


@require_POST
@agent_identified
def fermer_session(request: AgentRequest, session_id: UUID) -> HttpResponse:
    """Close one of one's own sessions."""
    close_session(session_id, agent_id=request.agent.id, now=clock.now())
    return redirect("agent:sessions")
