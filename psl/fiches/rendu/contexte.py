"""What the rendering of a document is told: where links lead, which démarches are ours, what the reader answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, urlencode

from psl.fiches import adresses
from psl.fiches.noeuds import Noeud
from psl.fiches.rendu.conditions import Variables


@dataclass(frozen=True, slots=True)
class Entree:
    """What is known of a document without opening it."""

    titre: str
    genre: str
    url: str


def _nowhere(audience: str, ident: str) -> Entree | None:
    return None


def _nothing(demarche: str, cas: str) -> str:
    return ""


def _unannounced(ident: str) -> tuple[tuple[str, str], ...]:
    return ()


@dataclass(slots=True)
class Contexte:
    """What a rendering knows, and the words it met that are explained at the end of the page.

    `entree` finds a document; `demarches` are the codes of the platform's own; `est_complet` when the whole corpus is here, so that
    a document that is not found does not exist; `suite` gives what is handed over to a démarche from the case `cas` of the page;
    `annoncees` gives the code and the title of the démarches that say they answer a document.
    `ident`, `reponses` and `commune` are told to the search of an office, so that it leads back to the same page.
    """

    audience: str
    entree: Callable[[str, str], Entree | None] = _nowhere
    demarches: frozenset[str] = frozenset()
    est_complet: bool = False
    annoncees: Callable[[str], tuple[tuple[str, str], ...]] = _unannounced
    variables: Variables = field(default_factory=dict)
    termes: Mapping[str, Noeud] = field(default_factory=dict)
    expliques: dict[str, Noeud] = field(default_factory=dict)
    ancres: dict[str, int] = field(default_factory=dict)
    groupes: int = 0
    niveau: int = 2
    suite: Callable[[str, str], str] = _nothing
    cas: str = ""
    ident: str = ""
    reponses: str = ""
    commune: str = ""

    def link(self, audience: str, ident: str) -> str:
        """Return the address of a document: here, else at service-public.fr while the corpus is not whole, else nothing."""
        where = audience.lower() or self.audience
        # The reader stays in their own space while the document is there too.
        for wanted in dict.fromkeys((self.audience, where, "particuliers", "professionnels", "associations")):
            if self.entree(wanted, ident) is not None:
                return adresses.here(wanted, ident)
        if self.est_complet or ident[:1] not in "FNR" or where not in {"particuliers", "professionnels", "associations"}:
            return ""
        return adresses.official(where, quote(ident))

    def service(self, url: str) -> tuple[str, bool]:
        """Return the address of a service and whether it is one of our démarches."""
        named = adresses.demarche(url)
        if named is not None and named[0] in self.demarches:
            return self.start(*named), True
        return adresses.safe(url), False

    def start(self, code: str, action: str = "") -> str:
        """Return the address where one of our démarches starts, with what the page hands over."""
        told = {"action": action, "contexte": self.suite(code, self.cas)}
        parametres = urlencode({nom: valeur for nom, valeur in told.items() if valeur})
        return f"/mademarche/{code}/demarche" + (f"?{parametres}" if parametres else "")

    def anchor(self, wanted: str) -> str:
        """Return an id that no other part of the page has."""
        self.ancres[wanted] = count = self.ancres.get(wanted, 0) + 1
        return wanted if count == 1 else f"{wanted}-{count}"


def link(href: str, html: str, *, attributes: str = "") -> str:
    """Return a link around ready HTML; one that leaves the site says so to whoever hears it. Without an address, the words alone."""
    if not href:
        return html
    if href.startswith("/"):
        return f'<a href="{escape(href)}"{attributes}>{html}</a>'
    return f'<a href="{escape(href)}" rel="external noreferrer"{attributes}>{html}</a>'
