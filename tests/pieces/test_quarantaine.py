"""A file that carries a virus: refused with its word, set aside, served to nobody, destroyed after a while."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import override_settings

from psl.connecteurs.antivirus.demonstration import EICAR
from psl.journal import queries as journal
from psl.pieces import operations, queries
from psl.pieces.models import Fichier
from psl.pieces.regles import Regles
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.pieces import exemples

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
INFECTE = exemples.PDF.replace(b"trailer", EICAR + b"trailer")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fichiers")]


@pytest.fixture
def sujet() -> UUID:
    return uuid7(NOW)


def send(sujet: UUID, contenu: bytes = INFECTE) -> Refus:
    with pytest.raises(Refus) as refus:
        operations.receive(sujet, "PieceIdentite", nom="a\u202e.pdf", chunks=[contenu], regles=Regles(10_000_000, fichiers_max=1), now=NOW)
    return refus.value


def test_d7_it_is_refused_and_set_aside(sujet: UUID, fichiers: Path) -> None:
    refus = send(sujet)
    assert (refus.code, refus.statut) == ("fichier-virus", 422)
    assert refus.phrase == (
        "L'antivirus a trouvé un virus dans le fichier « a.pdf » : il n'est pas joint à votre demande, et personne ne l'ouvrira. "
        "Envoyez un autre fichier."
    )
    [ecarte] = queries.quarantine()
    assert (ecarte.virus, ecarte.type, ecarte.taille, ecarte.piece, ecarte.ecarte_at) == (
        "EICAR",
        "application/pdf",
        len(INFECTE),
        "PieceIdentite",
        NOW,
    )
    assert EICAR not in next(fichiers.rglob(ecarte.id.hex)).read_bytes()
    with scope(SYSTEME):
        [fait] = journal.of(ecarte.id)
    assert (fait.sorte, fait.corps) == ("fichier.ecarte", {"sujet": str(sujet), "virus": "EICAR"})


def test_a14_nobody_is_given_it(sujet: UUID) -> None:
    send(sujet)
    [ecarte] = queries.quarantine()
    with scope(Acteur("porteur", sujet, sujet=sujet)):
        assert queries.of(sujet) == []
        assert queries.count(sujet, "PieceIdentite") == (0, 0)
        cle = queries.keys([ecarte.id])[str(ecarte.id)]
        for give in (
            lambda: operations.read(ecarte.id),
            lambda: operations.open_outgoing(ecarte.id, mention=None, cle=cle),
            lambda: operations.preview(ecarte.id, 0, type_="application/pdf", cle=cle, now=NOW),
            lambda: operations.adopt([ecarte.id], uuid7(NOW), now=NOW),
        ):
            with pytest.raises(Refus) as refus:
                give()
            assert refus.value.code == "fichier-inconnu"


def test_a_sane_file_still_fits_beside_it(sujet: UUID) -> None:
    send(sujet)
    recu = operations.receive(
        sujet, "PieceIdentite", nom="a.pdf", chunks=[exemples.PDF], regles=Regles(10_000_000, fichiers_max=1), now=NOW
    )
    with scope(Acteur("porteur", sujet, sujet=sujet)):
        assert queries.of(sujet) == [recu]


def test_who_sends_viruses_again_does_not_fill_the_disk(sujet: UUID, fichiers: Path) -> None:
    assert {send(sujet, INFECTE + b"%" * rang).code for rang in range(7)} == {"fichier-virus"}
    assert (len(queries.quarantine()), len(list(fichiers.rglob("*-*"))), Fichier.objects.count()) == (5, 0, 5)


@override_settings(QUARANTAINE_JOURS=3)
def test_it_is_destroyed_after_its_days(sujet: UUID, fichiers: Path) -> None:
    send(sujet)
    [ecarte] = queries.quarantine()
    assert operations.purge_quarantine(now=NOW + timedelta(days=3)) == 0
    assert operations.purge_quarantine(now=NOW + timedelta(days=3, seconds=1)) == 1
    assert operations.purge_quarantine(now=NOW + timedelta(days=4)) == 0
    assert (queries.quarantine(), [p for p in fichiers.rglob("*") if p.is_file()]) == ([], [])
    with scope(SYSTEME):
        assert [fait.sorte for fait in journal.of(ecarte.id)] == ["fichier.ecarte", "fichier.detruit"]
