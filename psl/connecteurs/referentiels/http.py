"""A Referentiel reached over HTTP: `GET <address>/<kind>/<name>` gives {"entrees": [{"code", "libelle"}, …]}, bounded in time and size.

A list is kept a few minutes; when the other side is silent, what was last heard serves for an hour more.
"""

import http.client
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from psl.langage.composants.base import Indisponible

SECONDES_PAR_ECHANGE = 2
SECONDES_EN_TOUT = 4
SECONDES_DE_REPIT = 30
SECONDES_FRAICHE, SECONDES_GARDEE = 300, 3600
REPONSE_MAX = 500_000
ENTREES_MAX = 1000
LISTES_MAX = 200

type Entrees = list[Mapping[str, Any]]


class ReferentielHTTP:
    """Asks `PSL_REFERENTIEL_ADRESSE`."""

    def __init__(self, adresse: str = "") -> None:
        self._adresse = urlsplit(adresse or settings.REFERENTIEL_ADRESSE)
        self._gardees: dict[str, tuple[float, Entrees]] = {}
        self._muet_jusqu = 0.0

    def entree(self, nom: str, code: str) -> Mapping[str, Any] | None:
        return next((found for found in self.entrees(nom) if found["code"] == code), None)

    def entrees(self, nom: str) -> Entrees:
        lue, entrees = self._gardees.get(nom, (float("-inf"), []))
        now = time.monotonic()
        if now - lue < SECONDES_FRAICHE:
            return entrees
        if now >= self._muet_jusqu:
            try:
                return self._keep(nom, _entries(self._ask(nom)))
            except (OSError, http.client.HTTPException, ValueError):
                self._muet_jusqu = time.monotonic() + SECONDES_DE_REPIT
        if now - lue < SECONDES_GARDEE:
            return entrees
        raise Indisponible(nom)

    def check(self) -> list[str]:
        defauts = [] if self._adresse.scheme in {"http", "https"} and self._adresse.hostname else ["PSL_REFERENTIEL_ADRESSE manque."]
        return defauts + ["Le référentiel vient de ne pas répondre."] * (time.monotonic() < self._muet_jusqu)

    def _keep(self, nom: str, entrees: Entrees) -> Entrees:
        if len(self._gardees) >= LISTES_MAX:
            self._gardees.clear()
        self._gardees[nom] = (time.monotonic(), entrees)
        return entrees

    def _ask(self, nom: str) -> bytes:
        limite = time.monotonic() + SECONDES_EN_TOUT
        sorte = http.client.HTTPSConnection if self._adresse.scheme == "https" else http.client.HTTPConnection
        prise = sorte(self._adresse.hostname or "", self._adresse.port, timeout=SECONDES_PAR_ECHANGE)
        try:
            prise.request(
                "GET", f"{self._adresse.path.rstrip('/')}/{quote(nom.replace(':', '/', 1))}", headers={"Accept": "application/json"}
            )
            with prise.getresponse() as reponse:
                return _read(reponse, limite)
        finally:
            prise.close()


def _read(reponse: http.client.HTTPResponse, limite: float) -> bytes:
    """Read an answer to its end: neither too long, nor given drop by drop."""
    if reponse.status != 200:
        raise ValueError(reponse.status)
    recu = b""
    while morceau := reponse.read1(65_536):
        recu += morceau
        if len(recu) > REPONSE_MAX:
            raise ValueError(REPONSE_MAX)
        if time.monotonic() > limite:
            raise TimeoutError
    return recu


def _entries(octets: bytes) -> Entrees:
    """Read what was sent: a code and a name for each, "debut" for the slots of an agenda; anything else is left out. Raises ValueError."""
    recu = json.loads(octets)
    entrees = recu.get("entrees") if isinstance(recu, dict) else None
    if not isinstance(entrees, list) or len(entrees) > ENTREES_MAX:
        raise ValueError
    read: Entrees = []
    for entree in entrees:
        if not isinstance(entree, dict) or not all(isinstance(entree.get(cle), str) and entree[cle] for cle in ("code", "libelle")):
            raise ValueError
        read.append({cle: str(entree[cle]) for cle in ("code", "libelle", "debut") if cle in entree})
    return read
