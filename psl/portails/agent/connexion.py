"""Logging in and out of the agent portal: password, then code."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from psl.annuaire.operations.connexion import login, verify_totp
from psl.annuaire.operations.sessions import close_session
from psl.portails.agent.session import AgentRequest, agent_identified, device, forget, next_page, remember, token
from psl.portails.theme.erreurs import render_refus
from psl.socle import clock
from psl.socle.errors import Refus
from psl.socle.limites import client_address


@require_http_methods(["GET", "POST"])
def connexion(request: HttpRequest) -> HttpResponse:
    """Ask for the address and the password."""
    suite, courriel = next_page(request), request.POST.get("courriel", "")
    if request.method == "GET":
        return render(request, "agent/connexion.html", {"suite": suite})
    try:
        ip = client_address(request.META)
        jeton = login(courriel, request.POST.get("mot_de_passe", ""), ip=ip, appareil=device(request), now=clock.now())
    except Refus as refus:
        contexte = {"suite": suite, "courriel": courriel, "erreurs": {"courriel": refus.phrase}}
        return render_refus(request, "agent/connexion.html", contexte, refus)
    return remember(redirect(f"{reverse('agent:verification')}?{urlencode({'suite': suite})}"), jeton)


@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the agent's application, or a recovery code."""
    suite = next_page(request)
    if request.method == "GET":
        return render(request, "agent/verification.html", {"suite": suite})
    try:
        jeton = verify_totp(token(request), request.POST.get("code", ""), ip=client_address(request.META), now=clock.now())
    except Refus as refus:
        gabarit = "agent/connexion.html" if refus.code == "connexion-expiree" else "agent/verification.html"
        champ = "courriel" if refus.code == "connexion-expiree" else "code"
        return render_refus(request, gabarit, {"suite": suite, "erreurs": {champ: refus.phrase}}, refus)
    return remember(redirect(suite), jeton)


@require_POST
@agent_identified
def deconnexion(request: AgentRequest) -> HttpResponse:
    """Close this session."""
    close_session(request.agent.session_id, agent_id=request.agent.id, now=clock.now())
    return forget(redirect("agent:connexion"))
