"""The Referentiel of the demonstration, the one reached over HTTP (good, slow, broken or gone), and the one that is down."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client

from psl.connecteurs.referentiels import http
from psl.connecteurs.referentiels.demonstration import ReferentielDemonstration
from psl.connecteurs.referentiels.en_panne import ReferentielEnPanne
from psl.connecteurs.referentiels.http import ReferentielHTTP
from psl.langage.composants.base import Indisponible
from psl.socle import ports
from tests.connecteurs.contrat_referentiel import AGENDA, ECOLES, ContratReferentiel
from tests.public.test_composants import shown

FAUX = {
    "statut": (500, b"{}"), "texte": (200, b"<html>"), "forme": (200, b"[]"), "code": (200, b'{"entrees": [{"libelle": "x"}]}'),
    "nombre": (200, b'{"entrees": [{"code": 1, "libelle": "x"}]}'),
    "trop": (200, json.dumps({"entrees": [{"code": str(n), "libelle": "x"} for n in range(1001)]}).encode()),
    "long": (200, json.dumps({"entrees": [{"code": "1", "libelle": "x" * http.REPONSE_MAX}]}).encode()),
}  # fmt: skip


class _Service(BaseHTTPRequestHandler):
    """A service that gives the lists of the demonstration, or what the test says."""

    repond: tuple[int, bytes] | None = None
    attend = 0.0

    def do_GET(self) -> None:
        nom = self.path.removeprefix("/listes/").replace("/", ":", 1)
        entrees = ReferentielDemonstration().entrees(nom)
        statut, corps = type(self).repond or (200, json.dumps({"entrees": entrees}).encode())
        self.send_response(statut)
        self.end_headers()
        time.sleep(type(self).attend)
        self.wfile.write(corps)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def service() -> Iterator[type[_Service]]:
    class Own(_Service):
        adresse = ""

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    serveur.daemon_threads = True
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01})
    fil.start()
    Own.adresse = f"http://127.0.0.1:{serveur.server_port}/listes"
    yield Own
    serveur.shutdown()
    serveur.server_close()
    fil.join()


class TestReferentielDemonstration(ContratReferentiel):
    """The contract, on invented schools."""

    @pytest.fixture
    def referentiel(self) -> ReferentielDemonstration:
        return ReferentielDemonstration()


class TestReferentielHTTP(ContratReferentiel):
    """The contract, through a socket."""

    @pytest.fixture
    def referentiel(self, service: Any) -> ReferentielHTTP:
        return ReferentielHTTP(service.adresse)

    @pytest.mark.parametrize("faute", FAUX)
    def test_what_is_not_a_list_is_no_answer(self, service: Any, faute: str) -> None:
        service.repond = FAUX[faute]
        referentiel = ReferentielHTTP(service.adresse)
        with pytest.raises(Indisponible):
            referentiel.entrees(ECOLES)
        assert referentiel.check() == ["Le référentiel vient de ne pas répondre."]

    def test_a_slow_one_is_left_alone_for_a_while(self, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(http, "SECONDES_PAR_ECHANGE", 0.05)
        service.attend = 0.3
        referentiel = ReferentielHTTP(service.adresse)
        with pytest.raises(Indisponible):
            referentiel.entrees(ECOLES)
        service.attend = 0.0
        with pytest.raises(Indisponible):
            referentiel.entree(AGENDA, "1")

    def test_what_was_heard_serves_when_it_goes_silent(self, service: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        referentiel = ReferentielHTTP(service.adresse)
        connues = referentiel.entrees(ECOLES)
        monkeypatch.setattr(http, "SECONDES_FRAICHE", 0)
        service.repond = FAUX["statut"]
        assert referentiel.entrees(ECOLES) == connues == ReferentielDemonstration().entrees(ECOLES)
        monkeypatch.setattr(http, "SECONDES_GARDEE", 0)
        with pytest.raises(Indisponible):
            referentiel.entrees(ECOLES)

    def test_an_address_is_needed(self) -> None:
        assert ReferentielHTTP("ftp://exemple").check() == ["PSL_REFERENTIEL_ADRESSE manque."]


@pytest.fixture
def _en_panne(settings: Any) -> Iterator[None]:
    settings.REFERENTIEL = "psl.connecteurs.referentiels.en_panne.ReferentielEnPanne"
    ports.forget()
    yield
    ports.forget()


def test_the_one_that_is_down_says_so() -> None:
    with pytest.raises(Indisponible):
        ReferentielEnPanne().entrees(ECOLES)
    with pytest.raises(Indisponible):
        ReferentielEnPanne().entree(ECOLES, "1")
    assert ReferentielEnPanne().check() == ["Le référentiel est en panne (essai)."]


@pytest.mark.django_db
@pytest.mark.usefixtures("_en_panne")
def test_a_demarche_goes_on_while_the_list_is_down(client: Client) -> None:
    """The page is shown, and what is typed is kept without a code; a slot cannot be taken, and the sentence says why."""
    assert client.get("/composants/recherche").status_code == 200
    reponse = client.post("/composants/recherche", {"ecole": "École des Minimes"})
    kept = json.loads(shown(reponse.content.decode())[0])
    assert (reponse.status_code, kept) == (200, {"code": "", "libelle": "École des Minimes"})
    refuse = client.post("/composants/rendez_vous", {"rencontre": "202612010900"}, headers={"accept-language": "fr"})
    assert (refuse.status_code, "ne répond pas en ce moment" in refuse.content.decode()) == (422, True)
