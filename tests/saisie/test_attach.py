"""Joining a file to a piece that is asked now."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings

from psl.journal import queries as journal
from psl.pieces import queries as fichiers
from psl.pieces.models import Fichier
from psl.saisie.operations import porteur
from psl.socle.acteur import scope
from psl.socle.errors import Refus
from psl.teledossiers.operations import submit
from tests.pieces.exemples import PDF, archive, png
from tests.saisie import gestes

pytestmark = pytest.mark.django_db


def refused(brouillon: UUID, **envoi: object) -> tuple[str, int]:
    with pytest.raises(Refus) as refus:
        gestes.attach(brouillon, **envoi)
    assert refus.value.phrase.endswith((".", "!"))
    return refus.value.code, refus.value.statut


def names(brouillon: UUID) -> list[tuple[str, str]]:
    with scope(porteur(brouillon)):
        return sorted((fichier.piece, fichier.nom) for fichier in fichiers.of(brouillon))


def test_several_files_for_a_piece() -> None:
    brouillon = gestes.ready()
    premier = gestes.attach(brouillon, nom="recto.pdf")
    gestes.attach(brouillon, nom="verso.png", octets=png())
    gestes.attach(brouillon, "preuveFiliation", nom="livret.pdf")
    assert names(brouillon) == [("pieceIdentite", "recto.pdf"), ("pieceIdentite", "verso.png"), ("preuveFiliation", "livret.pdf")]
    assert gestes.kinds(brouillon) == ["brouillon.commence"] + ["piece.ajoutee"] * 3
    with scope(porteur(brouillon)):
        assert journal.of(brouillon)[1].corps == {"piece": "pieceIdentite", "fichier": str(premier)}


def test_only_what_is_asked_now() -> None:
    brouillon = gestes.ready()
    assert refused(brouillon, piece="inconnue") == ("piece-inconnue", 404)
    assert refused(brouillon, piece="justificatifQualite") == ("piece-inconnue", 404)  # asked of a mandataire only
    masque = {"champs": [], "pieces": ["preuveFiliation"], "affectations": []}
    assert refused(gestes.complement(masque), piece="pieceIdentite") == ("piece-inconnue", 404)


def test_the_limits_of_the_piece_are_kept() -> None:
    brouillon = gestes.ready()
    assert refused(brouillon, nom="faux.pdf", octets=archive())[0] == "fichier-type"
    assert refused(brouillon, octets=b"")[0] == "fichier-vide"
    gestes.attach(brouillon)
    gestes.attach(brouillon, octets=png())
    assert refused(brouillon, octets=PDF + b"% autre\n") == ("fichiers-trop-nombreux", 409)
    assert len(names(brouillon)) == 2


def test_nothing_is_kept_of_what_is_refused() -> None:
    brouillon = gestes.ready()
    with pytest.raises(Refus):
        gestes.attach(brouillon, octets=archive())
    assert (Fichier.objects.filter(sujet=brouillon).count(), gestes.kinds(brouillon)) == (0, ["brouillon.commence"])
    assert gestes.see(brouillon).revision == 1


def test_not_theirs_and_not_any_more() -> None:
    assert refused(uuid4()) == ("brouillon-inconnu", 404)
    brouillon = gestes.ready()
    submit(brouillon, declarations=["exactitude"], acteur=porteur(brouillon), now=gestes.NOW)
    assert refused(brouillon) == ("deja-envoyee", 409)


def test_its_bytes_are_encrypted_where_they_lie() -> None:
    fichier = gestes.attach(gestes.ready(), octets=PDF + b"% CANARI\n")
    depose = settings.ETAT / "fichiers" / fichier.hex[-2:] / fichier.hex
    assert (depose.stat().st_size > len(PDF), b"CANARI" in depose.read_bytes()) == (True, False)
