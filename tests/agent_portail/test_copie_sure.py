"""The harmless copy of a file: no script, no action, no file inside; never the original when it cannot be made."""

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.instruction import queries
from psl.routage import queries as routage
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.pieces.test_sorties import harmful
from tests.usager import gestes


def _file(code: str, octets: bytes) -> tuple[UUID, UUID]:
    """File a request with one file; return its affectation and the file."""
    client = Client()
    brouillon = gestes.fill_all(client, action="MARIAGE")
    client.post(f"/ma-demande/{brouillon}/etape/pieces", {code: SimpleUploadedFile("livret.pdf", octets)})
    gestes.send(client, brouillon)
    travaux.drain()
    with scope(SYSTEME):
        scelle = teledossiers.sealed_from(brouillon, now=clock.now())
        assert scelle is not None
        affectation = routage.of_teledossier(scelle[0])[0].id
        return affectation, UUID(routage.read_content(affectation).pieces[0]["id"])


def _take(monde: Monde, affectation: UUID, fichier: UUID, copie: str) -> tuple[int, bytes]:
    reponse = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/fichier/{fichier}{copie}")
    return reponse.status_code, b"".join(reponse.streaming_content) if reponse.streaming else reponse.content


def test_the_agent_takes_a_copy_without_what_may_harm(monde: Monde) -> None:
    affectation, fichier = _file("preuveFiliation", harmful())
    statut, original = _take(monde, affectation, fichier, "")
    assert (statut, b"JavaScript" in original, b"CANARI" in original) == (200, True, True)
    statut, copie = _take(monde, affectation, fichier, "?copie=sure")
    assert (statut, copie[:5], [mot for mot in (b"JavaScript", b"Launch", b"CANARI") if mot in copie]) == (200, b"%PDF-", [])
    assert monde.sortes(affectation)[-2:] == ["fichier.consulte"] * 2


def test_a_file_that_nobody_can_read_has_no_copy(monde: Monde, affectation: UUID) -> None:
    with scope(monde.camille):
        fichier = queries.dossier(affectation, acteur=monde.camille, now=clock.now()).pieces[0].fichiers[0]
    statut, page = _take(monde, affectation, fichier.id, "?copie=sure")
    assert (statut, page[:5] == b"%PDF-") == (422, False)


def test_the_preview_leads_to_it(monde: Monde) -> None:
    affectation, fichier = _file("preuveFiliation", harmful())
    page = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/fichier/{fichier}/page/1").content.decode()
    assert f'href="/agent/dossier/{affectation}/fichier/{fichier}?copie=sure"' in page
