"""What becomes of a file once it is there: read, removed, given to a télédossier, forgotten."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction

from psl.pieces import operations, queries
from psl.pieces.models import Fichier
from psl.pieces.queries import FichierVu
from psl.pieces.regles import Regles
from psl.socle import cles
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.pieces import exemples

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fichiers")]


@pytest.fixture
def sujet() -> UUID:
    return uuid7(NOW)


def porteur(sujet: UUID) -> Acteur:
    return Acteur("porteur", sujet, sujet=sujet)


def give(sujet: UUID, contenu: bytes = exemples.PDF) -> FichierVu:
    return operations.receive(sujet, "Piece", nom="acte.pdf", chunks=[contenu], regles=Regles(10_000_000), now=NOW)


def kept(fichiers: Path) -> list[str]:
    return sorted(fichier.name for fichier in fichiers.rglob("*") if fichier.is_file())


def owed() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'operation', args->'ids'->>'fichier_id' FROM procrastinate_jobs")
        return list(cursor.fetchall())


def test_a_large_file_is_read_as_a_stream(sujet: UUID) -> None:
    contenu = exemples.jpeg(suite=bytes(300_000))
    fichier = give(sujet, contenu)
    with scope(porteur(sujet)):
        chunks = list(operations.read(fichier.id))
    assert b"".join(chunks) == contenu
    assert max(map(len, chunks)) == 65_536


def test_another_s_file_is_gone(sujet: UUID) -> None:
    fichier, autre = give(sujet), uuid7(NOW)
    with scope(porteur(autre)):
        assert queries.of(sujet) == []
        with pytest.raises(Refus) as refus:
            operations.read(fichier.id)
    assert (refus.value.code, refus.value.statut) == ("detruit", 410)


def test_whoever_holds_the_key_in_their_copy_reads_the_file(sujet: UUID) -> None:
    fichier = give(sujet)
    with scope(SYSTEME):
        cle = queries.keys([fichier.id])[str(fichier.id)]
    assert b"".join(operations.read(fichier.id, cle=cle)) == exemples.PDF


@pytest.mark.parametrize("etat", ["recu", None])
def test_a_file_that_is_not_sane_or_not_there_is_unknown(sujet: UUID, etat: str | None) -> None:
    id_ = uuid7(NOW)
    if etat:
        Fichier.objects.create(id=id_, sujet=sujet, piece="P", created_at=NOW)
    with pytest.raises(Refus) as refus:
        operations.read(id_)
    assert (refus.value.code, refus.value.statut) == ("fichier-inconnu", 404)


def test_a_file_whose_bytes_are_lost_is_said(sujet: UUID, fichiers: Path) -> None:
    fichier = give(sujet)
    next(fichiers.rglob(fichier.id.hex)).unlink()
    with scope(porteur(sujet)), pytest.raises(Refus, match="stockage-absent"):
        operations.read(fichier.id)


def test_removing_destroys_the_key_at_once_and_owes_the_bytes(sujet: UUID, fichiers: Path) -> None:
    fichier = give(sujet)
    with scope(porteur(sujet)):
        operations.remove(fichier.id, now=NOW)
        assert queries.of(sujet) == []
        assert cles.open_keys("fichier", [fichier.id]) == {}
    assert (kept(fichiers), owed()) == ([fichier.id.hex], [("psl.pieces.operations.erase", str(fichier.id))])
    for _ in range(2):
        operations.erase(fichier.id, now=NOW)
    assert kept(fichiers) == []


def test_a_removal_undone_leaves_the_file_whole(sujet: UUID) -> None:
    fichier = give(sujet)
    with scope(porteur(sujet)):
        with transaction.atomic():
            operations.remove(fichier.id, now=NOW)
            transaction.set_rollback(True)
        assert b"".join(operations.read(fichier.id)) == exemples.PDF


def test_sealing_gives_files_to_the_teledossier_without_moving_them(sujet: UUID, fichiers: Path) -> None:
    un, deux, teledossier = give(sujet), give(sujet, exemples.png()), uuid7(NOW)
    octets = next(fichiers.rglob(un.id.hex)).read_bytes()
    with scope(SYSTEME):
        operations.adopt([un.id], teledossier, now=NOW)
    with scope(porteur(teledossier)):
        assert queries.of(teledossier) == [un]
        assert b"".join(operations.read(un.id)) == exemples.PDF
    with scope(porteur(sujet)):
        assert queries.of(sujet) == [deux]
    assert next(fichiers.rglob(un.id.hex)).read_bytes() == octets


def test_a_file_that_is_no_more_cannot_be_sealed(sujet: UUID) -> None:
    un = give(sujet)
    with scope(SYSTEME), pytest.raises(Refus, match="fichier-inconnu"):
        operations.adopt([un.id, uuid7(NOW)], uuid7(NOW), now=NOW)


def test_purging_a_subject_leaves_nothing_and_may_run_twice(sujet: UUID, fichiers: Path) -> None:
    give(sujet)
    give(sujet, exemples.png())
    garde = give(uuid7(NOW))
    with scope(SYSTEME):
        assert [operations.purge([sujet]) for _ in range(2)] == [2, 0]
    assert kept(fichiers) == [garde.id.hex]
    assert list(Fichier.objects.values_list("id", flat=True)) == [garde.id]


def test_what_a_crash_left_is_removed_after_an_hour(sujet: UUID, fichiers: Path) -> None:
    fichier = give(sujet)
    Fichier.objects.filter(id=fichier.id).update(etat="recu")  # killed before its scan had answered
    assert operations.remove_stale(now=NOW + timedelta(minutes=59)) == 0
    assert operations.remove_stale(now=NOW + timedelta(minutes=61)) == 1
    assert (kept(fichiers), Fichier.objects.count()) == ([], 0)
    with scope(SYSTEME):
        assert cles.open_keys("fichier", [fichier.id]) == {}


def test_a_file_being_received_holds_its_place(sujet: UUID) -> None:
    Fichier.objects.create(id=uuid7(NOW), sujet=sujet, piece="Piece", created_at=NOW)
    with pytest.raises(Refus, match="fichiers-trop-nombreux"):
        operations.receive(sujet, "Piece", nom="a.pdf", chunks=[exemples.PDF], regles=Regles(1_000, fichiers_max=1), now=NOW)
