"""The list through HTTP: tabs, search, filters, pages, in a bounded number of statements."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from psl.instruction import queries
from psl.instruction.queries import Filtres
from psl.socle import clock
from psl.socle.acteur import Acteur, scope
from tests.instruction.monde import Monde


def _found(monde: Monde, acteur: Acteur | None = None, **filtres: str) -> list[UUID]:
    qui = acteur or monde.camille
    with scope(qui):
        return [ligne.id for ligne in queries.listing(Filtres.read(filtres), acteur=qui, now=clock.now()).lignes]


def test_the_page_shows_the_usager_the_age_and_the_state_in_words(monde: Monde, affectation: UUID) -> None:
    page = monde.client(monde.camille).get("/agent/").content.decode()
    shown = {
        texte: texte in page for texte in ("Dupré Noé", "Demander un acte de mariage", "aujourd&#x27;hui", "sans délai fixé", "À prendre")
    }
    assert shown == dict.fromkeys(shown, True)


def test_tabs_count_and_show_the_same(monde: Monde, affectation: UUID) -> None:
    autre = monde.file()
    monde.take(autre)
    with scope(monde.camille):
        comptes = dict(queries.listing(Filtres(), acteur=monde.camille, now=clock.now()).comptes)
    assert comptes == {"a_prendre": 1, "miens": 1, "en_cours": 2, "a_completer": 0, "termines": 0}
    shown = {onglet: _found(monde, onglet=onglet) for onglet in comptes}
    assert shown == {"a_prendre": [affectation], "miens": [autre], "en_cours": [affectation, autre], "a_completer": [], "termines": []}


@pytest.mark.parametrize(
    ("q", "trouve"), [("dupre", True), ("Éloïse", True), ("nguyen", True), ("N'Guyen", True), ("dup", True), ("zzz", False)]
)
def test_search_by_words(monde: Monde, affectation: UUID, q: str, trouve: bool) -> None:
    assert _found(monde, q=q) == ([affectation] if trouve else [])


def test_search_by_number(monde: Monde, affectation: UUID) -> None:
    with scope(monde.camille):
        numero = queries.number(affectation)
    assert _found(monde, q=numero.lower().replace("-", " ")) == [affectation]


def test_search_words_must_all_be_there(monde: Monde, affectation: UUID) -> None:
    assert (_found(monde, q="dupré camille"), _found(monde, q="dupré martin")) == ([affectation], [])


def test_filters_narrow(monde: Monde, affectation: UUID) -> None:
    monde.take(affectation)
    tous = {"onglet": "en_cours"}
    assert _found(monde, **tous, attribution="moi") == [affectation]
    assert _found(monde, monde.yanis, **tous, attribution="moi") == []
    assert _found(monde, monde.yanis, **tous, attribution="collegue") == [affectation]
    assert _found(monde, **tous, etat="a_completer") == []
    assert _found(monde, **tous, demarche="autre-demarche") == []
    assert _found(monde, **tous, service=str(monde.rochefort)) == []


@pytest.mark.parametrize(
    "adresse",
    ["?tri=numero%3B+DROP+TABLE", "?onglet='", "?page=-1", "?page=99999999999", "?etat=x", "?service=x", "?q=%00%27", "?attribution=tous"],
)
def test_c15_words_that_mean_nothing_are_nothing_asked(monde: Monde, affectation: UUID, adresse: str) -> None:
    assert monde.client(monde.camille).get(f"/agent/{adresse}").status_code == 200


def test_four_statements_at_most(monde: Monde, affectation: UUID) -> None:
    """What a process reads once and keeps (versions of démarches, the services' names) is not counted."""
    with scope(monde.camille):
        queries.listing(Filtres(), acteur=monde.camille, now=clock.now())
        with CaptureQueriesContext(connection) as vues:
            queries.listing(Filtres(q="dupré camille", onglet="en_cours"), acteur=monde.camille, now=clock.now())
    assert len(vues) == 4


def test_a8_another_town_sees_nothing_of_it(monde: Monde, affectation: UUID) -> None:
    assert _found(monde, monde.ines, onglet="en_cours") == []
    assert _found(monde, monde.ines, onglet="en_cours", q="dupré") == []


def test_fifty_a_page_and_the_total_is_the_tabs(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psl.instruction.queries.liste.PAR_PAGE", 1)
    ids = [monde.file(), monde.file()]
    assert [_found(monde, page=str(page)) for page in (1, 2, 3)] == [[ids[0]], [ids[1]], []]
    with scope(monde.camille):
        vues = [queries.listing(Filtres(q=q), acteur=monde.camille, now=clock.now()) for q in ("", "dupré")]
    assert [(vue.total, vue.pages) for vue in vues] == [(2, 2), (2, 2)]
    page = monde.client(monde.camille).get("/agent/?page=2").content.decode()
    assert ('rel="prev"' in page, 'rel="next"' in page) == (True, False)
