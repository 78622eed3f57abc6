"""Where the pages that were met are kept: each under its route, its état, and what the platform sent."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.harnais.lieux import RACINE

VIDE, ERREURS, REMPLI = "vide", "erreurs", "rempli"


CONSTATS = RACINE / "build" / "rgaa"


def tell(fautes: list[str], sujet: str) -> int:
    """Write what is wrong in build/rgaa, one line each; return how many there are."""
    CONSTATS.mkdir(parents=True, exist_ok=True)
    (CONSTATS / f"{sujet}.txt").write_text("".join(f"{faute}\n" for faute in fautes), encoding="utf-8")
    return len(fautes)


@dataclass(frozen=True)
class PageVue:
    """A page as it was sent."""

    route: str
    etat: str
    rang: int
    statut: int
    html: str
    entetes: dict[str, str] = field(repr=False, hash=False)

    @property
    def nom(self) -> str:
        """Return a name that is a file's too."""
        return f"{self.route.replace(':', '.')}-{self.etat}-{self.rang}"


@dataclass
class Carnet:
    """The pages met so far, and the files they load as they were at that moment."""

    pages: list[PageVue] = field(default_factory=list)
    fichiers: dict[str, bytes] = field(default_factory=dict, repr=False)

    def note(self, reponse: HttpResponse, route: str, etat: str) -> None:
        """Keep an answer that is a page; a redirection or a file is none."""
        if reponse.status_code in {301, 302, 303} or not reponse.headers["Content-Type"].startswith("text/html"):
            return
        rang = sum((page.route, page.etat) == (route, etat) for page in self.pages)
        entetes = {nom: valeur for nom, valeur in reponse.headers.items() if nom != "Set-Cookie"}
        self.pages.append(PageVue(route, etat, rang, reponse.status_code, reponse.content.decode(), entetes))

    def visit(self, client: Client | None = None) -> "Visite":
        """Return somebody whose pages are kept here."""
        return Visite(self, client or Client(headers={"accept-language": "fr"}))


@dataclass
class Visite:
    """Somebody who reads and sends pages, all kept."""

    carnet: Carnet
    client: Client

    def get(self, chemin: str, etat: str = REMPLI, **donnees: str) -> HttpResponse:
        return self._keep(self.client.get(chemin, donnees, headers={"accept-language": "fr"}), etat)

    def post(self, chemin: str, donnees: dict[str, Any] | None = None, etat: str = ERREURS) -> HttpResponse:
        return self._keep(self.client.post(chemin, donnees or {}, headers={"accept-language": "fr"}), etat)

    def _keep(self, reponse: Any, etat: str) -> HttpResponse:
        try:
            route = resolve(reponse.request["PATH_INFO"]).view_name
        except Resolver404:
            route = f"erreur:{reponse.status_code}"
        self.carnet.note(reponse, route, etat)
        return reponse  # type: ignore[no-any-return]
