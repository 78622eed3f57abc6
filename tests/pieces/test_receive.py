"""Receiving a file: what is kept, what is refused, and that nothing is left of what was."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.test import override_settings

from psl.connecteurs.antivirus.demonstration import EICAR
from psl.pieces import operations, queries
from psl.pieces.queries import FichierVu
from psl.pieces.regles import Regles
from psl.socle.acteur import SYSTEME, Acteur, scope
from psl.socle.errors import Refus
from psl.socle.uuid7 import uuid7
from tests.pieces import exemples

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
REGLES = Regles(10_000_000, fichiers_max=2)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fichiers")]


@pytest.fixture
def sujet() -> UUID:
    return uuid7(NOW)


def receive(sujet: UUID, contenu: bytes, *, nom: str = "acte.pdf", piece: str = "PieceIdentite", regles: Regles = REGLES) -> FichierVu:
    return operations.receive(
        sujet, piece, nom=nom, chunks=[contenu[i : i + 1000] for i in range(0, len(contenu), 1000)], regles=regles, now=NOW
    )


def kept(fichiers: Path) -> list[str]:
    return sorted(fichier.name for fichier in fichiers.rglob("*") if fichier.is_file())


def rows() -> int:
    with connection.cursor() as cursor, scope(SYSTEME):
        cursor.execute("SELECT (SELECT count(*) FROM pieces_fichier) + (SELECT count(*) FROM socle_cle WHERE objet = 'fichier')")
        return int(cursor.fetchone()[0])


def test_a_file_is_kept_encrypted_under_a_safe_name(sujet: UUID, fichiers: Path) -> None:
    recu = receive(sujet, exemples.PDF, nom="../Pièce d'identité.exe")
    assert (recu.nom, recu.type, recu.taille, recu.piece) == ("Pièce d'identité.pdf", "application/pdf", len(exemples.PDF), "PieceIdentite")
    assert kept(fichiers) == [recu.id.hex]
    assert b"%PDF" not in next(fichiers.rglob(recu.id.hex)).read_bytes()
    with scope(Acteur("porteur", sujet, sujet=sujet)):
        assert queries.of(sujet) == [recu]
        assert b"".join(operations.read(recu.id)) == exemples.PDF
    with connection.cursor() as cursor:
        cursor.execute("SELECT pieces_fichier::text FROM pieces_fichier")
        assert "identit" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("contenu", "nom", "code", "phrase"),
    [
        (b"", "vide.pdf", "fichier-vide", "Le fichier « vide.pdf » est vide. Vérifiez-le, puis envoyez-le de nouveau."),
        (
            exemples.archive(),
            "acte.pdf",
            "fichier-type",
            "Le fichier « acte.pdf » est une archive ZIP. Envoyez un fichier PDF, JPEG ou PNG.",
        ),
        (exemples.webp(), "a.webp", "fichier-type", "Le fichier « a.webp » est une image WebP. Envoyez un fichier PDF, JPEG ou PNG."),
        (
            EICAR,
            "e.com",
            "fichier-type",
            "Le fichier « e.com » est un fichier texte. Envoyez un fichier PDF, JPEG ou PNG.",
        ),
        (
            exemples.PDF.replace(b"trailer", b"trailer <</Root 1 0 R /Encrypt 9 0 R>>"),
            "c.pdf",
            "fichier-chiffre",
            (
                "Le PDF « c.pdf » est protégé par un mot de passe ou des restrictions : le service ne pourrait pas l'ouvrir. "
                "Enregistrez-le sans protection ou imprimez-le en PDF, puis renvoyez-le."
            ),
        ),
        (
            exemples.PDF.replace(b"trailer", b"1 0 obj\n" * 100_001 + b"trailer"),
            "o.pdf",
            "fichier-complexe",
            "Le PDF « o.pdf » est trop complexe pour être contrôlé. Imprimez-le en PDF, puis renvoyez-le.",
        ),
        (
            exemples.PDF + bytes(10_000_000),
            "gros.pdf",
            "fichier-trop-gros",
            (
                "Le fichier « gros.pdf » dépasse la taille permise : 10 Mo. "
                "Réduisez-le, par exemple en baissant la qualité de la photo, ou envoyez-le en plusieurs fichiers."
            ),
        ),
        (
            exemples.png()[:-12],
            "p.png",
            "fichier-abime",
            "Le fichier « p.png » est incomplet ou abîmé. Ouvrez-le pour le vérifier, enregistrez-le de nouveau, puis renvoyez-le.",
        ),
        (
            exemples.PDF + exemples.archive(),
            "d.pdf",
            "fichier-double",
            (
                "Le fichier « d.pdf » contient aussi autre chose que ce qu'il montre : par sécurité, il n'est pas accepté. "
                "Ouvrez-le, enregistrez-le de nouveau ou imprimez-le en PDF, puis renvoyez-le."
            ),
        ),
        (
            exemples.png(60_000, 60_000),
            "b.png",
            "fichier-demesure",
            "L'image « b.png » a trop de pixels. Réduisez ses dimensions, puis renvoyez-la.",
        ),
    ],
)
def test_d2_d6_a_bad_file_gets_its_sentence_and_leaves_nothing(
    sujet: UUID, fichiers: Path, contenu: bytes, nom: str, code: str, phrase: str
) -> None:
    with pytest.raises(Refus) as refus:
        receive(sujet, contenu, nom=nom)
    assert (refus.value.code, refus.value.phrase) == (code, phrase)
    assert 400 <= refus.value.statut < 500
    assert (kept(fichiers), rows()) == ([], 0)


def test_the_same_content_again_is_the_same_file(sujet: UUID, fichiers: Path) -> None:
    premier = receive(sujet, exemples.PDF)
    assert receive(sujet, exemples.PDF, nom="autre nom.pdf") == premier
    assert receive(sujet, exemples.PDF, piece="Autre").id != premier.id
    assert len(kept(fichiers)) == 2


def test_a_piece_takes_so_many_files(sujet: UUID, fichiers: Path) -> None:
    receive(sujet, exemples.PDF)
    receive(sujet, exemples.png())
    with pytest.raises(Refus) as refus:
        receive(sujet, exemples.jpeg())
    assert refus.value.code == "fichiers-trop-nombreux"
    assert refus.value.phrase == "Vous avez déjà joint 2 fichiers, le maximum pour cette pièce. Retirez-en un pour en ajouter un autre."
    assert len(kept(fichiers)) == 2


def test_the_files_of_a_request_weigh_so_much_together(sujet: UUID, fichiers: Path) -> None:
    regles = Regles(10_000, total_max=15_000)
    receive(sujet, exemples.jpeg(suite=bytes(9_000)), regles=regles)
    with pytest.raises(Refus) as refus:
        receive(sujet, exemples.jpeg(suite=bytes(9_001)), piece="Autre", regles=regles)
    assert refus.value.phrase == "Vos fichiers dépassent ensemble 15 ko, le maximum pour une demande. Réduisez-les ou retirez-en."
    assert len(kept(fichiers)) == 1


@pytest.mark.parametrize(
    ("reglage", "connecteur", "code"),
    [
        ("ANTIVIRUS", "psl.connecteurs.antivirus.en_panne.AntivirusEnPanne", "antivirus-absent"),
        ("STOCKAGE", "psl.connecteurs.stockage.en_panne.StockageEnPanne", "stockage-absent"),
    ],
)
def test_a_part_that_is_down_means_no_not_maybe(sujet: UUID, fichiers: Path, reglage: str, connecteur: str, code: str) -> None:
    with override_settings(**{reglage: connecteur}), pytest.raises(Refus) as refus:
        receive(sujet, exemples.PDF)
    assert (refus.value.code, refus.value.statut) == (code, 503)
    assert kept(fichiers) == []
    with scope(Acteur("porteur", sujet, sujet=sujet)):
        assert queries.of(sujet) == []


def test_a_source_that_breaks_leaves_nothing(sujet: UUID, fichiers: Path) -> None:
    def casse() -> Iterator[bytes]:
        yield exemples.PDF
        raise ConnectionResetError

    with pytest.raises(Refus, match="stockage-absent"):
        operations.receive(sujet, "P", nom="a.pdf", chunks=casse(), regles=REGLES, now=NOW)
    assert (kept(fichiers), rows()) == ([], 0)
