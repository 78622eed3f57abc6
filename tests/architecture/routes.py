"""The routes, as the resolver knows them, and the rule of each: what IDOR tests are generated from."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from psl.portails.theme.acces import Acces

INCONNUS: dict[str, object] = {
    "UUIDConverter": UUID(int=7),
    "SlugConverter": "inconnu",
    "StringConverter": "inconnu",
    "IntConverter": 7,
    "PathConverter": "inconnu",
}
DE_DJANGO = {"django.views.static", "django.contrib.staticfiles.views"}


@dataclass(frozen=True)
class Route:
    """One route: its portal, its name, the path as written with its parameters, what it takes."""

    portail: str
    nom: str
    espace: str
    chemin: str
    parametres: tuple[tuple[str, str], ...]  # (name, converter)

    @property
    def nom_complet(self) -> str:
        """Return what `reverse` takes."""
        return f"{self.espace}:{self.nom}" if self.espace else self.nom

    def address(self, **valeurs: object) -> str:
        """Return an address of this route; a parameter not given is one that exists nowhere: somebody else's, for whoever asks."""
        inconnus = {nom: INCONNUS[sorte] for nom, sorte in self.parametres}
        return reverse(self.nom_complet, kwargs={**inconnus, **valeurs})

    @property
    def acces(self) -> Acces | None:
        return rules(self.portail).get(self.nom)


def routes() -> list[Route]:
    return sorted(_walk(get_resolver(), "", ""), key=lambda route: (route.portail, route.nom))


def rules(portail: str) -> dict[str, Acces]:
    """Return a portal's table; a portal without one has no rule at all."""
    regles: dict[str, Acces] = import_module(f"psl.portails.{portail}.acces").REGLES
    return regles


def _walk(resolver: URLResolver, prefixe: str, espace: str) -> Iterator[Route]:
    for un in resolver.url_patterns:
        chemin = f"{prefixe}{un.pattern}"
        if isinstance(un, URLResolver):
            yield from _walk(un, chemin, un.namespace or espace)
        elif isinstance(un, URLPattern) and un.callback.__module__ not in DE_DJANGO:
            portail = _module(un).removeprefix("psl.portails.").split(".")[0]
            parametres = tuple((nom, type(sorte).__name__) for nom, sorte in _converters(prefixe, un).items())
            yield Route(portail, un.name or "", espace, f"/{chemin}", parametres)


def _converters(prefixe: str, pattern: URLPattern) -> dict[str, object]:
    """Return the parameters of a route; ours stand in its own path, never in an include's."""
    assert "<" not in prefixe
    return dict(pattern.pattern.converters)


def _module(pattern: URLPattern) -> str:
    vue = getattr(pattern.callback, "view_class", pattern.callback)
    return str(vue.__module__)
