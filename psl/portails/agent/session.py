"""Who is at the agent portal: the cookie of their session, and the decorators that let a view serve them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from psl.annuaire.agents import AgentConnecte
from psl.annuaire.operations.sessions import session_acteur
from psl.socle import clock
from psl.socle.acteur import Acteur, scope

COOKIE = f"{settings.COOKIE_PREFIXE}agent"
ACCUEIL = "/agent/"
PORTAILS = (ACCUEIL, "/exploitant/")
APPAREILS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
NAVIGATEURS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


class AgentRequest(HttpRequest):
    """A request of an agent in an open session."""

    agent: AgentConnecte
    acteur: Acteur


type View = Callable[..., HttpResponseBase]


def agent_identified(view: View) -> View:
    """Let a view serve agents only, without a transaction: for what counts tries or manages its own. Others go and log in."""

    @wraps(view)
    def guarded(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = session_acteur(token(request), now=clock.now())
        if found is None:
            return redirect(f"{reverse('agent:connexion')}?{urlencode({'suite': request.get_full_path()})}")
        request.agent, request.acteur = found, found.acteur
        return view(request, *args, **kwargs)

    return guarded


def agent_required(view: View) -> View:
    """Let a view serve agents only, inside one transaction under their own row-level security (`request.acteur`, `request.agent`).

    A streamed answer is sent after that transaction: open what it needs before.
    """

    @wraps(view)
    def scoped(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with scope(request.acteur):
            return view(request, *args, **kwargs)

    return agent_identified(scoped)


def token(request: HttpRequest) -> str:
    """Return the session's token that the browser holds."""
    return request.COOKIES.get(COOKIE, "")


def remember(response: HttpResponse, jeton: str) -> HttpResponse:
    """Give the browser the token of its session, until it is closed or the server forgets it."""
    response.set_cookie(COOKIE, jeton, secure=settings.EST_HTTPS, httponly=True, samesite="Lax")
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Take the token back."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def next_page(request: HttpRequest) -> str:
    """Return where the agent wanted to go: a page of this portal, or of the exploitants', and no other place."""
    wanted = request.POST.get("suite") or request.GET.get("suite", "")
    is_ours = wanted.startswith(PORTAILS) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else ACCUEIL


def device(request: HttpRequest) -> str:
    """Return the browser and the system in two words, to tell one's own sessions apart."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in NAVIGATEURS if mark in agent), "")
    system = next((name for name in APPAREILS if name in agent), "")
    return " · ".join(filter(None, (browser, system)))
