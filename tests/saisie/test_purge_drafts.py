"""The end of a brouillon, and a save at the very moment of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from django.db import connections

from psl.courriers.models import Contact, Envoi
from psl.pieces import operations as pieces
from psl.pieces import queries as fichiers
from psl.pieces.models import Fichier
from psl.saisie.models import Brouillon
from psl.saisie.operations import open_locked, porteur, save, send_link
from psl.saisie.purges import forget_sealed, purge_drafts
from psl.socle.acteur import scope
from tests.harnais.base import BaseReelle
from tests.pieces.exemples import PDF
from tests.saisie import gestes
from tests.teledossiers.gestes import send

_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
LIMITE = gestes.NOW + timedelta(days=30)


def purge() -> int:
    try:
        return purge_drafts(LIMITE)
    finally:
        connections.close_all()


def wait_until_blocked(base: BaseReelle) -> None:
    """Return once the purge waits for a row that somebody holds."""
    with base.connect("postgres") as connection:
        while connection.execute(_WAITING).fetchone() == (0,):
            pass


def test_thirty_days_after_the_last_save(base_reelle: BaseReelle) -> None:
    vieux, jeune = gestes.ready(), gestes.ready(now=gestes.NOW + timedelta(seconds=1))
    gestes.attach(vieux)
    gestes.write(vieux, {})
    assert [purge_drafts(LIMITE), purge_drafts(LIMITE)] == [1, 0]
    assert (list(Brouillon.objects.values_list("id", flat=True)), Fichier.objects.count()) == ([jeune], 0)
    assert gestes.kinds(vieux)[-1] == "brouillon.purge"


def test_a_sealed_one_keeps_no_address(base_reelle: BaseReelle) -> None:
    envoye, ouvert = gestes.ready(), gestes.ready()
    for brouillon in (envoye, ouvert):
        send_link(brouillon, courriel="x@exemple.example.org", now=gestes.NOW)
    send(envoye)
    assert [forget_sealed(gestes.NOW), forget_sealed(gestes.NOW)] == [1, 0]
    for modele in (Contact, Envoi):
        assert (modele.objects.filter(sujet=envoye).count(), modele.objects.filter(sujet=ouvert).count()) == (0, 1)


def test_what_is_saved_as_the_purge_passes_stays_whole(base_reelle: BaseReelle) -> None:
    brouillon: UUID = gestes.ready()
    gestes.attach(brouillon)
    with ThreadPoolExecutor(1) as thread:
        with scope(porteur(brouillon)):
            ouvert = open_locked(brouillon)
            ouvert.document.reponses["identite1_nomFamille"] = "Sauvé"
            save(ouvert, now=LIMITE)
            purged = thread.submit(purge)
            wait_until_blocked(base_reelle)
        assert purged.result() == 0
    assert gestes.see(brouillon).document.reponses["identite1_nomFamille"] == "Sauvé"
    with scope(porteur(brouillon)):
        [fichier] = fichiers.of(brouillon)
        assert b"".join(pieces.read(fichier.id)) == PDF
