"""The document of a brouillon (pure): pages merge one by one, and nothing typed is lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from psl.saisie.document import Document, dump, load

CLES = ["a", "b", "c", "d", "e", "f"]
PAGES = {"une": CLES[:3], "deux": CLES[3:]}
valeurs = st.text(max_size=20) | st.integers(-9, 9) | st.booleans() | st.lists(st.text(max_size=3), max_size=2)


@st.composite
def envois(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, Any], dict[str, str]]:
    """Return what a page sends: each of its keys valid, empty, or wrong."""
    page = draw(st.sampled_from(sorted(PAGES)))
    sorts = {cle: draw(st.sampled_from(["valide", "vide", "fausse"])) for cle in PAGES[page]}
    valides = {cle: draw(valeurs) for cle in PAGES[page] if sorts[cle] == "valide"}
    bruts = {cle: draw(st.text(max_size=5)) for cle in PAGES[page]}
    return page, valides, bruts, {cle: "Non." for cle in PAGES[page] if sorts[cle] == "fausse"}


def merge(document: Document, envoi: tuple[str, dict[str, Any], dict[str, Any], dict[str, str]]) -> None:
    page, valides, bruts, erreurs = envoi
    document.merge(page, PAGES[page], valides, bruts, erreurs, is_done=not erreurs)


@given(st.lists(envois(), max_size=6))
def test_a_document_is_the_last_of_each_of_its_pages(suite: list[Any]) -> None:
    document = Document()
    for envoi in suite:
        merge(document, envoi)
    last = {envoi[0]: envoi for envoi in suite}
    assert document.reponses == {cle: v for envoi in last.values() for cle, v in envoi[1].items()}
    assert document.bruts == {cle: envoi[2][cle] for envoi in last.values() for cle in envoi[3]}
    assert document.erreurs == {cle: "Non." for envoi in last.values() for cle in envoi[3]}
    assert sorted(document.faites) == sorted(page for page, envoi in last.items() if not envoi[3])


@given(envois(), envois())
def test_two_pages_merge_in_any_order(un: Any, autre: Any) -> None:
    if un[0] == autre[0]:
        return
    documents = []
    for suite in ([un, autre], [autre, un]):
        document = Document()
        for envoi in suite:
            merge(document, envoi)
        document.faites.sort()
        documents.append(document)
    assert documents[0] == documents[1]


@given(st.lists(envois(), max_size=4))
def test_it_is_written_and_read_back(suite: list[Any]) -> None:
    document = Document(provenance={"a": "adresse"})
    for envoi in suite:
        merge(document, envoi)
    assert load(dump(document)) == document


def test_nothing_is_an_empty_document() -> None:
    assert load(b"") == Document()


def test_a_value_from_elsewhere_keeps_its_source_until_it_changes() -> None:
    document = Document({"a": "x", "b": "y"}, {"a": "adresse", "b": "adresse"})
    document.merge("une", ["a", "b"], {"a": "x", "b": "z"}, {}, {}, is_done=True)
    assert document.provenance == {"a": "adresse"}
    document.merge("une", ["a", "b"], {}, {}, {}, is_done=True)
    assert (document.provenance, document.reponses) == ({}, {})


def test_what_was_typed_of_a_commune() -> None:
    document = Document(
        {"commune": {"code": "17300", "libelle": "La Rochelle"}, "adresse": {"voie": "1 rue", "commune": {"libelle": "Rochefort"}}}
    )
    assert [document.typed(cle) for cle in ("commune", "adresse.commune", "inconnue", "inconnue.commune", "adresse")] == [
        "La Rochelle", "Rochefort", "", "", "",
    ]  # fmt: skip
    document.bruts = {"commune": {"texte": "Roch", "code": ""}, "adresse": {"voie": "2 rue", "commune": "Sain"}}
    assert [document.typed(cle) for cle in ("commune", "adresse.commune")] == ["Roch", "Sain"]


def test_a_commune_chosen_keeps_the_address_as_typed() -> None:
    document = Document(bruts={"adresse": {"voie": "2 rue", "commune": "Sain"}}, erreurs={"adresse": "Choisissez."})
    document.choose_commune("adresse.commune", {"code": "17299"})
    assert document == Document({"adresse": {"voie": "2 rue", "commune": {"code": "17299"}}})


ROCHEFORT = {"code": "17299", "libelle": "Rochefort", "code_postal": "17300"}


def test_what_was_typed_of_a_commune_in_a_row() -> None:
    document = Document({"gens": [{"ville": {"libelle": "La Rochelle"}}, {"chez": {"commune": {"libelle": "Rochefort"}}}]})
    asked = ("gens.0.ville", "gens.1.chez.commune", "gens.2.ville", "gens.0.chez.commune")
    assert [document.typed(cle) for cle in asked] == ["La Rochelle", "Rochefort", "", ""]
    document.bruts = {"gens": [{"ville": {"texte": "Roch", "code": ""}}]}
    assert document.typed("gens.0.ville") == "Roch"


def test_a_commune_chosen_in_a_row_keeps_all_the_rest_as_typed() -> None:
    rows = [{"nom": "Roy", "ville": {"texte": "Roch", "code": ""}}, {"chez": {"voie": "2 rue", "commune": "Sain"}}]
    document = Document({"gens": [{"nom": "Roy"}, {}]}, bruts={"gens": rows}, erreurs={"gens": "Choisissez."})
    document.choose_commune("gens.0.ville", ROCHEFORT)
    document.choose_commune("gens.1.chez.commune", ROCHEFORT)
    assert document.erreurs == {}
    assert document.reponses == {"gens": [{"nom": "Roy", "ville": ROCHEFORT}, {}]}
    assert document.bruts == {"gens": [{"nom": "Roy", "ville": ROCHEFORT}, {"chez": {"voie": "2 rue", "commune": ROCHEFORT}}]}


def test_a_commune_chosen_begins_a_row() -> None:
    document = Document()
    document.choose_commune("gens.1.ville", ROCHEFORT)
    assert document.reponses == {"gens": [{}, {"ville": ROCHEFORT}]}
