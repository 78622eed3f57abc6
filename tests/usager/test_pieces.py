"""Files through the pages of a form: what is refused is said at its piece, what was typed beside it is kept."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.pieces import queries as fichiers
from psl.saisie.operations import porteur
from psl.socle.acteur import scope
from tests.pieces.exemples import PDF, archive, png
from tests.saisie import gestes as saisie
from tests.usager import gestes
from tests.usager.test_mauvaises_saisies import is_said

pytestmark = pytest.mark.django_db


@pytest.fixture
def brouillon(client: Client) -> UUID:
    id_ = gestes.start(client, action="MARIAGE")
    saisie.write(id_, saisie.REPONSES)
    return id_


def given(brouillon: UUID) -> list[str]:
    with scope(porteur(brouillon)):
        return sorted(fichier.nom for fichier in fichiers.of(brouillon))


def test_files_are_added_shown_and_removed(client: Client, brouillon: UUID) -> None:
    chemin = f"/ma-demande/{brouillon}/etape/pieces"
    envoi = {"pieceIdentite": [SimpleUploadedFile("recto.pdf", PDF), SimpleUploadedFile("verso.png", png())]}
    assert client.post(chemin, envoi)["Location"] == f"/ma-demande/{brouillon}/recapitulatif"
    assert given(brouillon) == ["recto.pdf", "verso.png"]
    page = client.get(chemin).content.decode()
    assert ("recto.pdf" in page, "verso.png" in page) == (True, True)
    retirer = next(part.split('"')[0] for part in page.split('formaction="')[1:] if "retirer" in part)
    assert client.post(retirer).status_code == 302
    assert len(given(brouillon)) == 1


@pytest.mark.parametrize(
    ("nom", "octets", "phrase"),
    [
        ("acte.pdf", archive(), "acte.pdf"),
        ("vide.pdf", b"", "vide"),
        ("page.html", b"<!doctype html><script>alert(1)</script>", "page.html"),
        ("gros.pdf", PDF + b"\0" * 11_000_000, "10 Mo"),
        ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image.svg"),
    ],
)
def test_what_is_refused_is_said_at_its_piece(client: Client, brouillon: UUID, nom: str, octets: bytes, phrase: str) -> None:
    chemin = f"/ma-demande/{brouillon}/etape/pieces"
    envoi = {"pieceIdentite": SimpleUploadedFile(nom, octets), "preuveFiliation": SimpleUploadedFile("livret.pdf", PDF)}
    reponse = client.post(chemin, envoi)
    is_said(reponse, 422, "Erreur :", phrase)
    assert (given(brouillon), 'href="#' in reponse.content.decode()) == (["livret.pdf"], True)


@pytest.mark.parametrize(
    "nom", ["../../etc/passwd.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "a\x00b.pdf", "\u202efdp.exe.pdf", "x" * 500 + ".pdf", "<b>.pdf"]
)
def test_names_are_only_names(client: Client, brouillon: UUID, nom: str) -> None:
    assert client.post(f"/ma-demande/{brouillon}/etape/pieces", {"pieceIdentite": SimpleUploadedFile(nom, PDF)}).status_code == 302
    [garde] = given(brouillon)
    assert ([signe for signe in "/\\\x00\u202e" if signe in garde], len(garde) <= 160, garde.endswith(".pdf")) == ([], True, True)
    assert "<b>" not in client.get(f"/ma-demande/{brouillon}/recapitulatif").content.decode().split("<main")[1]


def test_a_piece_that_is_not_asked_keeps_nothing(client: Client, brouillon: UUID) -> None:
    for champ in ("justificatifQualite", "inconnue", "identite1_nomFamille"):
        reponse = client.post(f"/ma-demande/{brouillon}/etape/pieces", {champ: SimpleUploadedFile("a.pdf", PDF)})
        is_said(reponse, 422, "Ce document n'est pas demandé ici.")
        assert given(brouillon) == []


def test_a_file_on_a_page_of_questions_loses_no_answer(client: Client, brouillon: UUID) -> None:
    envoi = {**gestes.ACTE, "nombreExemplaire": "5", "intrus": SimpleUploadedFile("a.pdf", PDF)}
    reponse = client.post(f"/ma-demande/{brouillon}/etape/acte", envoi)
    is_said(reponse, 422, "Ce document n'est pas demandé ici.")
    assert saisie.see(brouillon).document.reponses["nombreExemplaire"] == 5


def test_two_gigabytes_announced_are_refused_before_they_are_read(client: Client, brouillon: UUID) -> None:
    chemin = f"/ma-demande/{brouillon}/etape/pieces"
    envoi = {"pieceIdentite": SimpleUploadedFile("film.pdf", PDF)}
    is_said(client.post(chemin, envoi, CONTENT_LENGTH="2000000000"), 413, "Mo")
    assert given(brouillon) == []
