"""Removing a file: its key at once, its bytes by the job that the transaction owes."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings

from psl.pieces.models import Fichier
from psl.saisie.operations import detach, porteur
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.teledossiers.operations import submit
from tests.harnais import travaux
from tests.saisie import gestes

pytestmark = pytest.mark.django_db


def refused(brouillon: UUID, fichier: UUID) -> tuple[str, int]:
    with pytest.raises(Refus) as refus:
        detach(brouillon, fichier, now=gestes.NOW)
    return refus.value.code, refus.value.statut


def test_the_file_its_key_and_its_bytes_go() -> None:
    brouillon = gestes.ready()
    fichier = gestes.attach(brouillon)
    octets = settings.ETAT / "fichiers" / fichier.hex[-2:] / fichier.hex
    detach(brouillon, fichier, now=gestes.NOW)
    assert (Fichier.objects.filter(id=fichier).count(), Cle.objects.filter(objet_id=fichier).count(), octets.exists()) == (0, 0, True)
    travaux.drain(gestes.NOW)
    assert octets.exists() is False
    assert gestes.kinds(brouillon) == ["brouillon.commence", "piece.ajoutee", "piece.retiree"]


def test_only_ones_own_and_only_once() -> None:
    brouillon, autre = gestes.ready(), gestes.ready()
    fichier = gestes.attach(brouillon)
    assert refused(autre, fichier) == ("fichier-inconnu", 404)
    assert refused(brouillon, uuid4()) == ("fichier-inconnu", 404)
    detach(brouillon, fichier, now=gestes.NOW)
    assert refused(brouillon, fichier) == ("fichier-inconnu", 404)


def test_what_was_filed_stays() -> None:
    brouillon = gestes.ready()
    fichier = gestes.attach(brouillon)
    submit(brouillon, declarations=["exactitude"], acteur=porteur(brouillon), now=gestes.NOW)
    assert refused(brouillon, fichier) == ("deja-envoyee", 409)
    assert Fichier.objects.filter(id=fichier).count() == 1
