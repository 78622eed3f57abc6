"""Leaving a way back by e-mail: the link goes, the code stays on the screen."""

from datetime import timedelta
from uuid import UUID

import pytest

from psl.courriers import queries as courriers
from psl.courriers.models import Contact, Envoi
from psl.courriers.queries import open_box
from psl.saisie import acces
from psl.saisie.operations import porteur, send_link
from psl.socle import cles
from psl.socle.acteur import scope
from psl.socle.errors import Refus
from tests.saisie import gestes

pytestmark = pytest.mark.django_db
COURRIEL = "noe@exemple.example.org"


def test_the_link_is_owed_without_the_code(brouillon: UUID) -> None:
    send_link(brouillon, courriel=f" {COURRIEL} ", now=gestes.NOW)
    with scope(porteur(brouillon)):
        envoi = Envoi.objects.get(sujet=brouillon)
        clair = open_box(bytes(envoi.boite), envoi.id, cles.open_key("envoi", envoi.id))
        contact = courriers.contact(brouillon)
    assert (envoi.gabarit, clair["vers"], contact and contact.courriel) == ("reprise", COURRIEL, COURRIEL)
    assert clair["contexte"] == {"titre": "Demander un acte d'état civil", "lien": acces.resume_path(brouillon)}


@pytest.mark.parametrize(
    "courriel",
    ["", " ", "noe", "noe@", "@exemple.fr", "a@b\r\nBcc: x@exemple.fr", "noe@exemple.fr, x@exemple.fr", "é" * 300 + "@exemple.fr"],
)
def test_an_address_that_is_none(brouillon: UUID, courriel: str) -> None:
    with pytest.raises(Refus) as refus:
        send_link(brouillon, courriel=courriel, now=gestes.NOW)
    assert (refus.value.code, refus.value.statut) == ("courriel-errone", 422)
    assert (Contact.objects.count(), Envoi.objects.count()) == (0, 0)


def test_five_an_hour(brouillon: UUID) -> None:
    for rang in range(5):
        send_link(brouillon, courriel=f"noe{rang}@exemple.example.org", now=gestes.NOW)
    with pytest.raises(Refus) as refus:
        send_link(brouillon, courriel=COURRIEL, now=gestes.NOW)
    assert (refus.value.code, refus.value.statut, Envoi.objects.count()) == ("trop-de-tentatives", 429, 5)
    send_link(brouillon, courriel=COURRIEL, now=gestes.NOW + timedelta(hours=1))
    assert (Envoi.objects.count(), Contact.objects.count()) == (6, 1)
