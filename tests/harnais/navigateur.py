"""The browser: a real Chromium, no third party, no console error, no CSP violation; axe on demand."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

from tests.harnais import chromium
from tests.harnais.plateforme import Plateforme

ABSENT = "Chromium est absent et n'a pas pu être installé"
OPTIONS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"]
LARGE = {"width": 1280, "height": 900}
ETROIT = {"width": 320, "height": 640}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Navigateur:
    """Opens pages on the platform, and keeps what went wrong in any of them."""

    browser: Browser
    adresse: str
    fautes: list[str] = field(default_factory=list)
    contextes: list[BrowserContext] = field(default_factory=list)
    admis: frozenset[str] = frozenset()

    def open(self, *, etroit: bool = False, javascript: bool = True, langue: str = "fr-FR", **options: Any) -> Page:
        """Open a page in a context of its own (its own cookies): another person, another device."""
        context = self.browser.new_context(
            base_url=self.adresse, viewport=ETROIT if etroit else LARGE, java_script_enabled=javascript, locale=langue, **options
        )
        context.set_default_timeout(15_000)
        context.route("**/*", self._guard)
        self.contextes.append(context)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.fautes.append(f"erreur de script : {error}"))
        return page

    def admit(self, *hosts: str) -> None:
        """Let pages of other addresses of this machine be opened (the mailbox page)."""
        self.admis |= {urlsplit(host).netloc for host in hosts}

    def close(self) -> None:
        for context in self.contextes:
            context.close()
        self.contextes.clear()

    def _guard(self, route: Route) -> None:
        adresse = urlsplit(route.request.url)
        if adresse.scheme in {"data", "blob"} or adresse.netloc in {urlsplit(self.adresse).netloc, *self.admis}:
            route.continue_()
        else:
            self.fautes.append(f"requête à un tiers : {route.request.url}")
            route.abort()

    def _hear(self, message: ConsoleMessage) -> None:
        # A page answered with a 4xx on purpose is said in the console too: the test itself looks at the status.
        if message.type == "error" and not message.text.startswith("Failed to load resource: the server responded with a status of 4"):
            self.fautes.append(f"console : {message.text} ({message.location.get('url', '')})")


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Browser]:
    program = chromium.find_or_install()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{ABSENT} : sous CI, c'est un échec.")
        pytest.skip(ABSENT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def navigateur(_chromium: Browser, plateforme: Plateforme) -> Iterator[Navigateur]:
    """Give a test its browser on the platform; anything that went wrong in a page fails the test at its end."""
    un = Navigateur(_chromium, plateforme.adresse)
    un.admit(plateforme.courriels)
    yield un
    un.close()
    assert un.fautes == []


@pytest.fixture
def page(navigateur: Navigateur) -> Page:
    """Give a test one page, 1280 pixels wide."""
    return navigateur.open()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return a function that says every accessibility violation of a page: `assert axe(page) == []`."""
    return violations


def violations(page: Page) -> list[str]:
    """Run axe in the page, by evaluation as the CSP rightly refuses a script tag."""
    page.wait_for_load_state()
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{un['id']} : {un['help']} — {' ; '.join(' '.join(noeud['target']) for noeud in un['nodes'])}" for un in found]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say in one line what could not be run."""
    rapports = [un for sorte in ("skipped", "error", "failed") for un in terminalreporter.stats.get(sorte, [])]
    if nombre := sum(ABSENT in str(rapport.longrepr) for rapport in rapports):
        terminalreporter.write_line(f"Non exécuté : {nombre} essai{'s' if nombre > 1 else ''} au navigateur. {ABSENT}.")
