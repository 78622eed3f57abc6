"""Outside: who is bombed with e-mails, what a poisoned document may do, a file destroyed that a link still names."""

import json
from datetime import timedelta

import pytest

from psl.courriers.models import Envoi
from psl.fiches.sources.archives import read
from psl.fiches.sources.lus import Casse, Lu
from psl.pieces import operations as pieces
from psl.pieces import queries as fichiers
from psl.pieces.models import Etat, Fichier
from psl.pieces.operations.retrait import destroy
from psl.pieces.regles import Regles
from psl.saisie.operations import send_link
from psl.socle import clock
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.acces import gestes
from tests.instruction import monde as mondes
from tests.pieces.test_quarantaine import INFECTE
from tests.saisie import gestes as saisie
from tests.teledossiers.gestes import NOW

pytestmark = pytest.mark.django_db


def test_d9_a_file_destroyed_is_served_to_nobody() -> None:
    monde = mondes.make()
    cible = gestes.make(monde, monde.camille)
    agent, service = monde.client(monde.camille), gestes.service(cible)
    racine = f"/agent/dossier/{cible.affectation}/fichier/{cible.piece}"
    chemins = ((agent, racine), (service, f"/agent/gestionnaire-de-suivi/fichier/{cible.piece}"))
    assert [client.get(chemin).status_code for client, chemin in chemins] == [200, 200]
    chemins += ((agent, f"{racine}/page/1"), (agent, f"{racine}/image/0"))
    with scope(SYSTEME):
        destroy([cible.piece])
    statuts = {chemin: client.get(chemin).status_code for client, chemin in chemins}
    assert {chemin: statut for chemin, statut in statuts.items() if statut not in {404, 410}} == {}


def test_e2_a_poisoned_document_is_refused_or_harmless() -> None:
    """A source that answers with a page, nothing, a bomb, or the wrong type: told as broken, never raised."""
    poisons = {
        "page": b"<!doctype html><html><body>504 Gateway Time-out",
        "vide": b"",
        "nul": b"null",
        "nombre": b"1e999",
        "profond": b"[" * 100_000,
        "bombe": b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]><Publication>&c;&c;</Publication>',
        "entité": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Publication ID="F1">&b;</Publication>',
        "latin": "é".encode("latin-1"),
        "substitut": json.dumps(["Publication", {"ID": "F1"}, "\ud800"]).encode(),
        "zéro": json.dumps(["Publication", {"ID": "F1"}, "\x00"]).encode(),
        "types": json.dumps({"children": [{"type": "element", "name": 3, "children": "x"}]}).encode(),
    }
    for extension in ("json", "xml"):
        lus = {nom: read(f"particuliers/F1.{extension}", octets) for nom, octets in poisons.items()}
        assert {nom for nom, lu in lus.items() if not isinstance(lu, (Lu, Casse))} == set()
        assert [nom for nom, lu in lus.items() if isinstance(lu, Lu) and ("root:" in str(lu.arbre) or len(str(lu.arbre)) > 100_000)] == []
        assert {nom for nom, lu in lus.items() if isinstance(lu, Lu)} <= {"bombe", "entité"}


def test_e5_many_drafts_do_not_bomb_one_mailbox() -> None:
    """Ten links a day for one person, however many brouillons are started and however the address is dressed."""
    habits = ("victime@exemple.example.org", " VICTIME@exemple.example.org ", "victime+{}@Exemple.example.org")
    codes = []
    for rang in range(14):
        try:
            send_link(saisie.start(), courriel=habits[rang % 3].format(rang), now=NOW)
        except Refus as refus:
            codes.append((rang, refus.code, refus.statut))
    assert (codes, Envoi.objects.count()) == ([(rang, "trop-de-tentatives", 429) for rang in range(10, 14)], 10)
    send_link(saisie.start(), courriel="voisine@exemple.example.org", now=NOW)
    send_link(saisie.start(), courriel=habits[0], now=NOW + timedelta(days=1, seconds=1))


def set_aside(nombre: int, taille: int) -> None:
    now = clock.now()
    Fichier.objects.bulk_create(
        Fichier(
            id=uuid7(now),
            sujet=uuid7(now),
            piece="x",
            etat=Etat.QUARANTAINE,
            virus="V",
            ecarte_at=now,
            created_at=now,
            type="application/pdf",
            taille=taille,
            boite=b"",
        )
        for _ in range(nombre)
    )


@pytest.mark.parametrize(("nombre", "taille"), [(500, 1), (100, 20_000_000)])
def test_d8_the_quarantine_of_all_together_is_bounded(nombre: int, taille: int, tmp_path_factory: pytest.TempPathFactory, settings) -> None:
    """Who sends viruses from a thousand brouillons is refused each time, and keeps no more of our disk."""
    settings.ETAT = tmp_path_factory.mktemp("etat")
    set_aside(nombre, taille)
    with pytest.raises(Refus) as refus:
        pieces.receive(uuid7(NOW), "PieceIdentite", nom="a.pdf", chunks=[INFECTE], regles=Regles(10_000_000), now=NOW)
    assert (refus.value.code, Fichier.objects.count(), fichiers.quarantine_size(uuid7(NOW))) == (
        "fichier-virus",
        nombre,
        (nombre, nombre * taille, 0),
    )
