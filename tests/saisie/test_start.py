"""Starting: the current version, the answers of the address, nothing in clear."""

from uuid import UUID

import pytest
from django.db import connection

from psl.saisie.models import Brouillon
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from tests.saisie import gestes

pytestmark = pytest.mark.django_db


def test_the_address_gives_its_answers_and_says_so() -> None:
    ouvert = gestes.see(gestes.start(action="DECES", inconnu="x"))
    assert (ouvert.document.reponses, ouvert.document.provenance) == ({"action": "DECES"}, {"action": "adresse"})
    assert (ouvert.slug, ouvert.digest, ouvert.revision) == ("acte-etat-civil", gestes.demarche().digest, 0)


@pytest.mark.parametrize("valeur", ["ADOPTION", "", "mariage", "'; --", "MARIAGE\x00", "x" * 10_000])
def test_an_answer_that_is_not_offered_is_left_out(valeur: str) -> None:
    assert gestes.see(gestes.start(action=valeur)).document.reponses == {}


def test_a_value_that_is_kept_for_its_language() -> None:
    ouvert = gestes.see(gestes.start(langue="en"))
    assert (ouvert.langue, ouvert.demarche.langue) == ("en", "en")


def test_it_is_told_without_answers(brouillon: UUID) -> None:
    assert gestes.kinds(brouillon) == ["brouillon.commence"]


def test_a_closed_demarche_starts_nothing(fermee: str) -> None:
    with pytest.raises(Refus) as refus:
        gestes.start()
    assert (refus.value.code, refus.value.statut, refus.value.phrase) == ("demarche-close", 410, fermee)
    assert Brouillon.objects.count() == 0


def test_the_document_is_encrypted_and_its_key_is_its_bearers(brouillon: UUID) -> None:
    gestes.write(brouillon, {"identite1_nomFamille": "CANARI"})
    boite = bytes(Brouillon.objects.values_list("document", flat=True).get(id=brouillon))
    assert b"CANARI" not in boite
    autre = gestes.start()
    counts = []
    for acteur in (Acteur("porteur", brouillon, sujet=brouillon), Acteur("porteur", autre, sujet=autre), SYSTEME):
        with scope(acteur), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM socle_cle WHERE objet_id = %s", [brouillon])
            counts.append(cursor.fetchone()[0])
    assert counts == [1, 0, 1]
