"""The start page leads back into the request that this browser has begun, and into nobody else's."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from psl.saisie import acces

pytestmark = pytest.mark.django_db
DEPART = "/mademarche/EtatCivil/demarche"


def begin(client: Client, code: str = "EtatCivil") -> str:
    """Begin a request; return the address of the brouillon."""
    return str(client.post(f"/mademarche/{code}/commencer")["Location"]).partition("/etape")[0]


def offered(client: Client) -> list[str]:
    page = client.get(DEPART).content.decode()
    return [part.partition('"')[0] for part in page.split('href="')[1:] if part.startswith("/ma-demande/")]


def test_the_last_saved_of_this_demarche_is_offered_to_its_browser_alone() -> None:
    client, autre = Client(), Client()
    assert offered(client) == []
    begin(client)
    begin(client, "OTV")
    derniere = begin(client)
    assert (offered(client), offered(autre)) == ([derniere], [])
    assert client.get(derniere).status_code == 302


@pytest.mark.parametrize("forge", ["", "x", "0" * 32])
def test_a_cookie_that_proves_nothing_offers_nothing(forge: str) -> None:
    client, autre = Client(), Client()
    id_ = UUID(begin(client).rpartition("/")[2])
    autre.cookies[acces.cookie_name(id_)] = forge or acces.sign(uuid4())
    autre.cookies[acces.cookie_name(id_)[:-1] + "z"] = acces.sign(id_)
    assert offered(autre) == []
