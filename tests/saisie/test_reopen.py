"""The brouillon of a complément: every answer is there, only what was ticked is open."""

from uuid import UUID

import pytest

from psl.saisie.models import Brouillon
from psl.socle.uuid7 import uuid7
from tests.saisie import gestes
from tests.usager.gestes import ACTE, COORDONNEES

pytestmark = pytest.mark.django_db
MASQUE = {"champs": ["contact_email"], "pieces": ["pieceIdentite"], "affectations": []}


@pytest.fixture
def complement(db: None) -> UUID:
    return gestes.complement(MASQUE)


def test_only_what_was_ticked_is_shown(complement: UUID) -> None:
    situation = gestes.see(complement).situation(gestes.NOW)
    champs = [(vue.page.cle, [champ.cle for champ in vue.champs if champ.type != "information"]) for vue in situation.pages]
    assert champs == [("coordonnees", ["contact_email"]), ("pieces", [])]
    assert [(a.piece.code, a.obligatoire) for a in situation.pieces] == [("pieceIdentite", True)]
    assert situation.valeurs["identite1_nomFamille"] == "Dupré"


def test_what_is_masked_cannot_be_changed(complement: UUID) -> None:
    gestes.fill(
        complement, "coordonnees", {**COORDONNEES, "contact_email": "nouveau@exemple.example.org", "demandeur_nomFamille": "Intrus"}
    )
    reponses = gestes.see(complement).document.reponses
    assert (reponses["contact_email"], reponses["demandeur_nomFamille"]) == ("nouveau@exemple.example.org", "Dupré")


def test_a_question_newly_required_opens_too() -> None:
    complement = gestes.complement({"champs": ["motif"], "pieces": [], "affectations": []})
    rempli = gestes.fill(complement, "acte", {**ACTE, "motif": "AUTRE", "nombreExemplaire": "5"})
    assert (rempli.apparues, rempli.brouillon.document.reponses["nombreExemplaire"]) == (("motifPrecision",), 2)
    rempli = gestes.fill(complement, "acte", {"motif": "AUTRE", "motifPrecision": "Mon club"})
    assert (rempli.suite, rempli.brouillon.document.reponses["motifPrecision"]) == ("recapitulatif", "Mon club")


def test_the_same_request_opens_the_same_brouillon() -> None:
    teledossier = uuid7(gestes.NOW)
    premier = gestes.complement(MASQUE, teledossier=teledossier)
    assert gestes.complement(dict(reversed(MASQUE.items())), teledossier=teledossier) == premier
    autre = {**MASQUE, "pieces": []}
    assert gestes.complement(autre, teledossier=teledossier) != premier
    assert gestes.complement(MASQUE) != premier
    Brouillon.objects.filter(id=premier).update(scelle_at=gestes.NOW)
    assert gestes.complement(MASQUE, teledossier=teledossier) != premier


def test_a_closed_demarche_still_takes_complements(fermee: str) -> None:
    assert gestes.kinds(gestes.complement(MASQUE)) == ["brouillon.commence"]
