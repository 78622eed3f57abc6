"""What answers carry: nothing personal is kept on the way, cookies are out of reach of scripts, names of files are only names."""

import re

import pytest
from django.test import Client

from psl.saisie import acces
from tests.acces import gestes
from tests.acces.requetes import GARDEES, REQUETES
from tests.acces.test_idor import LEGITIMES, undone
from tests.instruction import monde as mondes
from tests.saisie import gestes as saisie

pytestmark = pytest.mark.django_db


def test_a2_c19_personal_answers_are_kept_by_nobody_and_framed_by_nobody() -> None:
    """Every guarded route, as its owner: `no-store`, the headers, and cookies that no script reads."""
    monde = mondes.make()
    cible, faults = gestes.make(monde, monde.camille), []
    for route in GARDEES:
        assert route.acces is not None
        for requete in REQUETES[route.nom_complet](cible):
            with undone():
                reponse = requete.send(LEGITIMES[route.acces.qui](monde, cible, cible), route)
            dits = {nom: reponse.headers.get(nom, "") for nom in ("Cache-Control", "X-Content-Type-Options", "X-Frame-Options")}
            wrong = [] if "no-store" in dits["Cache-Control"] else [dits["Cache-Control"]]
            wrong += [nom for nom, dit in (("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY")) if dits[nom] != dit]
            wrong += [] if "default-src 'none'" in reponse.headers.get("Content-Security-Policy", "") else ["CSP"]
            wrong += [nom for nom, cookie in reponse.cookies.items() if cookie.value and not (cookie["httponly"] and cookie["samesite"])]
            faults += [f"{route.nom_complet} {requete.methode} : {', '.join(wrong)}"] if wrong else []
    assert faults == []


@pytest.mark.parametrize(
    "nom",
    [
        '"><img src=x onerror=alert(1)>.pdf',
        "<script>alert(1)</script>.pdf",
        "a\r\nContent-Type: text/html\r\n\r\n<b>.pdf",
        '../../"; x=".pdf',
        "=cmd.pdf",
    ],
)
def test_c4_c8_a_hostile_name_of_file_stays_a_name(client: Client, nom: str) -> None:
    """On the page where it was given and on the page before sending."""
    mondes.make()
    brouillon = gestes.marked()
    saisie.attach(brouillon, nom=nom)
    client.cookies[acces.cookie_name(brouillon)] = acces.sign(brouillon)
    pages = [client.get(f"/ma-demande/{brouillon}/etape/pieces"), client.get(f"/ma-demande/{brouillon}/recapitulatif")]
    for page in pages:
        lue = page.content.decode()
        assert (page.status_code, re.findall(r"<script>alert|<img src=x|<b>", lue)) == (200, [])
