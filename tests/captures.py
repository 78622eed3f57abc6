"""Make the README's pictures again, from the running platform: `bin/lancer dev python -m tests.captures`."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"
django.setup()

from tests.harnais import bases, chromium, plateforme  # noqa: E402
from tests.harnais.lieux import RACINE  # noqa: E402
from tests.harnais.navigateur import OPTIONS, Navigateur  # noqa: E402
from tests.parcours.acteurs import Agent, Boite, Usager, fichier  # noqa: E402

IMAGES = RACINE / "docs" / "images"
COURRIEL = "camille.martin@example.org"


def main() -> int:
    """Play a short story and take its pictures; nothing is left but them."""
    program = chromium.find_or_install()
    if program is None:
        print("Chromium est absent et n'a pas pu être installé.", file=sys.stderr)
        return 1
    with running() as une, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS, chromium_sandbox=False)
        navigateur = Navigateur(browser, une.adresse)
        usager(navigateur)
        Boite(une.courriels).last(COURRIEL, "est bien arrivée")
        agent(navigateur, une)
        browser.close()
    return 0


@contextmanager
def running() -> Iterator[plateforme.Plateforme]:
    etat = Path(tempfile.mkdtemp(prefix="psl-captures-"))
    base = bases.copy(etat=str(etat))
    # The neutral theme: the State's brand stays out of the repository.
    une = plateforme.start(base, etat, PSL_THEME="neutre", PSL_ASSETS=str(etat / "assets"))
    try:
        yield une
    finally:
        plateforme.stop(une)
        bases.drop(base)
        shutil.rmtree(etat)


def usager(navigateur: Navigateur) -> None:
    une = Usager(navigateur.open())
    une.go("/")
    take(une.page, "accueil")
    une.go("/recherche?q=extrait+de+mariage")
    une.follow(re.compile("acte de mariage"))
    une.press("Commencer ma demande")
    une.fill_step("demande")
    une.type_all({"natureActe": "COPIE-INTEGRALE", "motif": "PASSEPORT", "nombreExemplaire": "2"})
    une.page.get_by_role("combobox", name="Commune du mariage").fill("la rochel")
    une.page.get_by_role("option").first.wait_for()
    take(une.page, "etape")
    une.page.get_by_role("option", name=re.compile("La Rochelle .*Charente-Maritime")).click()
    une.press("Suivant")
    une.fill_step("qualite")
    une.fill_step("personnes")
    une.fill_step("coordonnees", {"contact_email": COURRIEL})
    une.page.locator("main [type=file]").first.set_input_files([fichier("livret de famille.pdf")])
    une.press("Suivant")
    une.type_all({"declaration": "exactitude"})
    une.press("Envoyer ma demande")
    take(une.page, "accuse")


def agent(navigateur: Navigateur, une: plateforme.Plateforme) -> None:
    un = Agent(navigateur.open(), plateforme=une)
    un.log_in("agent@la-rochelle.example.org")
    un.page.wait_for_selector("main table a, main li a")
    take(un.page, "agent")


def take(page: Page, nom: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / f"{nom}.png")
    print(nom)


if __name__ == "__main__":
    sys.exit(main())
