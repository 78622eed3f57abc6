"""Whose brouillon it is: the signed cookie of this browser. Somebody else's, or an old one, is a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from psl.saisie import acces, queries
from psl.socle import clock

type View = Callable[..., HttpResponse]


def own_brouillon(view: View) -> View:
    """Let a view serve only the browser that started, or resumed, the brouillon named by its route; renew its cookie."""

    @wraps(view)
    def guarded(request: HttpRequest, brouillon_id: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        valeur = request.COOKIES.get(acces.cookie_name(brouillon_id), "")
        if not acces.check_cookie(valeur, brouillon_id):
            raise queries.unknown()
        response = view(request, brouillon_id, *args, **kwargs)
        if not acces.is_recent(valeur, clock.now()):
            remember(response, brouillon_id)
        return response

    return guarded


def remember(response: HttpResponse, brouillon_id: UUID) -> None:
    """Give the browser its proof, for this session of the browser and twelve hours at most without a save."""
    response.set_cookie(
        acces.cookie_name(brouillon_id),
        acces.sign(brouillon_id),
        secure=settings.EST_HTTPS,
        httponly=True,
        samesite="Lax",
    )
