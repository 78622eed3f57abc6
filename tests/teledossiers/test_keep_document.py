"""Documents: encrypted, made once, read under one's own scope."""

from hashlib import sha256
from uuid import UUID

import pytest

from psl.saisie.operations import porteur
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from psl.teledossiers import queries
from psl.teledossiers.models import Document
from psl.teledossiers.operations import keep_document
from tests.saisie.gestes import kinds
from tests.teledossiers.gestes import NOW, file

pytestmark = pytest.mark.django_db
PDF = b"%PDF CANARI"


def keep(sujet: UUID, octets: bytes = PDF, **choix: object) -> UUID:
    with scope(SYSTEME):
        return keep_document(sujet, str(choix.pop("nature", "accuse")), octets, nom="Accusé de réception", now=NOW, **choix)


def test_the_same_one_is_made_once() -> None:
    sujet, affectation = file().teledossier, uuid7(NOW)
    premier = keep(sujet)
    assert keep(sujet, b"autre") == premier
    autres = {keep(sujet, rang=2), keep(sujet, nature="lettre"), keep(sujet, affectation=affectation), keep(sujet, affectation=affectation)}
    assert (len(autres | {premier}), Document.objects.count()) == (4, 4)
    assert kinds(sujet) == ["teledossier.depose"] + ["document.produit"] * 4


def test_it_is_encrypted_and_dated() -> None:
    sujet = file().teledossier
    row = Document.objects.get(id=keep(sujet))
    assert (b"CANARI" in bytes(row.octets), row.taille, bytes(row.sha256)) == (False, len(PDF), sha256(PDF).digest())


def test_whose_it_is_reads_it() -> None:
    sujet, service = file().teledossier, uuid7(NOW)
    document = keep(sujet, service=service)
    read = {}
    for nom, acteur in {
        "usager": porteur(sujet),
        "agent": Acteur("agent", uuid7(), frozenset({service})),
        "autre usager": porteur(uuid7()),
        "autre agent": Acteur("agent", uuid7(), frozenset({uuid7()})),
    }.items():
        with scope(acteur):
            try:
                read[nom] = queries.read_document(document) == PDF
            except Refus as refus:
                read[nom] = refus.code
    assert read == {"usager": True, "agent": True, "autre usager": "detruit", "autre agent": "detruit"}
