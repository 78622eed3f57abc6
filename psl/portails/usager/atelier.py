"""The workshop: while a démarche is being written (`make demarche`), each page says its faults and shows it again when it changes.

Only on the demonstration, and only when PSL_ATELIER names the démarche. What is known comes from the command that follows its files.
"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from psl.demarches import queries

CHEMIN = "/atelier"
VIDE: dict[str, Any] = {"marque": "", "code": "", "digest": "", "defauts": []}


class Atelier:
    """The innermost middleware: it adds to pages what the workshop has to say, before they are compressed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.fichier = settings.ETAT / "atelier.json"
        self.marque = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        etat = self._read()
        if request.path == CHEMIN:
            return HttpResponse(etat["marque"], content_type="text/plain", headers={"Cache-Control": "no-store"})
        response = self.get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            dit = render_to_string("usager/atelier.html", {"atelier": etat}).encode()
            response.content = response.content.replace(b'<main id="contenu"', dit + b'<main id="contenu"', 1)
        return response

    def _read(self) -> dict[str, Any]:
        """Read what the command knows; what it published last is what this process serves, even when it is an older content again."""
        try:
            etat: dict[str, Any] = VIDE | json.loads(self.fichier.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return VIDE
        if etat["marque"] != self.marque and etat["digest"]:
            queries.impose(etat["code"], etat["digest"])
        self.marque = etat["marque"]
        return etat
