"""A timestamp authority reached over HTTP (RFC 3161 §3.4), with limits of time and size; a silent one is left alone for a while."""

import http.client
import os
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from psl.journal import jetons
from psl.journal.horodateur import HorodateurError

SECONDES_PAR_ECHANGE = 2
SECONDES_EN_TOUT = 5
SECONDES_DE_REPIT = 30
REPONSE_MAX = 65_536
QUESTION, REPONSE = "application/timestamp-query", "application/timestamp-reply"


class HorodateurRFC3161:
    """Asks `PSL_HORODATEUR_ADRESSE`; believes only what is signed under the certificates of the file `PSL_HORODATEUR_AC`."""

    def __init__(self, adresse: str = "", racines: str = "") -> None:
        self._nom = adresse or settings.HORODATEUR_ADRESSE
        self._adresse = urlsplit(self._nom)
        self._racines = racines or settings.HORODATEUR_AC
        self._muet_jusqu = 0.0

    def stamp(self, digest: bytes) -> bytes:
        racines, nonce = self.certificates(), int.from_bytes(os.urandom(8))
        if time.monotonic() < self._muet_jusqu:
            raise HorodateurError("L'autorité d'horodatage vient de ne pas répondre.")
        try:
            return jetons.read_response(self._ask(jetons.request(digest, nonce)), digest=digest, nonce=nonce, racines=racines)
        except (OSError, http.client.HTTPException, jetons.JetonFaux) as error:
            self._muet_jusqu = time.monotonic() + SECONDES_DE_REPIT
            cause = str(error) if isinstance(error, jetons.JetonFaux) else type(error).__name__
            raise HorodateurError(f"L'autorité d'horodatage ne donne pas de jeton : {cause}.") from error

    def certificates(self) -> bytes:
        try:
            return Path(self._racines).read_bytes()
        except OSError as error:
            raise HorodateurError("PSL_HORODATEUR_AC ne nomme pas un fichier lisible de certificats.") from error

    def check(self) -> list[str]:
        defauts = [] if self._adresse.scheme in {"http", "https"} and self._adresse.hostname else ["PSL_HORODATEUR_ADRESSE manque."]
        try:
            self.certificates()
        except HorodateurError as error:
            defauts.append(error.public_message)
        if time.monotonic() < self._muet_jusqu:
            defauts.append("L'autorité d'horodatage vient de ne pas répondre.")
        return defauts

    def _ask(self, question: bytes) -> bytes:
        limite = time.monotonic() + SECONDES_EN_TOUT
        sorte = http.client.HTTPSConnection if self._adresse.scheme == "https" else http.client.HTTPConnection
        prise = sorte(self._adresse.hostname or "", self._adresse.port, timeout=SECONDES_PAR_ECHANGE)
        try:
            chemin = (self._adresse.path or "/") + (f"?{self._adresse.query}" if self._adresse.query else "")
            prise.request("POST", chemin, question, {"Content-Type": QUESTION, "Accept": REPONSE})
            with prise.getresponse() as reponse:  # closing the connection alone leaves the socket to an answer half read
                return _read(reponse, limite)
        finally:
            prise.close()


def _read(reponse: http.client.HTTPResponse, limite: float) -> bytes:
    """Read an answer to its end: neither too long, nor given drop by drop."""
    if reponse.status != 200 or (reponse.getheader("Content-Type") or "").partition(";")[0].strip() != REPONSE:
        raise jetons.JetonFaux(f"elle répond {reponse.status}")
    recu = b""
    while morceau := reponse.read1(REPONSE_MAX):
        recu += morceau
        if len(recu) > REPONSE_MAX:
            raise jetons.JetonFaux("elle répond trop long")
        if time.monotonic() > limite:
            raise TimeoutError
    return recu
