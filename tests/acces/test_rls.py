"""Row-level security by plain SQL, under the application's role: 0 foreign row read, 0 written (S5)."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from psl.instruction import operations
from psl.saisie.operations import porteur
from psl.socle import clock
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.uuid7 import uuid7
from tests.acces import gestes
from tests.acces.gestes import Cible
from tests.harnais import travaux
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde

# The guarded tables, and under which columns a usager sees theirs.
GARDEES: dict[str, tuple[str, ...]] = {
    "socle_cle": ("sujet",),
    "routage_acces_service": (),
    "routage_affectation": ("teledossier",),
    "routage_copie": (),
    "routage_mot": (),
    "instruction_instruction": ("teledossier",),
    "instruction_demande": ("teledossier",),
    "instruction_message": ("teledossier",),
    "instruction_decision": ("teledossier",),
}
EN_AJOUT_SEUL = {"instruction_message", "instruction_decision"}
type Lignes = dict[str, list[dict[str, Any]]]


@pytest.fixture
def monde(db: None) -> Monde:
    return mondes.make()


@pytest.fixture
def cibles(monde: Monde) -> tuple[Cible, Cible]:
    """A request in each of two towns, with rows in every guarded table; both are answered."""
    deux = gestes.make(monde, monde.camille), gestes.make(monde, monde.ines, gestes.ROCHEFORT, "Voisin")
    for cible in deux:
        operations.close(
            cible.affectation, motif="Sans objet.", lettre="Bonjour,", acteur=cible.acteur, version=cible.version, now=clock.now()
        )
    travaux.drain()
    return deux


def rows(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY id")
        return [json.loads(row) for (row,) in cursor.fetchall()]


def seen(acteur: Acteur) -> Lignes:
    with scope(acteur):
        return {table: rows(table) for table in GARDEES}


def theirs(tout: Lignes, acteur: Acteur) -> Lignes:
    """Return the rows that are an acteur's."""
    services = {str(service) for service in acteur.services}
    return {
        table: [
            row
            for row in tout[table]
            if row["service"] in services or (acteur.sujet and any(row[nom] == str(acteur.sujet) for nom in colonnes))
        ]
        for table, colonnes in GARDEES.items()
    }


