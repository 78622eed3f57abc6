"""The search step: a commune chosen goes where a commune goes, and nowhere else."""

from uuid import UUID

import pytest

from psl.saisie.operations import choose_commune
from psl.socle.errors import Refus
from tests.saisie import gestes
from tests.usager.gestes import ACTE, COORDONNEES

pytestmark = pytest.mark.django_db
LYON_3 = {"code": "69383", "libelle": "Lyon 3e Arrondissement", "code_postal": "69003"}


def test_it_is_kept_in_its_question_and_what_was_typed_is_forgotten(brouillon: UUID) -> None:
    gestes.fill(brouillon, "demande")
    gestes.fill(brouillon, "acte", {**ACTE, "communeConcerne": "Rochefort", "communeConcerne.code": ""})
    assert choose_commune(brouillon, "communeConcerne", "17300", now=gestes.NOW) == "acte"
    document = gestes.see(brouillon).document
    assert (document.reponses["communeConcerne"], document.bruts, document.erreurs) == (gestes.LA_ROCHELLE, {}, {})
    assert document.reponses["nombreExemplaire"] == 2


def test_in_an_address_the_rest_of_it_stays() -> None:
    brouillon = gestes.ready()
    gestes.fill(brouillon, "coordonnees", {**COORDONNEES, "adresse.commune": "Rochefort", "adresse.commune.code": ""})
    assert choose_commune(brouillon, "adresse.commune", "17300", now=gestes.NOW) == "coordonnees"
    adresse = gestes.see(brouillon).document.reponses["adresse"]
    assert (adresse["voie"], adresse["commune"]) == ("3 rue des Essais", gestes.LA_ROCHELLE)
    assert gestes.fill(brouillon, "coordonnees").suite == "pieces"


@pytest.mark.parametrize("code", ["", "99999", "1730", "17300 ", "17300\x00", "' OR 1=1", "x" * 5000])
def test_an_unknown_commune_is_refused_and_nothing_changes(code: str) -> None:
    refuse(gestes.ready(), "communeConcerne", code)


@pytest.mark.parametrize(
    "cle",
    ["", ".", "inconnu", "identite1_nomFamille", "adresse", "adresse.voie", "adresse.commune.code", "communeConcerne.commune", "action"],
)
def test_it_goes_in_no_other_question(cle: str) -> None:
    refuse(gestes.ready(), cle, "17300")


def test_nor_in_one_that_is_not_shown() -> None:
    refuse(gestes.ready(lieuEvenement="ETRANGER"), "communeConcerne", "17300")
    masque = {"champs": ["contact_email"], "pieces": [], "affectations": []}
    refuse(gestes.complement(masque), "communeConcerne", "17300")


def refuse(brouillon: UUID, cle: str, code: str) -> None:
    avant = gestes.see(brouillon)
    with pytest.raises(Refus) as refus:
        choose_commune(brouillon, cle, code, now=gestes.NOW)
    assert (refus.value.code, refus.value.statut) == ("commune-inconnue", 404)
    apres = gestes.see(brouillon)
    assert (apres.document, apres.revision) == (avant.document, avant.revision)
