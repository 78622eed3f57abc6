"""The mailbox over HTTP: a small WSGI application, for this machine only, that reads and never changes."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from psl.simulateurs import pages
from psl.simulateurs.boite import Boite, Courriel

_CHEMIN = re.compile(r"/message/(\d{1,9})(?:/(brut)|/piece/(\d{1,4}))?")
_HOTES = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
_ENTETES = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Reponse:
    """A status, a type, a body, and headers beside the common ones."""

    corps: bytes
    type: str = "text/html; charset=utf-8"
    statut: int = 200
    entetes: dict[str, str] = field(default_factory=dict)


class Site:
    """The WSGI application over one mailbox."""

    def __init__(self, boite: Boite) -> None:
        self._boite = boite

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        reponse = self._answer(environ)
        entetes = {"Content-Type": reponse.type, "Content-Length": str(len(reponse.corps)), **_ENTETES, **reponse.entetes}
        start_response(f"{reponse.statut} {HTTPStatus(reponse.statut).phrase}", list(entetes.items()))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [reponse.corps]

    def _answer(self, environ: dict[str, Any]) -> Reponse:
        # Another site's page must not read this one through a name that points at this machine.
        if not _HOTES.fullmatch(environ.get("HTTP_HOST", "")):
            return _error(403)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return _error(405)
        vers = parse_qs(environ.get("QUERY_STRING", "")).get("vers", [""])[0][:200]
        return self._page(environ["PATH_INFO"], vers)

    def _page(self, chemin: str, vers: str) -> Reponse:
        match chemin:
            case "/":
                return Reponse(pages.render_list(self._boite.search(vers), vers).encode())
            case "/messages.json":
                return _json([_as_json(courriel) for courriel in self._boite.search(vers)])
            case "/sante":
                return _json({"etat": "ok", "messages": len(self._boite.search())})
            case "/style.css":
                return Reponse(pages.STYLE, "text/css; charset=utf-8")
            case _:
                return self._message(chemin)

    def _message(self, chemin: str) -> Reponse:
        trouve = _CHEMIN.fullmatch(chemin)
        courriel = self._boite.get(int(trouve[1])) if trouve else None
        if trouve is None or courriel is None:
            return _error(404)
        if trouve[2]:
            return _download(f"message-{courriel.rang}.eml", courriel.brut)
        if trouve[3] is None:
            return Reponse(pages.render_message(courriel).encode())
        rang = int(trouve[3])
        return _download(courriel.pieces[rang].nom, courriel.pieces[rang].octets) if rang < len(courriel.pieces) else _error(404)


def _download(nom: str, octets: bytes) -> Reponse:
    return Reponse(octets, "application/octet-stream", entetes={"Content-Disposition": pages.disposition(nom)})


def _error(statut: int) -> Reponse:
    return Reponse(pages.render_error(statut).encode(), statut=statut)


def _json(contenu: object) -> Reponse:
    return Reponse(json.dumps(contenu, ensure_ascii=False).encode(), "application/json")


def _as_json(courriel: Courriel) -> dict[str, object]:
    return {
        "id": courriel.rang,
        "recu_at": courriel.recu_at.isoformat(),
        "retour": courriel.retour,
        "vers": list(courriel.vers),
        "de": courriel.de,
        "objet": courriel.objet,
        "texte": courriel.texte,
        "jointes": [{"nom": piece.nom, "type": piece.type, "taille": len(piece.octets)} for piece in courriel.pieces],
    }


class _Serveur(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silencieux(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what is asked here is asked by people trying the platform."""


def make_site(boite: Boite, port: int) -> WSGIServer:
    """Return the server, to be run; it listens to this machine only."""
    return make_server("127.0.0.1", port, Site(boite), server_class=_Serveur, handler_class=_Silencieux)
