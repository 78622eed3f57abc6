"""Who acts in the stories: a usager and an agent, at their browsers, and the mailbox where e-mails arrive."""

import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.harnais.navigateur import violations
from tests.harnais.plateforme import Plateforme
from tests.usager import gestes

MOT_DE_PASSE = "demonstration-2026"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)


def fichier(nom: str, marque: bytes = b"") -> dict[str, Any]:
    """Return a small PDF to attach; `marque` makes its bytes differ."""
    return {"name": nom, "mimeType": "application/pdf", "buffer": PDF.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + marque + b"\n", 1)}


@dataclass
class Boite:
    """The mailbox page of the demonstration."""

    adresse: str

    def last(self, vers: str, objet: str) -> str:
        """Return the text of the last e-mail to somebody whose subject has these words, waiting for it a little."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with urllib.request.urlopen(f"{self.adresse}/messages.json?vers={urllib.parse.quote(vers)}", timeout=5) as reponse:
                for message in json.load(reponse):
                    if objet in message["objet"]:
                        return str(message["texte"])
            time.sleep(0.2)
        raise AssertionError(f"aucun courriel « {objet} » pour {vers}")


@dataclass
class Personne:
    """Somebody at a page; every page they come to is checked for accessibility (axe is a script: `est_muet` where none runs)."""

    page: Page
    est_muet: bool = False
    fautes: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Check the page at hand; faults are kept with its address."""
        if self.est_muet:
            return
        self.fautes += [f"{self.page.url} : {faute}" for faute in violations(self.page)]

    def press(self, nom: str) -> None:
        """Press a button by its name, then look at the page it leads to."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=nom, exact=True).last.click()
        self.look()

    def follow(self, nom: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=nom).first.click()
        self.look()

    def go(self, chemin: str) -> None:
        self.page.goto(chemin)
        self.look()

    def type_all(self, donnees: dict[str, str]) -> None:
        """Answer fields by their HTML names: choices are ticked, lists chosen, the rest typed."""
        for nom, valeur in donnees.items():
            controle = self.page.locator(f'main [name="{nom}"]')
            genre = controle.first.get_attribute("type")
            if genre == "hidden":
                continue
            if genre in {"radio", "checkbox"}:
                self.page.locator(f'main [name="{nom}"][value="{valeur}"]').check(force=True)
            elif controle.first.evaluate("e => e.tagName") == "SELECT":
                controle.select_option(valeur)
            else:
                controle.fill(valeur)


class Usager(Personne):
    """A usager who fills the civil status request."""

    def fill_step(self, page: str, plus: dict[str, str] | None = None) -> None:
        self.type_all({**gestes.ETAPES[page], **(plus or {})})
        self.press("Suivant")

    def open_follow_up(self, numero: str, code: str, boite: Boite, courriel: str) -> None:
        """Prove the number, the code, and the code received by e-mail."""
        self.go("/suivi")
        self.type_all({"numero": numero, "code": code})
        self.press("Continuer")
        self.press("Recevoir le code")
        self.type_all({"code": str(re.search(r"\b[0-9]{6}\b", boite.last(courriel, "code de vérification"))[0])})  # type: ignore[index]
        self.press("Ouvrir mon dossier")


@dataclass
class Agent(Personne):
    """An agent who logs in with both factors."""

    plateforme: Plateforme | None = None

    def log_in(self, courriel: str) -> None:
        assert self.plateforme is not None
        self.go("/agent/")
        self.type_all({"courriel": courriel})
        self.page.locator("main [type=password]").fill(MOT_DE_PASSE)
        with self.page.expect_navigation():
            self.page.locator("main button.fr-btn").first.click()
        self.look()
        self.type_all({"code": self.plateforme.psl("agent", "code", courriel).strip()})
        with self.page.expect_navigation():
            self.page.locator("main button.fr-btn").first.click()
        self.look()


def wait_for(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait until something is there: what workers do takes a moment."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "rien n'est venu"
        time.sleep(0.2)
