"""From any page to a démarche that it mentions, two clicks at most: its own link, or that of a fiche it leads to."""

import json
import re

import pytest
from django.test import Client
from lxml import html

from psl.demarches import queries as demarches
from psl.fiches.models import Fiche

pytestmark = pytest.mark.django_db
SANS_PAGE = ("Definition",)


def links(client: Client, address: str) -> set[str]:
    """Return the paths that the main part of a page leads to."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return {str(lien).partition("?")[0] for lien in html.document_fromstring(response.content.decode()).xpath("//main//a/@href")}


def led() -> dict[str, set[str]]:
    """Return the starts of the démarches that each document is said to lead to."""
    found: dict[str, set[str]] = {}
    for digest in demarches.published():
        demarche = demarches.compiled(digest)
        for ident in demarche.fiches:
            found.setdefault(ident, set()).add(f"/mademarche/{demarche.codes.psl}/demarche")
    return found


def test_every_shipped_page_is_two_clicks_at_most_from_each_demarche_it_mentions(client: Client) -> None:
    starts, seen, lost = led(), 0, []
    for fiche in Fiche.objects.exclude(genre__in=SANS_PAGE).order_by("ident", "audience"):
        mentioned = set(re.findall(r'"([FRN]\d+)"', json.dumps(fiche.arbre))) | {fiche.ident}
        wanted = {ident: starts[ident] for ident in mentioned & starts.keys()}
        if not wanted:
            continue
        seen += 1
        here = links(client, f"/{fiche.audience}/vosdroits/{fiche.ident}")
        for ident, depart in wanted.items():
            if not depart <= here and not (ident != fiche.ident and any(lien.endswith(f"/vosdroits/{ident}") for lien in here)):
                lost.append((fiche.audience, fiche.ident, ident))
    assert (seen >= 20, lost) == (True, [])
