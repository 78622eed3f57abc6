"""Sealing a complément: another dépôt of the same télédossier, with what was re-opened and nothing else."""

from typing import Any
from uuid import UUID

import pytest

from psl.courriers import queries as courriers
from psl.journal import queries as journal
from psl.pieces import queries as fichiers
from psl.saisie import operations as saisie
from psl.saisie.document import Document
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.teledossiers import queries
from psl.teledossiers.models import Depot
from tests.saisie import gestes
from tests.teledossiers.gestes import NOW, file, sealed, send
from tests.usager.gestes import ACTE, COORDONNEES

pytestmark = pytest.mark.django_db


def ask(teledossier: UUID, *champs: str, pieces: tuple[str, ...] = (), affectations: tuple[str, ...] = ()) -> UUID:
    """Open what a service would have ticked, over what was filed."""
    contenu = Document(reponses=sealed(teledossier).valeurs)
    masque: dict[str, Any] = {"champs": sorted(champs), "pieces": sorted(pieces), "affectations": list(affectations)}
    return saisie.reopen(gestes.demarche(), contenu, teledossier=teledossier, masque=masque, langue="fr", now=NOW)


def test_only_what_was_asked_is_filed() -> None:
    depose = file(pieces=1)
    complement = ask(depose.teledossier, "demandeur_prenoms", pieces=("pieceIdentite",), affectations=("x",))
    gestes.fill(complement, "coordonnees", {**COORDONNEES, "demandeur_prenoms": "Noël", "demandeur_nomFamille": "Intrus"})
    fichier = gestes.attach(complement, nom="nette.pdf")
    gestes.fill(complement, "pieces")
    suite = send(complement, declarations=[])
    assert (suite.teledossier, suite.numero, suite.rang, suite.code) == (depose.teledossier, depose.numero, 2, None)
    enveloppe = sealed(depose.teledossier, 2)
    assert (enveloppe.valeurs, enveloppe.affectations) == ({"demandeur_prenoms": "Noël"}, ["x"])
    assert [piece.id for piece in enveloppe.pieces] == [str(fichier)]
    with scope(SYSTEME):
        assert len(fichiers.of(depose.teledossier)) == 2
        assert [fait.corps for fait in journal.of(depose.teledossier)][1:] == [
            {"rang": 2, "affectations": ["x"], "sha256": queries.digest_of(depose.teledossier, 2)}
        ]
    assert gestes.kinds(depose.teledossier) == ["teledossier.depose", "teledossier.complete"]


def test_a_question_that_an_answer_opened_is_filed_too() -> None:
    depose = file()
    complement = ask(depose.teledossier, "motif")
    gestes.fill(complement, "acte", {**ACTE, "motif": "AUTRE"})
    gestes.fill(complement, "acte", {"motif": "AUTRE", "motifPrecision": "Mon club"})
    send(complement, declarations=[])
    assert sealed(depose.teledossier, 2).valeurs == {"motif": "AUTRE", "motifPrecision": "Mon club"}


def test_a_piece_asked_must_be_given() -> None:
    depose = file()
    complement = ask(depose.teledossier, pieces=("pieceIdentite",))
    gestes.fill(complement, "pieces")
    with pytest.raises(Refus) as refus:
        send(complement)
    assert (refus.value.code, refus.value.phrase) == ("incomplet", "Il manque encore : Votre pièce d'identité.")
    gestes.attach(complement)
    gestes.fill(complement, "pieces")
    assert [send(complement).rang, send(complement).rang, Depot.objects.count()] == [2, 2, 2]


def test_a_new_address_is_the_one_to_write_to() -> None:
    depose = file()
    complement = ask(depose.teledossier, "contact_email")
    gestes.fill(complement, "coordonnees", {"contact_email": "nouvelle@exemple.example.org"})
    send(complement)
    with scope(SYSTEME):
        contact = courriers.contact(depose.teledossier)
    assert contact is not None
    assert (contact.courriel, contact.telephone) == ("nouvelle@exemple.example.org", "+33639981234")
    connues = [
        queries.is_second_fact(depose.teledossier, "courriel", c) for c in ("nouvelle@exemple.example.org", "noe@exemple.example.org")
    ]
    assert connues == [True, False]
