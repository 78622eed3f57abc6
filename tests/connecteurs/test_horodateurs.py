"""The horodateurs: each keeps the contract; the one over HTTP believes nobody and waits for nobody."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from psl.connecteurs.horodateurs import rfc3161
from psl.connecteurs.horodateurs.demonstration import HorodateurDemonstration
from psl.connecteurs.horodateurs.en_panne import PANNE, HorodateurEnPanne
from psl.connecteurs.horodateurs.rfc3161 import REPONSE, HorodateurRFC3161
from psl.journal import jetons
from psl.journal.horodateur import HorodateurError
from tests.connecteurs.contrat_horodateur import DIGEST, ContratHorodateur

type Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


class Autorite:
    """An authority over HTTP that signs with the demonstration's; it may answer anything."""

    def __init__(self, etat: Path) -> None:
        self.signe = HorodateurDemonstration()
        self.racines = etat / "racines.pem"
        self.racines.write_bytes(self.signe.certificates())
        self.questions: list[str] = []

    def reply(self, question: bytes, **change: object) -> bytes:
        """Return the answer to a question; what is in `change` takes the place of what was asked."""
        lue = tsp.TimeStampReq.load(question).native
        token = self.signe.stamp(change.get("digest", lue["message_imprint"]["hashed_message"]))
        return response(with_nonce(self.signe, token, change.get("nonce", lue["nonce"])))


def with_nonce(signe: HorodateurDemonstration, token: bytes, nonce: object) -> bytes:
    """Sign the token anew with the nonce that a question gave."""
    content = cms.ContentInfo.load(token)
    signed = content["content"].copy()
    info = signed["encap_content_info"]["content"].parsed.copy()
    info["nonce"] = nonce
    signer = signed["signer_infos"][0].copy()
    attributes = [attribute.copy() for attribute in signer["signed_attrs"]]
    for attribute in attributes:
        if attribute["type"].native == "message_digest":
            attribute["values"] = [hashlib.sha256(info.dump(force=True)).digest()]
    signer["signed_attrs"] = cms.CMSAttributes(attributes)
    signer["signature"] = signe._autorite[2].sign(cms.CMSAttributes(attributes).dump(), ec.ECDSA(hashes.SHA256()))
    signed["encap_content_info"] = {"content_type": "tst_info", "content": cms.ParsableOctetString(info.dump(force=True))}
    signed["signer_infos"] = [signer]
    return cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump(force=True)


def response(token: bytes) -> bytes:
    return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)}).dump()


def send(requete: BaseHTTPRequestHandler, octets: bytes, *, sorte: str = REPONSE, statut: int = 200) -> None:
    requete.send_response(statut)
    requete.send_header("Content-Type", sorte)
    requete.send_header("Content-Length", str(len(octets)))
    requete.end_headers()
    requete.wfile.write(octets)


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    class Requete(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self, self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, format: str, *args: object) -> None:
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Requete)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01})
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}/tsa?x=1"
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()


@pytest.fixture
def autorite(settings, tmp_path):
    settings.ETAT = tmp_path
    return Autorite(tmp_path)


class TestHorodateurDemonstration(ContratHorodateur):
    @pytest.fixture
    def horodateur(self, settings, tmp_path):
        settings.ETAT = tmp_path
        return HorodateurDemonstration()

    def test_it_is_made_once_for_all_processes(self, horodateur):
        other = HorodateurDemonstration()
        jetons.check(other.stamp(DIGEST), digest=DIGEST, racines=horodateur.certificates())
        assert other.certificates() == horodateur.certificates()

    def test_it_engages_nobody_elsewhere(self, horodateur, settings):
        settings.EST_DEMONSTRATION = False
        with pytest.raises(HorodateurError):
            horodateur.stamp(DIGEST)
        assert horodateur.check() == ["L'horodateur de démonstration n'engage personne : donnez PSL_HORODATEUR."]


