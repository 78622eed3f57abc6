"""The whole way without a browser: filed, routed, instructed, completed, accepted, followed. Jobs are done as a worker does them."""

import io
import re
from html import unescape
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from psl.journal import operations as journal
from psl.journal.queries import parked
from psl.journal.verification import verify
from psl.socle import clock
from tests.agent.test_connexion import come_in
from tests.annuaire.agents import UnAgent, make_agent
from tests.courriers.conftest import Courriels, courriels
from tests.harnais import travaux
from tests.pieces.exemples import PDF, png
from tests.usager import gestes

__all__ = ["courriels"]
COURRIEL = gestes.COORDONNEES["contact_email"]
SUJETS = [
    "La mairie étudie votre demande N",
    "Votre code de vérification",
    "Votre demande N : la mairie a besoin de vous",
    "Votre demande N : vos compléments sont bien reçus",
    "Votre demande N est acceptée",
    "Votre demande N est bien arrivée",
]
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def words(client: Client, chemin: str) -> str:
    """Return the words of a page, and check that it is served."""
    reponse = client.get(chemin)
    assert reponse.status_code == 200, (chemin, reponse.status_code)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())).split())


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


class Usager:
    """Somebody at their browser."""

    def __init__(self, courriels: Courriels) -> None:
        self.client, self.courriels = Client(), courriels

    def subjects(self) -> list[str]:
        return sorted(str(courriel["Subject"]) for courriel in self.courriels() if COURRIEL in str(courriel["To"]))

    def file(self) -> tuple[str, str]:
        """File a marriage request with two files; return the number and the code shown."""
        brouillon = gestes.fill_all(self.client, action="MARIAGE")
        pieces = {"pieceIdentite": SimpleUploadedFile("carte.png", png()), "preuveFiliation": SimpleUploadedFile("livret.pdf", PDF)}
        assert self.client.post(f"/ma-demande/{brouillon}/etape/pieces", pieces).status_code == 302
        recap = words(self.client, f"/ma-demande/{brouillon}/recapitulatif")
        assert [mot for mot in ("Camille Zoé", "livret.pdf", "carte.png", "Service de l’état civil") if mot not in recap] == []
        assert gestes.send(self.client, brouillon).status_code == 302
        accuse = words(self.client, f"/ma-demande/{brouillon}/accuse")
        numero, code = re.search(r"A-\d-[0-9A-Z]{8}", accuse), CODE.search(accuse)
        assert numero is not None
        assert code is not None
        assert code.group() in text(self.client.get(f"/ma-demande/{brouillon}/accuse.pdf").content)
        return numero.group(), code.group()

    def open(self, numero: str, code: str) -> None:
        """Prove number, code and the address given, from another device."""
        self.client = Client()
        assert self.client.post("/suivi", {"numero": numero, "code": code})["Location"] == "/suivi/verification"
        assert self.client.post("/suivi/verification", {"envoyer": "1"}).status_code == 200
        travaux.drain()
        recus = [str(c.get_body(("plain",)) or "") for c in self.courriels() if COURRIEL in str(c["To"])]
        [unique] = {found.group() for texte in recus if (found := re.search(r"(?m)^\s*\d{6}\s*$", texte))}
        assert self.client.post("/suivi/verification", {"code": unique})["Location"] == "/suivi/dossier"

    def complete(self) -> None:
        """Give the piece that is asked."""
        page = self.client.get("/suivi/dossier").content.decode()
        chemin = re.findall(r'action="(/suivi/dossier/[^"]+/completer)"', page)[0]
        brouillon = self.client.post(chemin)["Location"]
        etape = self.client.get(brouillon)["Location"]
        assert etape.endswith("/etape/pieces")
        self.client.post(etape, {"pieceIdentite": SimpleUploadedFile("nette.pdf", PDF + b"% nette\n")})
        assert "nette.pdf" in words(self.client, f"{brouillon}/recapitulatif")
        assert self.client.post(f"{brouillon}/envoyer")["Location"] == f"{brouillon}/accuse"


