"""What is to be done before a démarche, on its start page."""

from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from lxml import html

from psl.langage import charger
from psl.portails.public.depart import render_start

ARCHETYPE = Path(__file__).parents[2] / "archetype" / "declaration"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "attendus"),
    [("depotDossierPACS", [("/mademarche/EtatCivil/demarche", "Demander les actes de naissance")]), ("OTV", [])],
)
def test_the_start_page_leads_to_what_comes_before(db: object, code: str, attendus: list[tuple[str, str]]) -> None:
    page = html.fromstring(Client().get(f"/mademarche/{code}/demarche").content)
    liens = page.xpath("//h3[.='À faire avant']/following-sibling::ul[1]//a")
    assert [(lien.get("href"), lien.text) for lien in liens] == attendus


def test_what_comes_before_in_some_cases_only_says_which(db: object, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.LANGUAGE_CODE = "fr"  # type: ignore[attr-defined]
    page = html.fromstring(render_start(request, charger.load(ARCHETYPE), None).content)
    (ligne,) = page.xpath("//h3[.='À faire avant']/following-sibling::ul[1]/li")
    assert (ligne.text_content(), ligne.find("a").get("href")) == (
        "Demander le droit d'occuper le trottoir, si « Allez-vous occuper le trottoir ? » est oui",
        "https://www.service-public.fr",
    )
