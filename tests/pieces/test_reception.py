"""The decorator of the views that take files, through Django's own client: order of the checks, what reaches the view."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from psl.pieces.televersement import reception
from psl.pieces.televersement.tampon import FichierTeleverse
from psl.socle.errors import Refus

MO = 1_000_000


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(
        ROOT_URLCONF="tests.pieces.essai.site",
        MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware", "tests.pieces.essai.site.ExplainRefus"],
        CSRF_FAILURE_VIEW="django.views.csrf.csrf_failure",
        TAILLE_FICHIER_MAX=MO,
    ):
        yield Client(enforce_csrf_checks=True)


def post(client: Client, chemin: str, *contenus: bytes, jeton: bool = True) -> tuple[int, dict[str, object]]:
    client.get("/")
    champs: dict[str, object] = {"texte": "é", "fichier": [SimpleUploadedFile(f"a{rang}.pdf", c) for rang, c in enumerate(contenus)]}
    if jeton:
        champs["csrfmiddlewaretoken"] = client.cookies["csrf"].value
    reponse = client.post(chemin, champs)
    return reponse.status_code, reponse.json() if reponse["Content-Type"] == "application/json" else {}


def test_each_file_is_judged_at_its_place(client: Client) -> None:
    statut, lu = post(client, "/envoi", b"x" * MO, b"x" * (MO + 1), b"")
    assert statut == 200
    assert [(nom, taille, rendu if len(rendu) < 20 else "") for nom, taille, rendu in lu["recus"]] == [  # type: ignore[union-attr, attr-defined]
        ("a0.pdf", MO, ""),
        ("a1.pdf", MO + 1, "fichier-trop-gros"),
        ("a2.pdf", 0, ""),
    ]


def test_a_forged_form_does_not_reach_the_view(client: Client) -> None:
    assert post(client, "/envoi", b"x", jeton=False)[0] == 403


def test_a_body_too_large_is_not_read(client: Client) -> None:
    statut, lu = post(client, "/envoi", *[b"x" * MO] * 6)
    assert (statut, lu["refus"]) == (413, "fichier-trop-gros")


def test_what_comes_before_the_body_refuses_before_it(client: Client) -> None:
    assert post(client, "/petit?etranger=1", b"x")[0] == 404
    assert post(client, "/petit", b"x" * 1_001)[1] == {"recus": [["a0.pdf", 1_001, "fichier-trop-gros"]]}


def test_no_file_is_said(client: Client) -> None:
    assert post(client, "/envoi")[1]["refus"] == "fichier-absent"


def test_a_get_is_left_alone(client: Client) -> None:
    assert client.get("/envoi").status_code == 422


def test_a_body_that_is_no_form_is_said(client: Client) -> None:
    client.get("/")
    reponse = client.post("/envoi", b"--B\r\n", content_type="multipart/form-data; boundary=" + "B" * 300)
    assert reponse.status_code in {400, 403}


def test_what_waits_on_the_disk_is_nameless_and_unreadable() -> None:
    fichier = FichierTeleverse("acte.pdf", 100)
    fichier.keep(b"canari" * 5)
    fichier._brut.flush()
    assert list((Path(settings.ETAT) / "tampons").iterdir()) == []
    assert b"canari" not in Path(f"/proc/{os.getpid()}/fd/{fichier._brut.fileno()}").read_bytes()
    assert b"".join(fichier.chunks()) == b"canari" * 5
    fichier.keep(b"x" * 100)
    assert (fichier.size, os.fstat(fichier._brut.fileno()).st_size) == (130, 0)
    with pytest.raises(Refus, match="fichier-trop-gros"):
        next(fichier.chunks())
    fichier.close()


def test_handlers_speak_django_s_protocol() -> None:
    garde = reception.LectureGardee(None, limite=1)
    assert (garde.receive_data_chunk(b"x", 0), garde.file_complete(1)) == (b"x", None)
    vide = reception.EcritureChiffree(None, limite=1)
    assert (vide.receive_data_chunk(b"x", 0), vide.file_complete(0)) == (None, None)
