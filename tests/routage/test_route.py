"""Routing: which service, why, with what; twice is once."""

import pytest

from psl.annuaire.queries import service_of
from psl.journal import queries as journal
from psl.pieces import operations as pieces
from psl.routage import queries
from psl.routage.models import Affectation, Copie, Mot
from psl.socle.acteur import SYSTEME, scope
from psl.socle.errors import Refus
from tests.pieces.exemples import PDF
from tests.routage import gestes
from tests.saisie.gestes import REPONSES, kinds
from tests.teledossiers.gestes import NOW


@pytest.mark.parametrize(
    ("commune", "service", "territoire"),
    [
        ("17300", "la-rochelle-etat-civil", "17300"),
        ("50602", "tourlaville-etat-civil", "50129"),  # a delegated commune with a town hall of its own
        ("50129", "cherbourg-etat-civil", "50129"),
        ("50173", "cherbourg-etat-civil", "50129"),  # a delegated commune whose registers are kept at Cherbourg
        ("59298", "lille-etat-civil", "59350"),  # Hellemmes, associated with Lille
        ("44109", "nantes-etat-civil", "44109"),  # two services there: one answers
        ("75056", None, "75056"),
        ("33063", None, "33063"),
    ],
)
def test_the_service_that_keeps_the_registers(commune: str, service: str | None, territoire: str) -> None:
    affectation = gestes.routed(commune)
    assert affectation.service == (service_of(service) if service else None)
    assert (affectation.destinataire, affectation.territoire, affectation.commune) == ("mairie", territoire, commune)


def test_the_reason_is_recorded() -> None:
    affectation = gestes.routed()
    assert (affectation.motif, affectation.livraison, affectation.cree_at, affectation.silence_on) == (
        "commune de l'acte",
        "portail",
        NOW,
        None,
    )
    with scope(SYSTEME):
        [fait] = journal.of(affectation.id)
    assert (fait.sorte, fait.acteur_sorte) == ("affectation.creee", "systeme")
    assert fait.corps == {"teledossier": str(affectation.teledossier), "destinataire": "mairie", "motif": "commune de l'acte"}


def test_a_commune_that_is_not_connected() -> None:
    affectation = gestes.routed("33063")
    assert (affectation.service, affectation.livraison, kinds(affectation.id)) == (None, "hors_plateforme", ["affectation.sans_service"])
    with scope(SYSTEME):
        assert (Copie.objects.count(), Mot.objects.count()) == (0, 0)
        with pytest.raises(Refus) as refus:
            queries.read_content(affectation.id)
    assert refus.value.code == "detruit"


@pytest.mark.parametrize("commune", ["17300", "50173", "50602", "59298", "33063"])
def test_a_second_run_does_nothing(commune: str) -> None:
    depose = gestes.file(commune)
    premiers = gestes.send(depose)
    with scope(SYSTEME):
        before = [modele.objects.count() for modele in (Affectation, Copie, Mot)]
    assert gestes.send(depose) == premiers
    with scope(SYSTEME):
        assert [modele.objects.count() for modele in (Affectation, Copie, Mot)] == before
    assert len(kinds(premiers[0])) == 1


def test_the_copy_holds_the_answers_and_the_keys_of_its_files() -> None:
    affectation = gestes.routed(pieces=2)
    contenu = gestes.content(affectation.id, gestes.agent("la-rochelle-etat-civil"))
    assert contenu.valeurs == {**REPONSES, "communeConcerne": gestes.commune("17300")}
    assert sorted((piece["nom"], piece["rang"]) for piece in contenu.pieces) == [("piece 0.pdf", 1), ("piece 1.pdf", 1)]
    lus = [b"".join(pieces.read(gestes.UUID(piece["id"]), cle=bytes.fromhex(piece["cle"]))) for piece in contenu.pieces]
    assert [lu.startswith(PDF) for lu in lus] == [True, True]


def test_a_service_finds_it_by_words_and_number() -> None:
    affectation = gestes.routed()
    service = service_of("la-rochelle-etat-civil")
    searched = {}
    with scope(gestes.agent("la-rochelle-etat-civil")):
        for q in (
            "Dupré",
            "dupre camille",
            "DUP",
            "nguyen",
            "éloïse",
            "du",
            "",
            "Martin",
            "dupre martin",
            affectation.numero,
            affectation.numero.lower(),
        ):
            searched[q] = queries.found_by(q, service)
    trouve, rien = [affectation.id], []
    assert searched == {
        "Dupré": trouve, "dupre camille": trouve, "DUP": trouve, "nguyen": trouve, "éloïse": trouve, "du": rien, "": None,
        "Martin": rien, "dupre martin": rien, affectation.numero: trouve, affectation.numero.lower(): trouve,
    }  # fmt: skip
    with scope(gestes.agent("nantes-etat-civil")):
        assert (queries.found_by("Dupré", service), queries.found_by("Dupré", service_of("nantes-etat-civil"))) == ([], [])
