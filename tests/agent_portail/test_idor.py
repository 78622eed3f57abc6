"""Somebody else's dossier: 404 on every route, with nothing of it in the answer, and nothing noted or changed."""

from uuid import UUID, uuid4

import pytest

from psl.instruction import queries
from psl.portails.agent import urls
from psl.socle import clock
from psl.socle.acteur import scope
from tests.instruction.monde import Monde

# What is done by GET, and what by POST, with what the route asks beside the dossier.
DOSSIER = [route for route in urls.urlpatterns if "affectation_id" in str(route.pattern)]
LUES = {
    "dossier",
    "recapitulatif",
    "lettre",
    "fichier",
    "apercu",
    "image",
    "pec",
    "document",
    "complement",
    "acceptation",
    "refus",
    "non-recevable",
    "sans-suite",
    "reorientation",
}
POSTEES = {
    "prise": {},
    "remise": {},
    "attribution": {"agent": str(uuid4())},
    "message": {"texte": "Bonjour"},
    "complement": {"piece": "pieceIdentite", "motif": "m", "echeance.jour": "1", "echeance.mois": "1", "echeance.annee": "2027"},
    "acceptation": {"lettre": "l"},
    "refus": {"lettre": "l", "motif": "m"},
    "non-recevable": {"lettre": "l", "motif": "m"},
    "sans-suite": {"lettre": "l", "motif": "m"},
    "reorientation": {"service": "rochefort-etat-civil", "motif": "m"},
}


def _path(monde: Monde, nom: str, affectation: UUID) -> str:
    with scope(monde.camille):
        fichier = queries.dossier(affectation, acteur=monde.camille, now=clock.now()).pieces[0].fichiers[0].id
    route = next(str(route.pattern) for route in DOSSIER if route.name == nom)
    return "/agent/" + route.replace("<uuid:affectation_id>", str(affectation)).replace("<uuid:fichier_id>", str(fichier)).replace(
        "<int:rang>", "1"
    )


def test_every_route_of_a_dossier_is_tried_here() -> None:
    assert {route.name for route in DOSSIER} == LUES | POSTEES.keys()


@pytest.mark.parametrize("nom", sorted(LUES))
def test_a9_reading(monde: Monde, affectation: UUID, nom: str) -> None:
    monde.take(affectation)
    before = monde.sortes(affectation)
    reponse = monde.client(monde.ines).get(_path(monde, nom, affectation))
    assert (reponse.status_code, "Dupré" in reponse.content.decode()) == (404, False)
    assert monde.sortes(affectation) == before


@pytest.mark.parametrize("nom", sorted(POSTEES))
def test_a9_acting(monde: Monde, affectation: UUID, nom: str) -> None:
    monde.take(affectation)
    before = monde.sortes(affectation)
    reponse = monde.client(monde.ines).post(_path(monde, nom, affectation), {**POSTEES[nom], "version": "2"})
    assert (reponse.status_code, "Dupré" in reponse.content.decode()) == (404, False)
    assert (monde.sortes(affectation), monde.version(affectation)) == (before, 2)


def test_a2_a_file_of_another_dossier_is_not_in_this_one(monde: Monde, affectation: UUID) -> None:
    autre = monde.file()
    fichier = _path(monde, "fichier", autre).rsplit("/", 1)[1]
    reponse = monde.client(monde.camille).get(f"/agent/dossier/{affectation}/fichier/{fichier}")
    assert reponse.status_code == 404


def test_a_dossier_that_does_not_exist_has_the_same_answer(monde: Monde, affectation: UUID) -> None:
    client = monde.client(monde.ines)
    pages = [client.get(f"/agent/dossier/{id_}").content.decode() for id_ in (affectation, uuid4())]
    without_ids = [page.replace(str(affectation), "").split("<main")[1].split("</main>")[0] for page in pages]
    assert without_ids[0] == without_ids[1]