class Mairie:
    """An agent at their browser, before one dossier."""

    def __init__(self, agent: UnAgent) -> None:
        self.client = Client()
        come_in(self.client, agent)
        self.dossier = ""

    def find(self, cherche: str) -> None:
        found = set(re.findall(r'href="(/agent/dossier/[^"/]+)"', self.client.get("/agent/", {"q": cherche}).content.decode()))
        assert len(found) == 1
        self.dossier = found.pop()

    def act(self, acte: str, **donnees: str) -> None:
        """Send a form with the version that the page showed; it must be taken."""
        page = self.client.get(self.dossier).content.decode()
        version = re.findall(r'name="version" value="(\d+)"', page)[0]
        reponse = self.client.post(f"{self.dossier}/{acte}", {"version": version, **donnees})
        assert reponse.status_code == 302, reponse.content.decode()
        travaux.drain()

    def files(self) -> list[bytes]:
        """Return what each link that downloads a file gives."""
        page = self.client.get(self.dossier).content.decode()
        chemins = sorted(set(re.findall(rf'href="({self.dossier}/fichier/[^"/]+)"', page)))
        return [b"".join(self.client.get(chemin).streaming_content) for chemin in chemins]


@pytest.fixture
def mairie(db: None) -> Mairie:
    return Mairie(make_agent())


def test_from_the_filing_to_the_letter(mairie: Mairie, courriels: Courriels) -> None:
    usager = Usager(courriels)
    numero, code = usager.file()
    travaux.drain()
    assert usager.subjects() == [f"Votre demande {numero} est bien arrivée"]
    [accuse] = [part.get_content() for part in courriels()[0].iter_attachments()]
    assert (numero in text(accuse), code in text(accuse)) == (True, False)

    mairie.find("dupré")
    lu = words(mairie.client, mairie.dossier)
    assert [mot for mot in (numero, "Camille Zoé", "N'Guyen", "3 rue des Essais", "livret.pdf", "carte.png") if mot not in lu] == []
    assert sorted(mairie.files()) == sorted([PDF, png()])
    mairie.act("prise")
    demande = {"piece": "pieceIdentite", "motif": "La photo est trop sombre."}
    mairie.act("complement", **demande, **{"echeance.jour": "31", "echeance.mois": "12", "echeance.annee": f"{clock.now().year}"})

    usager.open(numero, code)
    dossier = words(usager.client, "/suivi/dossier")
    assert [mot for mot in ("La photo est trop sombre.", "Compléter ma demande", "Mairie de La Rochelle") if mot not in dossier] == []
    usager.complete()
    travaux.drain()
    assert "nette.pdf" in words(mairie.client, mairie.dossier)
    assert PDF + b"% nette\n" in mairie.files()
    assert "nette.pdf" in text(mairie.client.get(f"{mairie.dossier}/recapitulatif.pdf").content)

    mairie.act("acceptation", lettre="Madame, Monsieur,\n\nVotre acte part ce jour par la poste.")
    dossier = words(usager.client, "/suivi/dossier")
    assert "Votre demande est terminée. Vous n'avez rien à faire." in dossier
    assert [nom for nom in ("Camille Rivière", "Rivière") if nom in dossier] == []  # a service, never an agent's name
    lettre = re.findall(r'href="(/suivi/document/[^"]+)"', usager.client.get("/suivi/dossier").content.decode())
    assert "Votre acte part ce jour par la poste." in " ".join(text(usager.client.get(chemin).content) for chemin in lettre)
    assert [sujet.replace(numero, "N") for sujet in usager.subjects()] == SUJETS
    assert [c for c in courriels() if code in c.as_string()] == []

    assert journal.seal(now=clock.now()) > 10
    assert (verify(), list(parked()), travaux.drain()) == ([], [], 0)


def test_jobs_done_twice_change_nothing(mairie: Mairie, courriels: Courriels) -> None:
    """A worker killed between a job's effects and its end does it again: the same state, the same e-mails."""
    usager = Usager(courriels)
    numero, _ = usager.file()
    jobs = waiting()
    travaux.drain()
    mairie.find(numero)
    before = (counts(), usager.subjects())
    for fait, handler in jobs:
        assert travaux.travaux.run_handler(fait, handler, now=clock.now()) is False
    assert ((counts(), usager.subjects()), travaux.drain()) == (before, 0)


def waiting() -> list[tuple[UUID, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'fait_id', args ->> 'handler' FROM procrastinate_jobs WHERE args ? 'handler'")
        return [(UUID(fait), handler) for fait, handler in cursor.fetchall()]


def counts() -> list[int]:
    tables = ("teledossiers_document", "courriers_envoi", "journal_fait", "journal_traitement")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in tables))
        return [count for (count,) in cursor.fetchall()]
