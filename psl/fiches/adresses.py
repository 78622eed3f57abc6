"""Addresses (pure): which outside ones may be followed, where a document stands here and at service-public.fr, and our own démarches."""

import re
from urllib.parse import urlencode, urlsplit

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_DEMARCHE = re.compile(r"^/(?:pro_|asso_)?mademarche/([\w-]+)/demarche$")
_HOSTS = ("psl.service-public.fr", "mdel.mon.service-public.fr", "psl.service-public.gouv.fr")
_SP = {"particuliers": "particuliers", "professionnels": "professionnels-entreprises", "associations": "associations"}
_ACTION = re.compile(r"(?:^|&)action=([\w-]+)")


def safe(url: str) -> str:
    """Return an address that may stand in a link (web, mail, telephone), or an empty text: a script is never one."""
    url = url.strip().replace(" ", "%20")
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if any(ord(character) < 33 or character in '<>"\\' for character in url):
        return ""
    return url if parts.scheme.lower() in _SCHEMES and (parts.netloc or parts.path) else ""


def here(audience: str, ident: str, **parametres: str) -> str:
    """Return the address of a document on this platform; parameters that are empty are left out."""
    told = urlencode({nom: valeur for nom, valeur in parametres.items() if valeur})
    return f"/{audience}/vosdroits/{ident}" + (f"?{told}" if told else "")


def office(pivot: str, **parametres: str) -> str:
    """Return the address of the search of an office of a kind; `fiche` is where the reader comes from."""
    told = urlencode({nom: valeur for nom, valeur in parametres.items() if valeur})
    return f"/guichets/{pivot}" + (f"?{told}" if told else "")


def guided(audience: str, ident: str) -> str:
    """Return the address of the first question of a guided search."""
    return f"/{audience}/guidees/{ident}"


def official(audience: str, ident: str) -> str:
    """Return the address of the same document at service-public.fr."""
    return f"https://www.service-public.fr/{_SP[audience]}/vosdroits/{ident}"


def demarche(url: str) -> tuple[str, str] | None:
    """Return the code and the action (maybe empty) of the platform's démarche that an address of the State's site names, or None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    found = _DEMARCHE.match(parts.path) if parts.hostname in _HOSTS else None
    if found is None:
        return None
    action = _ACTION.search(parts.query)
    return found.group(1), action.group(1) if action else ""
