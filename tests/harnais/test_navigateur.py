"""What every browser test may rely on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from tests.harnais.navigateur import Navigateur
from tests.harnais.plateforme import Plateforme


def test_everything_is_up(plateforme: Plateforme) -> None:
    sante = plateforme.sante()
    assert (sante["prete"], sante["parties"]) == (True, dict.fromkeys(sante["parties"], True))
    assert sante["horodatage"]["en_retard"] is False


def test_a_page_is_read_and_judged(page: Page, axe: Callable[[Page], list[str]]) -> None:
    reponse = page.goto("/")
    assert reponse is not None
    assert (reponse.status, axe(page)) == (200, [])


def test_a_fault_in_a_page_is_heard(navigateur: Navigateur) -> None:
    page = navigateur.open()
    page.goto("/")
    page.evaluate("() => { document.body.appendChild(document.createElement('script')).textContent = '1'; }")
    page.evaluate("() => { console.error('une faute'); }")
    with pytest.raises(PlaywrightError, match="ERR_FAILED"):
        page.goto("http://192.0.2.1/")
    heard = [faute.split(" : ")[0] for faute in navigateur.fautes]
    navigateur.fautes.clear()
    assert sorted(set(heard)) == ["console", "requête à un tiers"]


def test_two_people_share_no_cookie(navigateur: Navigateur) -> None:
    une, autre = navigateur.open(), navigateur.open(etroit=True)
    une.goto("/")
    une.context.add_cookies([{"name": "essai", "value": "1", "url": navigateur.adresse}])
    autre.goto("/")
    assert ([cookie["name"] for cookie in autre.context.cookies()], autre.viewport_size) == ([], {"width": 320, "height": 640})


@pytest.mark.parametrize("javascript", [True, False])
def test_pages_open_without_javascript_too(navigateur: Navigateur, *, javascript: bool) -> None:
    reponse = navigateur.open(javascript=javascript).goto("/")
    assert reponse is not None
    assert reponse.status == 200
