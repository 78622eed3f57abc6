"""Rendering: every element has its place, nothing in the content runs, tables and cases are whole without script."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.fiches import adresses
from psl.fiches.elements import CONNUS
from psl.fiches.noeuds import Noeud, children, named, prose, walk
from psl.fiches.rendu.document import Page, render
from psl.fiches.verification import page_faults
from tests.fiches import corpus


def shown(*blocs: Noeud, **variables: bool) -> str:
    return render(corpus.fiche(["Texte", {}, *blocs]), corpus.context(**variables), None).corps


def paragraph(*parts: object) -> Noeud:
    return ["Paragraphe", {}, *parts]


def whole(page: Page) -> str:
    listed = " ".join(f"{section.titre} {lien.texte} {lien.precision}" for section in page.sections for lien in section.liens)
    html = "".join((page.avertissements, page.introduction, page.corps, page.ou, page.definitions))
    words = re.sub(r' <span class="psl-poids">.*?</span>|<[^>]*>', "", html)
    return " ".join(unescape(words).split()) + " " + listed


def test_every_shipped_document_renders_without_a_fault() -> None:
    faults = [(lu.ident, fault) for lu in corpus.documents() for fault in page_faults(render(lu.arbre, corpus.context(lu.audience), None))]
    assert faults == []


def test_no_paragraph_of_a_text_is_lost() -> None:
    lost = []
    for lu in corpus.documents():
        told = whole(render(lu.arbre, corpus.context(lu.audience), None)).replace(" ", "")
        texts = [node for part in named(lu.arbre, "Texte", "ListeSituations", "Introduction") for node in _said(part)]
        lost += [
            (lu.ident, prose(n)) for n in texts if n[0] == "Paragraphe" and not _has_empty_link(n) and prose(n).replace(" ", "") not in told
        ]
    assert lost == []


def _has_empty_link(node: Noeud) -> bool:
    return any(child[0] == "LienInterne" and len(child) == 2 for child in walk(node))


def _said(node: Noeud) -> Iterator[Noeud]:
    """Yield the elements below a node; a title is not said where another one takes its place."""
    replaced = any(True for _ in named(node, "TitreAlternatif"))
    yield node
    for child in children(node):
        if not (replaced and child[0] == "Titre"):
            yield from _said(child)


def test_every_element_of_the_selection_is_known() -> None:
    assert {node[0] for lu in corpus.documents() for node in walk(lu.arbre)} - CONNUS == set()


# The hostile document is laid out as the eye reads it.
# ruff: noqa: E501
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_html_and_scripts_in_content_are_only_words() -> None:
    arbre = corpus.fiche(
        ["Avertissement", {"ID": HOSTILE}, ["Titre", {}, HOSTILE], ["Texte", {}, paragraph(HOSTILE)]],
        ["Introduction", {}, ["Texte", {}, paragraph(["TermeEtranger", {"langue": HOSTILE}, HOSTILE])]],
        ["Texte", {}, ["Chapitre", {}, ["Titre", {}, paragraph(HOSTILE)], paragraph(
            ["LienExterne", {"URL": f"https://exemple.fr/{HOSTILE}"}, HOSTILE], ["LienExterne", {"URL": "javascript:alert(1)"}, "clic"],
            ["LienInterne", {"LienPublication": HOSTILE, "audience": HOSTILE}, HOSTILE], ["LienIntra", {"LienID": HOSTILE}, HOSTILE],
            ["LienInterne", {"LienPublication": "R1", "type": "Sigle"}, HOSTILE], ["script", {}, "alert(1)"], ["onclick", {"onclick": "x"}, "y"])],
         ["Tableau", {}, ["Titre", {}, HOSTILE], ["Rangée", {"type": "header"}, ["Cellule", {"fusionHorizontale": HOSTILE}, paragraph(HOSTILE)]]],
         ["BlocCas", {"affichage": "onglet"}, ["Cas", {}, ["Titre", {}, HOSTILE]], ["Cas", {}, ["Titre", {}, "b"]]],
         ["ServiceEnLigne", {"ID": "R1", "URL": "data:text/html,x", "type": HOSTILE, "numerocerfa": HOSTILE, "poids": HOSTILE, "format": "pdf"},
          ["Titre", {}, HOSTILE]]],
        ["OuSAdresser", {}, ["Titre", {}, HOSTILE], ["PivotLocal", {}, HOSTILE], ["RessourceWeb", {"URL": "javascript:x"}]],
        ["Definition", {"ID": HOSTILE}, ["Titre", {}, HOSTILE], ["Texte", {}, paragraph(HOSTILE)]],
        ["Abreviation", {"ID": "R1", "type": "Sigle"}, ["Titre", {}, "x"], ["Texte", {}, paragraph(HOSTILE)]],
    )  # fmt: skip
    page = render(arbre, corpus.context(), None)
    assert list(page_faults(page)) == []
    assert page.corps.count("&lt;script&gt;") > 5


@given(st.text(max_size=60))
def test_an_address_that_is_kept_is_of_the_web(url: str) -> None:
    kept = adresses.safe(url)
    assert kept == "" or (re.match(r"(?i)(https?|mailto|tel):", kept) is not None and not re.search(r'[\s<>"\\]', kept))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.fr/x?y=1", "https://a.fr/x?y=1"), ("HTTP://a.fr", "HTTP://a.fr"), (" https://a.fr/a b ", "https://a.fr/a%20b"),
        ("mailto:a@b.fr", "mailto:a@b.fr"), ("javascript:alert(1)", ""), ("java\nscript:alert(1)", ""), ("//a.fr", ""), ("data:text/html,x", ""),
        ("/ici", ""), ("https://[", ""), ("", ""),
    ],
)  # fmt: skip
def test_addresses(url: str, kept: str) -> None:
    assert adresses.safe(url) == kept


def cell(words: str, **attributes: str) -> Noeud:
    return ["Cellule", attributes, paragraph(words)]


def test_a_table_tells_its_headers_and_its_merged_cells() -> None:
    table = ["Tableau", {}, ["Titre", {}, "Tarifs"], ["Colonne", {"type": "header"}], ["Colonne", {"type": "normal"}],
             ["Rangée", {"type": "header"}, cell("Âge", fusionVerticale="9"), cell("Prix", fusionHorizontale="2")],
             ["Rangée", {"type": "normal"}, cell("Moins de 3 ans", fusionVerticale="2"), cell("0 €"), cell("1 €")],
             ["Rangée", {"type": "normal"}, cell("2 €"), cell("3 €")]]  # fmt: skip
    assert shown(table) == (
        '<div class="psl-tableau" role="region" aria-label="Tarifs" tabindex="0"><table><caption>Tarifs</caption>'
        '<thead><tr><th scope="col">Âge</th><th scope="colgroup" colspan="2">Prix</th></tr></thead>'
        '<tbody><tr><th scope="rowgroup" rowspan="2">Moins de 3 ans</th><td>0 €</td><td>1 €</td></tr>'
        '<tr><th scope="row">2 €</th><td>3 €</td></tr></tbody></table></div>'
    )


def cas(titre: str, variable: str = "") -> Noeud:
    condition: list[Noeud] = [["Condition", {}, ["estVrai", {"var": variable}]]] if variable else []
    return ["Cas", {}, ["Titre", {}, titre], *condition, paragraph(f"Pour {titre}")]


def test_cases_are_tabs_that_open_without_script_and_are_all_there() -> None:
    html = shown(["BlocCas", {"affichage": "onglet"}, cas("Majeur"), cas("Mineur")])
    assert re.findall(r'<details class="psl-cas" name="cas-1"( open)?><summary class="psl-cas__titre">(\w+)', html) == [
        (" open", "Majeur"),
        ("", "Mineur"),
    ]
    assert ("<p>Pour Majeur</p>" in html, "<p>Pour Mineur</p>" in html) == (True, True)


def test_an_answer_chooses_the_case() -> None:
    bloc: Noeud = ["BlocCas", {"affichage": "radio"}, cas("Locataire", "l"), cas("Propriétaire", "p")]
    assert [shown(bloc, **known).count("<details") for known in ({}, {"l": True}, {"l": False}, {"l": True, "p": False})] == [2, 2, 0, 0]
    assert "Pour Propriétaire" in shown(bloc, l=False)
    assert "Pour Propriétaire" not in shown(bloc, l=True, p=False)


def test_a_term_opens_its_definition_once() -> None:
    terme = ["LienIntra", {"LienID": "R9", "type": "Définition de glossaire"}, "ascendant"]
    definition = ["Definition", {"ID": "R9"}, ["Titre", {}, "Ascendant"], ["Texte", {}, paragraph("Parent, grand-parent")]]
    page = render(corpus.fiche(["Texte", {}, paragraph(terme), paragraph(terme)], definition), corpus.context(), None)
    assert page.corps.count('<button class="psl-terme" type="button" popovertarget="definition-R9">ascendant</button>') == 2
    assert page.definitions.count('id="definition-R9" popover') == 1


def test_our_own_demarches_are_offered_at_once() -> None:
    page = render(corpus.tree("F1427"), corpus.context(), None)
    assert [lien.href for lien in page.boutons] == ["/mademarche/EtatCivil/demarche?action=NAISSANCE"]
    assert page.corps.count('href="/mademarche/EtatCivil/demarche?action=NAISSANCE" class="fr-btn"') == 1
    lost = render(corpus.tree("F1344"), corpus.context(), None)
    assert (lost.boutons, [lien.href for lien in lost.utiles]) == ((), ["/mademarche/EtatCivil/demarche?action=NAISSANCE"])


def test_the_reader_stays_in_their_space_and_leaves_it_only_for_what_is_not_here() -> None:
    ctx = corpus.context("associations")
    assert ctx.link("Particuliers", "F1427") == "/particuliers/vosdroits/F1427"
    assert ctx.link("", "F1119") == "/associations/vosdroits/F1119"
    assert ctx.link("Particuliers", "F2") == "https://www.service-public.fr/particuliers/vosdroits/F2"
    ctx.est_complet = True
    assert ctx.link("Particuliers", "F2") == ""
