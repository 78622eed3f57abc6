"""The page of a dossier, its recap, its files: what is shown, what is noted, how files leave."""

from uuid import UUID

import pytest

from psl.instruction import operations, queries
from psl.socle import clock
from psl.socle.acteur import scope
from tests.instruction.monde import Monde
from tests.pieces.exemples import PDF


def _page(monde: Monde, affectation: UUID) -> str:
    reponse = monde.client(monde.camille).get(f"/agent/dossier/{affectation}")
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_answers_are_shown_by_block_with_labels(monde: Monde, affectation: UUID) -> None:
    page = _page(monde, affectation)
    shown = {texte: texte in page for texte in ("Camille Zoé", "N&#x27;Guyen", "27 juin 1998", "Copie intégrale", "Dupré Noé")}
    assert shown == dict.fromkeys(shown, True)


def test_each_reading_is_noted(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    for _ in range(3):
        client.get(f"/agent/dossier/{affectation}")
    assert monde.sortes(affectation) == ["affectation.creee", *["consultation"] * 3]


def test_d3_a_file_leaves_as_an_attachment_in_a_sandbox(monde: Monde, affectation: UUID) -> None:
    with scope(monde.camille):
        fichier = queries.dossier(affectation, acteur=monde.camille, now=clock.now()).pieces[0].fichiers[0]
    reponse = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/fichier/{fichier.id}")
    assert b"".join(reponse.streaming_content) == PDF
    entetes = {nom: reponse.headers[nom] for nom in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")}
    assert entetes == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    assert reponse.headers["Content-Disposition"].startswith("attachment;")
    assert monde.sortes(affectation)[-1] == "fichier.consulte"


def test_the_recap_is_the_one_the_worker_made(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    premier = client.get(f"/agent/dossier/{affectation}/recapitulatif.pdf")
    second = client.get(f"/agent/dossier/{affectation}/recapitulatif.pdf")
    assert (premier.status_code, premier.content[:5], premier.content == second.content) == (200, b"%PDF-", True)


def test_there_is_no_letter_before_an_answer(monde: Monde, affectation: UUID) -> None:
    assert monde.client(monde.camille).get(f"/agent/dossier/{affectation}/lettre.pdf").status_code == 404


def test_what_others_did_since_is_said_on_top(monde: Monde, affectation: UUID) -> None:
    _page(monde, affectation)
    operations.send_message(affectation, texte="Bonjour, avez-vous reçu ma demande ?", acteur=monde.usager(affectation), now=clock.now())
    page = _page(monde, affectation)
    assert ("Depuis votre visite du" in page, "a écrit au service" in page, "avez-vous reçu ma demande ?" in page) == (True, True, True)


@pytest.mark.parametrize("chemin", ["", "/recapitulatif.pdf", "/complement", "/acceptation"])
def test_without_a_session_one_logs_in_first(monde: Monde, affectation: UUID, chemin: str) -> None:
    from django.test import Client

    reponse = Client().get(f"/agent/dossier/{affectation}{chemin}")
    assert (reponse.status_code, reponse["Location"].split("?")[0]) == (302, "/agent/connexion")
