"""Whoever proved nothing gets nothing, on every route that is not public; generated from the table of rules.

Somebody else's things are tried in each portal's tests, with `Route.address(brouillon_id=…)` and two of each person.
"""

import pytest
from django.test import Client

from tests.architecture.routes import Route, routes

GARDEES = [route for route in routes() if route.acces is None or route.acces.qui != "public"]
# What an unknown visitor may be answered: to prove who they are, that there is nothing, or that one does not ask it this way.
REPONSES = {302, 303, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("route", GARDEES, ids=lambda route: f"{route.portail}:{route.nom}")
@pytest.mark.parametrize("methode", ["get", "post"])
def test_an_unknown_visitor_gets_nothing(client: Client, route: Route, methode: str) -> None:
    reponse = getattr(client, methode)(route.address())
    assert reponse.status_code in REPONSES
    if reponse.status_code in {302, 303}:
        assert reponse.headers["Location"].split("?")[0] in entrances(route)


def entrances(route: Route) -> set[str]:
    """Return the pages where one proves who one is, in the portal of a route: exploitants log in where agents do."""
    portail = "agent" if route.portail == "exploitant" else route.portail
    return {une.address() for une in routes() if une.portail == portail and une.acces and une.acces.qui == "public" and not une.parametres}