class TestHorodateurRFC3161(ContratHorodateur):
    @pytest.fixture
    def horodateur(self, autorite):
        with served(lambda requete, question: send(requete, autorite.reply(question))) as adresse:
            yield HorodateurRFC3161(adresse, str(autorite.racines))


def refused(autorite: Autorite, answer: Answer) -> str:
    """Return why an answer is not believed."""
    with served(answer) as adresse, pytest.raises(HorodateurError) as refus:
        HorodateurRFC3161(adresse, str(autorite.racines)).stamp(DIGEST)
    return refus.value.public_message.removeprefix("L'autorité d'horodatage ne donne pas de jeton : ")


def test_e2_what_is_not_a_token_of_ours_is_refused(autorite, settings, tmp_path):
    (tmp_path / "autre").mkdir()
    settings.ETAT = tmp_path / "autre"
    autre = Autorite(tmp_path / "autre")
    rejet = bytes.fromhex("30053003020102")
    said = [
        refused(autorite, lambda r, q: send(r, autorite.reply(q, digest=bytes(32)))),
        refused(autorite, lambda r, q: send(r, autorite.reply(q, nonce=12))),
        refused(autorite, lambda r, q: send(r, autre.reply(q))),
        refused(autorite, lambda r, q: send(r, rejet)),
        refused(autorite, lambda r, q: send(r, b"bonjour")),
        refused(autorite, lambda r, q: send(r, b"<html>", sorte="text/html")),
        refused(autorite, lambda r, q: send(r, b"", statut=503)),
        refused(autorite, lambda r, q: send(r, bytes(100_000))),
    ]
    assert said == [
        "ce jeton est celui d'autre chose.",
        "ce jeton répond à une autre question.",
        "l'autorité de ce jeton n'est pas de celles que l'on croit.",
        "l'autorité refuse (rejection).",
        "ce n'est pas une réponse d'horodatage.",
        "elle répond 200.",
        "elle répond 503.",
        "elle répond trop long.",
    ]


def test_a_slow_authority_is_not_waited_for_and_is_left_alone_for_a_while(autorite, monkeypatch):
    monkeypatch.setattr(rfc3161, "SECONDES_PAR_ECHANGE", 0.1)
    monkeypatch.setattr(rfc3161, "SECONDES_EN_TOUT", 0.3)
    questions: list[bytes] = []

    def drip(requete: BaseHTTPRequestHandler, question: bytes) -> None:
        questions.append(question)
        requete.send_response(200)
        requete.send_header("Content-Type", REPONSE)
        requete.send_header("Content-Length", "100")
        requete.end_headers()
        with suppress(OSError):  # nobody reads to the end
            for _ in range(8):
                time.sleep(0.05)
                requete.wfile.write(b"x")
                requete.wfile.flush()

    with served(drip) as adresse:
        horodateur = HorodateurRFC3161(adresse, str(autorite.racines))
        debut = time.monotonic()
        for _ in range(20):
            with pytest.raises(HorodateurError):
                horodateur.stamp(DIGEST)
        assert (len(questions), time.monotonic() - debut < 2) == (1, True)
    assert horodateur.check() == ["L'autorité d'horodatage vient de ne pas répondre."]


def test_a_configuration_that_cannot_work_is_said(autorite):
    assert HorodateurRFC3161("", "/nulle/part").check() == [
        "PSL_HORODATEUR_ADRESSE manque.",
        "PSL_HORODATEUR_AC ne nomme pas un fichier lisible de certificats.",
    ]


def test_nobody_listens(autorite):
    with pytest.raises(HorodateurError, match="ConnectionRefusedError"):
        HorodateurRFC3161("http://127.0.0.1:1/", str(autorite.racines)).stamp(DIGEST)


def test_the_horodateur_that_is_down_says_so():
    with pytest.raises(HorodateurError):
        HorodateurEnPanne().stamp(DIGEST)
    with pytest.raises(HorodateurError):
        HorodateurEnPanne().certificates()
    assert HorodateurEnPanne().check() == [PANNE]
