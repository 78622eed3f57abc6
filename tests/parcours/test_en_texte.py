"""The whole way of a request in text: no style, no script, and each page met read by w3m in the order of its questions."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Route

from tests.harnais.navigateur import Navigateur
from tests.harnais.plateforme import Plateforme
from tests.harnais.w3m import en_texte
from tests.parcours.acteurs import Boite, Usager
from tests.usager import gestes

__all__ = ["en_texte"]
COURRIEL = "en-texte@exemple.example.org"
REPERES = "main h1, main h2, main .fr-alert a, main legend, main label, main .fr-error-text, main button"


def missing(texte: str, reperes: list[str]) -> list[str]:
    """Return the words that are not read after those before them."""
    perdus, ici = [], 0
    for repere in (" ".join(un.split()) for un in reperes):
        trouve = texte.find(repere, ici)
        if trouve < 0:
            perdus.append(repere)
        else:
            ici = trouve + len(repere)
    return perdus


@dataclass
class Lecteur(Usager):
    """A usager who reads each page in a text browser."""

    lire: Callable[[str], str] = str
    texte: str = ""
    pages: int = 0

    def look(self) -> None:
        self.texte = self.lire(self.page.content())
        self.pages += 1
        self.fautes += [f"{self.page.url} : {un}" for un in missing(self.texte, self.page.locator(REPERES).all_text_contents())]


def _bare(route: Route) -> None:
    route.fulfill(body="", content_type="text/css") if route.request.resource_type == "stylesheet" else route.fallback()


def test_the_whole_way_in_text(plateforme: Plateforme, navigateur: Navigateur, en_texte: Callable[[str], str]) -> None:
    page = navigateur.open(javascript=False)
    page.context.route("**/*", _bare)
    usager = Lecteur(page, lire=en_texte)
    usager.go("/")
    assert page.evaluate("() => [...document.styleSheets].map((une) => une.cssRules.length)") == [0]
    usager.go("/recherche?q=extrait+de+mariage")
    usager.follow(re.compile("acte de mariage"))
    usager.press("Commencer ma demande")
    for rang, (nom, donnees) in enumerate(gestes.ETAPES.items(), start=1):
        assert f"Étape {rang} sur" in usager.texte
        if nom == "acte":
            usager.press("Suivant")
            assert "erreur" in usager.texte.lower()
        usager.type_all({**donnees, **({"contact_email": COURRIEL} if nom == "coordonnees" else {})})
        usager.press("Suivant")
        if "/commune/" in page.url:
            with page.expect_navigation():
                page.locator("main button[name=code]").first.click()
            usager.look()
    assert "Camille Zoé" in usager.texte
    usager.type_all({"declaration": "exactitude"})
    usager.press("Envoyer ma demande")
    numero, code = page.locator(".psl-numero").inner_text(), page.locator(".psl-code").inner_text()
    assert (numero in usager.texte, code in usager.texte) == (True, True)
    usager.open_follow_up(numero, code, Boite(plateforme.courriels), COURRIEL)
    assert numero in usager.texte
    assert (usager.fautes, usager.pages > 14) == ([], True)


def test_an_order_that_is_wrong_is_seen(en_texte: Callable[[str], str]) -> None:
    texte = en_texte("<h1>Un</h1><p>Deux</p><p hidden>Trois</p>")
    assert missing(texte, ["Un", "Deux"]) == []
    assert missing(texte, ["Deux", "Un", "Quatre"]) == ["Un", "Quatre"]
