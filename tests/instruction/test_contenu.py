"""Whose request it is, for a list; what a recipient who receives less may ask again."""

from uuid import UUID

import pytest

from psl.instruction.queries import contenu
from psl.routage import queries as routage
from psl.socle.acteur import scope
from tests.instruction.monde import Monde

MOTS = ("identite1_nomFamille", "identite1_prenoms", "identite2_nomFamille", "demandeur_nomFamille")


@pytest.mark.parametrize(
    ("valeurs", "nom"),
    [
        ({"demandeur_nomFamille": "Dupré", "demandeur_prenoms": "Noé", "identite1_nomFamille": "Martin"}, "Dupré Noé"),
        ({"identite1_nomFamille": "Martin", "identite1_prenoms": "Camille"}, "Martin Camille"),
        ({"identite2_nomFamille": "N'Guyen"}, "N'Guyen"),
        ({}, ""),
    ],
)
def test_the_usager_is_who_asks_else_the_first_identity(valeurs: dict[str, object], nom: str) -> None:
    assert contenu.applicant(valeurs, MOTS) == nom


def test_a_recipient_asks_again_only_what_it_receives(monde: Monde, affectation: UUID) -> None:
    with scope(monde.camille):
        lu = contenu.read(routage.get_affectation(affectation))
    moins = contenu.Lu(lu.contenu, lu.situation, frozenset({"dateMariage", "pieceIdentite"}))
    assert [question.cle for groupe in contenu.questions(moins) for question in groupe.questions] == ["dateMariage"]
    assert [piece.cle for piece in contenu.pieces(moins)] == ["pieceIdentite"]


def test_titles_are_not_said_twice(monde: Monde, affectation: UUID) -> None:
    with scope(monde.camille):
        titres = [groupe.titre for groupe in contenu.questions(contenu.read(routage.get_affectation(affectation)))]
    assert len(titres) == len(set(titres))
