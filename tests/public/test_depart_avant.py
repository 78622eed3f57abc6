"""What is to be done before a démarche, on its start page."""

import pytest
from django.test import Client
from lxml import html

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "attendus"),
    [("depotDossierPACS", [("/mademarche/EtatCivil/demarche", "Demander les actes de naissance")]), ("OTV", [])],
)
def test_the_start_page_leads_to_what_comes_before(db: object, code: str, attendus: list[tuple[str, str]]) -> None:
    page = html.fromstring(Client().get(f"/mademarche/{code}/demarche").content)
    liens = page.xpath("//h3[.='À faire avant']/following-sibling::ul[1]//a")
    assert [(lien.get("href"), lien.text) for lien in liens] == attendus
