"""Files under the real roles and with real commits: two senders at once, the purge under its own role."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections, transaction

from psl.pieces import operations, queries
from psl.pieces.models import Fichier
from psl.pieces.regles import Regles
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.models import Cle
from psl.socle.uuid7 import uuid7
from tests.pieces import exemples

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("base_reelle")


def give(sujet: UUID, contenu: bytes = exemples.PDF, *, nombre: int = 5) -> str:
    try:
        operations.receive(sujet, "P", nom="a.pdf", chunks=[contenu], regles=Regles(1_000_000, fichiers_max=nombre), now=NOW)
    except Refus as refus:
        return refus.code
    finally:
        connections["default"].close()
    return "reçu"


def together(*travaux: tuple[UUID, bytes, int]) -> list[str]:
    rendus: list[str] = []
    fils = [threading.Thread(target=lambda t=travail: rendus.append(give(t[0], t[1], nombre=t[2]))) for travail in travaux]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return sorted(rendus)


def test_two_files_at_once_cannot_both_be_the_last(fichiers: Path) -> None:
    sujet = uuid7(NOW)
    assert together(*((sujet, exemples.jpeg(suite=bytes(n)), 1) for n in range(6))) == ["fichiers-trop-nombreux"] * 5 + ["reçu"]
    assert len([fichier for fichier in fichiers.rglob("*") if fichier.is_file()]) == 1


def test_a_double_click_gives_one_file(fichiers: Path) -> None:
    sujet = uuid7(NOW)
    assert together(*((sujet, exemples.PDF, 5) for _ in range(4))) == ["reçu"] * 4
    with scope(Acteur("porteur", sujet, sujet=sujet)):
        assert len(queries.of(sujet)) == 1
    assert len([fichier for fichier in fichiers.rglob("*") if fichier.is_file()]) == 1


def test_the_purge_removes_bytes_keys_and_rows_under_its_own_role(fichiers: Path) -> None:
    sujet = uuid7(NOW)
    assert give(sujet) == "reçu"
    with transaction.atomic(using="purge"):
        assert operations.purge([sujet], using="purge") == 1
    with scope(SYSTEME):
        assert (Fichier.objects.count(), Cle.objects.count()) == (0, 0)
    assert [fichier for fichier in fichiers.rglob("*") if fichier.is_file()] == []
