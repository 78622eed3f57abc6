"""A complément that has come: the answer changed and the file added are marked, the recap is made again, the dossier is back."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from psl.instruction import queries
from psl.instruction.etats import Etat
from psl.saisie import acces
from psl.socle import clock
from psl.socle.acteur import scope
from psl.suivi import operations as suivi
from psl.teledossiers import queries as teledossiers
from tests.harnais import travaux
from tests.instruction.monde import Monde
from tests.pieces.exemples import png
from tests.usager import gestes


def _answer(monde: Monde, affectation: UUID) -> datetime:
    """Fill what was re-opened and send it, from the usager's browser; do what follows. Returns when it was sent, at the latest."""
    brouillon = suivi.start_complement(monde.see(affectation).teledossier, affectation, now=clock.now())
    client = Client()
    client.cookies[acces.cookie_name(brouillon)] = acces.sign(brouillon)
    nouvelle = {"dateMariage.jour": "28", "dateMariage.mois": "6", "dateMariage.annee": "1998"}
    assert gestes.fill(client, brouillon, "personnes", nouvelle).status_code == 302
    piece = SimpleUploadedFile("recto.png", png())
    assert gestes.fill(client, brouillon, "pieces", {"pieceIdentite": piece}).status_code == 302
    assert gestes.send(client, brouillon).status_code == 302
    sent_at = clock.now()
    travaux.drain()
    return sent_at


def test_what_came_is_marked_and_the_rest_is_not(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation, champs=("dateMariage",))
    _answer(monde, affectation)
    with scope(monde.camille):
        vue = queries.dossier(affectation, acteur=monde.camille, now=clock.now())
    changed = {reponse.cle: reponse.valeur for bloc in vue.blocs for reponse in bloc.reponses if reponse.change_at}
    added = {fichier.nom: fichier.est_complement for piece in vue.pieces for fichier in piece.fichiers}
    assert (vue.etat, vue.est_mien) == (Etat.EN_INSTRUCTION, True)
    assert changed == {"dateMariage": "28 juin 1998"}
    assert added == {"carte d'identité.pdf": False, "recto.png": True}


def test_the_recap_is_made_again_with_all_that_was_received(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.camille)
    premier = client.get(f"/agent/dossier/{affectation}/recapitulatif.pdf").content
    monde.take(affectation)
    monde.ask(affectation, champs=("dateMariage",))
    _answer(monde, affectation)
    second = client.get(f"/agent/dossier/{affectation}/recapitulatif.pdf").content
    with scope(monde.camille):
        rangs = [vu.rang for vu in teledossiers.documents(monde.see(affectation).teledossier) if vu.nature == "recapitulatif"]
    assert (rangs, premier != second) == ([1, 2], True)


def test_the_new_file_opens_with_the_key_of_its_copy(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation, champs=("dateMariage",))
    _answer(monde, affectation)
    with scope(monde.camille):
        vue = queries.dossier(affectation, acteur=monde.camille, now=clock.now())
    fichier = next(fichier for piece in vue.pieces for fichier in piece.fichiers if fichier.est_complement)
    reponse = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/fichier/{fichier.id}")
    assert (b"".join(reponse.streaming_content), reponse.headers["Content-Type"]) == (png(), "image/png")


def test_the_answer_counts_from_when_it_was_sent(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    monde.ask(affectation, champs=("dateMariage",))
    before = clock.now()
    sent_at = _answer(monde, affectation)
    with scope(monde.camille):
        demande = queries.requests(affectation)[0]
    assert demande.repondue_at is not None
    assert before < demande.repondue_at <= sent_at
