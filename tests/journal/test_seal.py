import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection, transaction

from psl.journal import empreintes, jetons, queries, verification
from psl.journal import operations as journal
from psl.journal.horodateur import horodateur
from psl.journal.models import Feuille, Horodatage, Lot
from psl.socle.acteur import SYSTEME
from psl.socle.uuid7 import uuid7


def record(count, now):
    with transaction.atomic():
        return [journal.record("essai.muet", uuid7(), by=SYSTEME, at=now) for _ in range(count)]


def rfc6962(leaves):
    """The recursive definition of RFC 6962 §2.1, on hashed leaves."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + rfc6962(leaves[:k]) + rfc6962(leaves[k:])).digest()


@pytest.mark.parametrize("size", [*range(1, 40), 1_000])
def test_the_root_is_that_of_rfc_6962(size):
    leaves = [empreintes.leaf_hash(bytes([place % 256])) for place in range(size)]
    assert empreintes.merkle_root(leaves) == rfc6962(leaves)


def test_the_empty_tree_and_the_known_leaf_of_rfc_6962():
    assert empreintes.merkle_root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert empreintes.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@pytest.mark.django_db
def test_new_faits_are_sealed_once_in_chained_lots(now):
    first = record(3, now)
    assert (queries.unsealed(), journal.seal(now=now), queries.unsealed(), journal.seal(now=now)) == (3, 3, 0, 0)
    second = record(2, now)
    assert journal.seal(now=now + timedelta(minutes=1)) == 2
    lots = list(Lot.objects.order_by("rang"))
    assert [(lot.rang, lot.taille) for lot in lots] == [(1, 3), (2, 2)]
    assert [bytes(lot.precedent) for lot in lots] == [empreintes.ORIGINE, bytes(lots[0].empreinte)]
    assert set(Feuille.objects.values_list("fait_id", "lot_id")) == {(f.id, 1) for f in first} | {(f.id, 2) for f in second}


@pytest.mark.django_db
def test_a_large_minute_makes_several_lots(now, monkeypatch):
    monkeypatch.setattr(journal, "_LOT", 4)
    record(10, now)
    assert journal.seal(now=now) == 10
    assert list(Lot.objects.order_by("rang").values_list("taille", flat=True)) == [4, 4, 2]


@pytest.mark.django_db
def test_each_lot_leaves_its_anchor_outside_the_base(now, settings, tmp_path):
    settings.ETAT = tmp_path
    record(1, now)
    journal.seal(now=now)
    lot = Lot.objects.get()
    assert (tmp_path / "journal" / "ancres.txt").read_text() == f"1 {lot.empreinte.hex()} {now.isoformat()}\n"


def test_parallel_sealers_seal_each_fait_once(base_reelle, now):
    record(200, now)
    sealed = []

    def seal():
        sealed.append(journal.seal(now=now))
        connection.close()

    sealers = [threading.Thread(target=seal) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    assert (sum(sealed), Feuille.objects.count()) == (200, 200)


@pytest.mark.django_db
def test_each_lot_is_timestamped(now):
    record(2, now)
    journal.seal(now=now)
    [horodatage] = Horodatage.objects.all()
    jetons.check(bytes(horodatage.jeton), digest=bytes(horodatage.lot.empreinte), racines=horodateur().certificates())
    assert queries.unstamped() == queries.Attente(0, None)


@pytest.mark.django_db
def test_an_authority_that_is_down_stops_nothing_and_is_caught_up_in_order(now, settings):
    settings.HORODATEUR = "psl.connecteurs.horodateurs.en_panne.HorodateurEnPanne"
    for minute in range(3):
        record(2, now)
        journal.seal(now=now + timedelta(minutes=minute))
    attente = queries.unstamped()
    assert (attente, Lot.objects.count(), verification.verify()) == (queries.Attente(3, now), 3, [])
    settings.HORODATEUR = "psl.connecteurs.horodateurs.demonstration.HorodateurDemonstration"
    retour = now + timedelta(hours=4)
    assert (journal.seal(now=retour), queries.unstamped()) == (0, queries.Attente(0, None))
    assert (list(Horodatage.objects.order_by("lot").values_list("at", flat=True)), verification.verify()) == ([retour] * 3, [])
