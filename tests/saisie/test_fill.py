"""Saving a page: what is valid, what is not yet, what is hidden, what comes next."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from psl.saisie.models import Brouillon
from psl.socle.errors import Refus
from psl.teledossiers.operations import submit
from tests.saisie import gestes
from tests.usager.gestes import ACTE, COORDONNEES, DEMANDE, PERSONNES

pytestmark = pytest.mark.django_db


def refused(brouillon: UUID, page: str) -> tuple[str, int]:
    with pytest.raises(Refus) as refus:
        gestes.fill(brouillon, page)
    return refus.value.code, refus.value.statut


def test_each_page_leads_to_the_next_and_the_last_to_the_recap(brouillon: UUID) -> None:
    suites = []
    for page in gestes.PAGES:
        rempli = gestes.fill(brouillon, page)
        if rempli.apparues:
            rempli = gestes.fill(brouillon, page)
        suites.append(rempli.suite)
    assert suites == [*gestes.PAGES[1:], "recapitulatif"]
    ouvert = gestes.see(brouillon)
    assert ouvert.document.faites == gestes.PAGES
    assert ouvert.document.reponses["communeConcerne"] == gestes.LA_ROCHELLE


def test_what_is_valid_is_kept_beside_what_is_not(brouillon: UUID) -> None:
    gestes.write(brouillon, gestes.REPONSES)
    rempli = gestes.fill(brouillon, "coordonnees", {**COORDONNEES, "contact_email": "noe@", "contact_telephone": "12"})
    document = gestes.see(brouillon).document
    assert (rempli.suite, sorted(rempli.erreurs)) == (None, ["contact_email", "contact_telephone"])
    assert document.bruts == {"contact_email": "noe@", "contact_telephone": "12"}
    assert (document.reponses["demandeur_prenoms"], "contact_email" in document.reponses) == ("Noé", False)
    assert "coordonnees" not in document.faites


def test_an_error_put_right_leaves_no_trace(brouillon: UUID) -> None:
    gestes.write(brouillon, gestes.REPONSES)
    gestes.fill(brouillon, "personnes", {**PERSONNES, "dateMariage.mois": "13"})
    assert gestes.fill(brouillon, "personnes").suite == "coordonnees"
    document = gestes.see(brouillon).document
    assert (document.bruts, document.erreurs) == ({}, {})


def test_c1_fields_unknown_hidden_or_of_another_page_are_ignored(brouillon: UUID) -> None:
    intrus = {"inconnu": "x", "dateDeces.jour": "1", "identite1_nomFamille": "Intrus", "scelle_at": "2026-01-01", "masque": "{}"}
    gestes.fill(brouillon, "demande", {**DEMANDE, **intrus})
    assert gestes.see(brouillon).document.reponses == {"action": "MARIAGE", "lieuEvenement": "FRANCE"}


def test_a_question_that_appears_is_shown_before_going_on(brouillon: UUID) -> None:
    gestes.fill(brouillon, "demande")
    rempli = gestes.fill(brouillon, "acte", {**ACTE, "motif": "AUTRE"})
    assert (rempli.suite, rempli.apparues, rempli.erreurs) == (None, ("motifPrecision",), {})
    assert gestes.fill(brouillon, "acte", {**ACTE, "motif": "AUTRE", "motifPrecision": "Mon club"}).suite == "qualite"


def test_an_answer_hidden_by_a_later_change_comes_back_with_it(brouillon: UUID) -> None:
    gestes.write(brouillon, gestes.REPONSES)
    gestes.fill(brouillon, "demande", {"action": "DECES", "lieuEvenement": "FRANCE"})
    assert "dateMariage" not in gestes.see(brouillon).situation(gestes.NOW).valeurs
    gestes.fill(brouillon, "demande", DEMANDE)
    assert gestes.see(brouillon).situation(gestes.NOW).valeurs["dateMariage"] == "1998-06-27"


def test_what_comes_from_the_address_is_ones_own_once_changed(brouillon: UUID) -> None:
    assert gestes.fill(brouillon, "demande").brouillon.document.provenance == {"action": "adresse"}
    gestes.fill(brouillon, "demande", {"action": "DECES", "lieuEvenement": "FRANCE"})
    assert gestes.see(brouillon).document.provenance == {}


def test_saving_counts_and_dates(brouillon: UUID) -> None:
    Brouillon.objects.filter(id=brouillon).update(prevenu_at=gestes.NOW)
    plus_tard = gestes.NOW + timedelta(days=3)
    gestes.fill(brouillon, "demande", now=plus_tard)
    row = Brouillon.objects.get(id=brouillon)
    assert (row.revision, row.enregistre_at, row.prevenu_at) == (1, plus_tard, None)


def test_a_commune_typed_by_hand(brouillon: UUID) -> None:
    gestes.fill(brouillon, "demande")
    sans_code = {**ACTE, "communeConcerne.code": ""}
    seule = gestes.fill(brouillon, "acte", {**sans_code, "communeConcerne": "Rochefort-en-Yvelines"})
    assert (seule.erreurs, seule.brouillon.document.reponses["communeConcerne"]["code"]) == ({}, "78522")
    plusieurs = gestes.fill(brouillon, "acte", {**sans_code, "communeConcerne": "Rochefort"})
    assert (plusieurs.commune, sorted(plusieurs.erreurs)) == ("communeConcerne", ["communeConcerne"])
    aucune = gestes.fill(brouillon, "acte", {**sans_code, "communeConcerne": "Zzyzxville"})
    assert (aucune.commune, sorted(aucune.erreurs)) == ("communeConcerne", ["communeConcerne"])
    assert aucune.brouillon.document.typed("communeConcerne") == "Zzyzxville"


def test_a_code_that_is_not_of_the_text_gives_way(brouillon: UUID) -> None:
    gestes.fill(brouillon, "demande")
    rempli = gestes.fill(brouillon, "acte", {**ACTE, "communeConcerne": "Rochefort-en-Yvelines", "communeConcerne.code": "17300"})
    assert rempli.brouillon.document.reponses["communeConcerne"]["code"] == "78522"


def test_what_is_refused() -> None:
    brouillon = gestes.ready()
    assert refused(brouillon, "inconnue") == ("page-inconnue", 404)
    assert refused(uuid4(), "demande") == ("brouillon-inconnu", 404)
    submit(brouillon, declarations=["exactitude"], acteur=gestes.operations.porteur(brouillon), now=gestes.NOW)
    assert refused(brouillon, "demande") == ("deja-envoyee", 409)


def test_a_page_that_answers_have_hidden_is_no_page() -> None:
    assert refused(gestes.ready(action="DECES", dateDeces="2019-06-27"), "qualite") == ("page-inconnue", 404)