def test_every_guarded_table_is_known(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity ORDER BY 1")
        assert [nom for (nom,) in cursor.fetchall()] == sorted(GARDEES)
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_a4_a8_each_reads_theirs_and_nothing_else(monde: Monde, cibles: tuple[Cible, Cible]) -> None:
    ici, ailleurs = cibles
    tout = seen(SYSTEME)
    assert [table for table in GARDEES if len(tout[table]) < 2] == []
    for acteur in (monde.camille, monde.ines, porteur(ici.teledossier), porteur(ailleurs.teledossier), porteur(ici.brouillon)):
        assert seen(acteur) == theirs(tout, acteur)
    les_deux = Acteur("agent", uuid7(), frozenset({monde.la_rochelle, monde.rochefort}))
    assert seen(les_deux) == theirs(tout, les_deux)
    rien = {table: [] for table in GARDEES}
    inconnus = [
        Acteur("agent", uuid7(), frozenset({uuid7()})),
        Acteur("agent", monde.camille.id),
        porteur(uuid7()),
        Acteur("compte", uuid7()),
    ]
    assert [seen(acteur) for acteur in inconnus] == [rien] * len(inconnus)
    assert {table: rows(table) for table in GARDEES} == rien


def test_joins_counts_and_returning_show_no_more(monde: Monde, cibles: tuple[Cible, Cible]) -> None:
    tricks = [
        "SELECT count(*) FROM routage_affectation WHERE service <> %(mien)s",
        "SELECT count(*) FROM routage_mot m JOIN routage_affectation a ON a.id = m.affectation_id WHERE m.service <> %(mien)s",
        "SELECT count(*) FROM (SELECT * FROM routage_copie UNION ALL SELECT * FROM routage_copie) c WHERE service <> %(mien)s",
        "WITH t AS MATERIALIZED (SELECT * FROM socle_cle) SELECT count(*) FROM t WHERE service IS NOT NULL AND service <> %(mien)s",
        "SELECT count(*) FROM saisie_brouillon b JOIN socle_cle c ON c.objet = 'brouillon' AND c.objet_id = b.id",
        "SELECT count(*) FROM teledossiers_depot d JOIN socle_cle c ON c.objet = 'depot' AND c.objet_id = d.id",
        "SELECT count(*) FROM instruction_message WHERE service <> %(mien)s OR teledossier = %(autre)s",
    ]
    with scope(monde.camille), connection.cursor() as cursor:
        for sql in tricks:
            cursor.execute(sql, {"mien": monde.la_rochelle, "autre": cibles[1].teledossier})
            assert (sql, cursor.fetchone()) == (sql, (0,))


def test_nothing_foreign_is_written(monde: Monde, cibles: tuple[Cible, Cible]) -> None:
    tout = seen(SYSTEME)
    for acteur in (monde.ines, porteur(cibles[1].teledossier)):
        owned = theirs(tout, acteur)
        for table in set(GARDEES) - EN_AJOUT_SEUL:
            outcome = attempt(acteur, f"UPDATE {table} SET service = service")
            assert (table, outcome) in {(table, len(owned[table])), (table, "refus")}
            outcome = attempt(acteur, f"DELETE FROM {table}")
            assert (table, outcome) in {(table, len(owned[table])), (table, "refus")}
    assert seen(SYSTEME) == tout


def test_nothing_is_given_away_nor_taken(monde: Monde, cibles: tuple[Cible, Cible]) -> None:
    ici, ailleurs = cibles
    acts: list[tuple[Acteur, str]] = [
        (monde.ines, f"UPDATE {table} SET service = '{monde.la_rochelle}'") for table in set(GARDEES) - EN_AJOUT_SEUL
    ]
    acts += [
        (
            monde.ines,
            f"INSERT INTO routage_mot (service, empreinte, affectation_id) VALUES ('{monde.la_rochelle}', 'x', '{ici.affectation}')",
        ),
        (monde.ines, insert_key(uuid7(), service=monde.la_rochelle)),
        (porteur(ailleurs.teledossier), insert_key(uuid7(), sujet=ici.teledossier)),
        (porteur(ailleurs.teledossier), insert_key(uuid7())),
        (porteur(ici.teledossier), forged_message(ici, monde, "service")),
        (porteur(ailleurs.teledossier), forged_message(ici, monde, "usager")),
        (porteur(ici.teledossier), f"UPDATE instruction_instruction SET etat = 'accepte' WHERE id = '{ici.affectation}'"),
        (porteur(ici.teledossier), f"UPDATE routage_affectation SET service = '{monde.rochefort}' WHERE id = '{ici.affectation}'"),
        (monde.camille, "UPDATE instruction_decision SET boite = 'x'"),
        (monde.camille, "DELETE FROM instruction_message"),
        (monde.camille, "ALTER TABLE routage_affectation DISABLE ROW LEVEL SECURITY"),
        (monde.camille, "SET LOCAL row_security = off; SELECT count(*) FROM routage_affectation"),
        (monde.camille, "SET LOCAL ROLE psl_purge"),
    ]
    tout = seen(SYSTEME)
    assert [(sql, outcome) for acteur, sql in acts if (outcome := attempt(acteur, sql)) != "refus"] == []
    assert seen(SYSTEME) == tout


def insert_key(objet: UUID, *, sujet: UUID | None = None, service: UUID | None = None) -> str:
    whose = ", ".join(f"'{id_}'" if id_ else "NULL" for id_ in (sujet, service))
    values = f"'copie', '{objet}', {whose}, 'contenu', '2026-11', 'x'"
    return f"INSERT INTO socle_cle (objet, objet_id, sujet, service, vie, periode, boite) VALUES ({values})"


def forged_message(cible: Cible, monde: Monde, sens: str) -> str:
    agent = f"'{cible.acteur.id}'" if sens == "service" else "NULL"
    values = f"'{uuid7()}', '{cible.affectation}', '{cible.teledossier}', '{monde.la_rochelle}', '{sens}', {agent}, 'x', now()"
    return f"INSERT INTO instruction_message (id, affectation, teledossier, service, sens, agent, boite, envoye_at) VALUES ({values})"


def attempt(acteur: Acteur, sql: str) -> int | str:
    """Return how many rows a statement touched, undone; "refus" when the database refuses it."""
    touched: list[int] = []

    def act() -> None:
        with scope(acteur):
            with connection.cursor() as cursor:
                cursor.execute(sql)
                touched.append(cursor.rowcount)
            transaction.set_rollback(True)

    return touched[0] if _allowed(act) else "refus"


def _allowed(act: Callable[[], None]) -> bool:
    try:
        act()
    except DatabaseError:
        return False
    return True
