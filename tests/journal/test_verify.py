import random

import pytest
from django.db import transaction

from psl.journal import operations as journal
from psl.journal import verification
from psl.journal.verification import read_anchors
from psl.socle.acteur import SYSTEME
from psl.socle.crypto import coffre
from psl.socle.uuid7 import uuid7
from tests.journal import alterations, exemplaire


@pytest.mark.parametrize("seed", range(20))
def test_a_journal_left_alone_verifies_with_bodies_purged_or_not(seed):
    it = exemplaire.make(random.Random(seed))
    assert it.verify(it.anchors()) == []
    for fait in it.faits:
        fait["corps"] = fait["sel"] = None
    assert it.verify(it.anchors()) == []


def test_a_thousand_alterations_are_all_found():
    missed, models = [], [exemplaire.make(random.Random(seed)) for seed in range(20)]
    for seed in range(1_000):
        chance = random.Random(seed)
        it = chance.choice(models).copy()
        ancres, before = it.anchors(), it.copy()
        alter = alterations.TOUTES[seed % len(alterations.TOUTES)]
        alter(it, chance)
        if it != before and not it.verify(ancres):
            missed.append((alter.__name__, seed))
    assert missed == []


@pytest.mark.parametrize("alter", alterations.TOUTES, ids=lambda alter: alter.__name__)
def test_each_alteration_alters(alter):
    """Guards the test above: an alteration that changed nothing would prove nothing."""
    it = exemplaire.make(random.Random(1))
    before = it.copy()
    alter(it, random.Random(2))
    assert it != before


def test_a_tail_cut_is_seen_by_its_anchor_only():
    it = exemplaire.make(random.Random(3))
    ancres = it.anchors()
    alterations.cut_tail(it, random.Random(1))
    assert it.verify({}) == []
    assert {anomalie.nature for anomalie in it.verify(ancres)} == {"ancre"}


def test_anchors_are_read_from_a_file_or_from_the_log():
    lines = ["1 aa 2026-11-23T12:00:00+00:00", '{"message": "journal scellé, ancre 2 bb 2026-11-23T12:01:00+00:00"}', "", "autre chose"]
    assert read_anchors(lines) == {1: "aa", 2: "bb"}


def fill(now):
    """Write a journal in the base: three lots, a purged subject, faits that wait."""
    sujets = [uuid7() for _ in range(3)]
    for _ in range(3):
        with transaction.atomic():
            for sujet in sujets:
                journal.record("essai.muet", sujet, by=SYSTEME, at=now, corps={"motif": "é", "n": [1, {"b": None, "a": 10**20}]})
        journal.seal(now=now)
    journal.purge_bodies(sujets[:1])
    with transaction.atomic():
        journal.record("essai.muet", sujets[0], by=SYSTEME, at=now)


UN = "(SELECT id FROM journal_fait WHERE rang = 2 ORDER BY id LIMIT 1)"
ALTERATIONS = {
    "sorte": f"UPDATE journal_fait SET sorte = 'autre' WHERE id = {UN}",
    "at": f"UPDATE journal_fait SET at = at + interval '1 microsecond' WHERE id = {UN}",
    "acteur": f"UPDATE journal_fait SET acteur_id = gen_random_uuid() WHERE id = {UN}",
    "corps": "UPDATE journal_fait SET corps = corps || '{\"faux\": 1}' WHERE corps IS NOT NULL",
    "corps rendu": "UPDATE journal_fait SET corps = '{}', sel = '' WHERE corps IS NULL",
    "sujet": f"UPDATE journal_fait SET sujet = gen_random_uuid() WHERE id = {UN}",
    "rang": "UPDATE journal_fait SET rang = rang + 10 WHERE rang = 3",
    "empreinte": f"UPDATE journal_fait SET empreinte = sha256('x') WHERE id = {UN}",
    "fait retiré": f"DELETE FROM journal_fait WHERE id = {UN}",
    "fin de chaîne retirée": "DELETE FROM journal_fait WHERE rang = 4",
    "fait ajouté": (
        "INSERT INTO journal_fait SELECT gen_random_uuid(), sorte, gen_random_uuid(), 1, acteur_sorte, acteur_id, at, corps, sel, digest,"
        " precedent, empreinte FROM journal_fait WHERE rang = 1 LIMIT 1"
    ),
    "feuille retirée": f"DELETE FROM journal_feuille WHERE fait_id = {UN}",
    "feuille changée": f"UPDATE journal_feuille SET empreinte = sha256('x') WHERE fait_id = {UN}",
    "feuille déplacée": "UPDATE journal_feuille SET position = position + 7",
    "lot changé": "UPDATE journal_lot SET at = at + interval '1 day' WHERE rang = 2",
    "racine": "UPDATE journal_lot SET racine = sha256('x') WHERE rang = 2",
    "signature": "UPDATE journal_lot SET signature = (SELECT signature FROM journal_lot WHERE rang = 1) WHERE rang = 2",
    "lot retiré": "DELETE FROM journal_lot WHERE rang = 2",
    "dernier lot retiré": "DELETE FROM journal_lot WHERE rang = 3",
    "jeton d'un autre": "UPDATE journal_horodatage SET jeton = (SELECT jeton FROM journal_horodatage WHERE lot_id = 1) WHERE lot_id = 2",
    "jeton abîmé": "UPDATE journal_horodatage SET jeton = set_byte(jeton, 100, 0) WHERE lot_id = 2",
    "jeton retiré": "DELETE FROM journal_horodatage WHERE lot_id = 2",
    "oubli": "DELETE FROM journal_a_sceller",
    "encore à sceller": f"INSERT INTO journal_a_sceller VALUES ({UN})",
    "à sceller inconnu": "INSERT INTO journal_a_sceller VALUES (gen_random_uuid())",
}
TABLES = ("journal_fait", "journal_lot", "journal_horodatage", "journal_feuille", "journal_a_sceller")


def test_alterations_in_the_base_are_all_found(base_reelle, now):
    fill(now)
    assert verification.verify() == []
    missed = []
    with base_reelle.connect("postgres") as raw:
        raw.execute("SET session_replication_role = replica")
        for table in TABLES:
            raw.execute(f"CREATE TABLE copie_{table} AS TABLE {table}")
        for name, statement in ALTERATIONS.items():
            assert raw.execute(statement).rowcount > 0, name
            if not verification.verify():
                missed.append(name)
            for table in TABLES:
                raw.execute(f"TRUNCATE {table} CASCADE")
            for table in TABLES:
                raw.execute(f"INSERT INTO {table} TABLE copie_{table}")
    assert missed == []
    assert verification.verify() == []


def test_another_signing_key_is_not_ours(base_reelle, now, settings, tmp_path):
    fill(now)
    settings.COFFRE = "tests.journal.test_verify.AutreCoffre"
    assert [anomalie.nature for anomalie in verification.verify()] == ["signature", "jeton-recu"] * 3


class AutreCoffre:
    """A coffre with another signing key."""

    def public_key(self):
        return exemplaire.PUBLIQUE


@pytest.mark.django_db
def test_the_coffre_signs_the_lots(now):
    with transaction.atomic():
        journal.record("essai.muet", uuid7(), by=SYSTEME, at=now)
    journal.seal(now=now)
    assert coffre().public_key() != exemplaire.PUBLIQUE
    assert verification.verify() == []
