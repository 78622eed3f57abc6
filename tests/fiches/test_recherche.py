"""The engine of search: words, spelling, synonyms, ranking. Pure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.fiches.recherche.entrees import Document, Service, make
from psl.fiches.recherche.index import Index
from psl.fiches.recherche.moteur import Moteur, unique
from psl.fiches.recherche.mots import VIDES, fold, spans, stem, stems, surfaces
from psl.fiches.recherche.orthographe import Orthographe, distance
from psl.fiches.recherche.synonymes import Synonymes, read

PSL = "https://psl.service-public.fr/mademarche"
TITRES = {
    "F1050": ("fiche", "Carte grise : immatriculer un véhicule d'occasion"),
    "F1341": ("fiche", "Carte d'identité d'un majeur : première demande"),
    "F1427": ("fiche", "Acte de naissance : demande de copie intégrale ou d'extrait"),
    "F870": ("fiche", "Recensement militaire (ou « recensement citoyen »)"),
    "F871": ("fiche", "Journée défense et citoyenneté (JDC)"),
    "F614": ("fiche", "Plantations (haies, arbres, arbustes...)"),
    "R45668": ("teleservice", "Pré-demande de carte d'identité"),
    "R1341": ("modele", "Demander une carte d'identité"),
}
SERVICES = [
    Service("EtatCivil", "", "/mademarche/EtatCivil/demarche", "Demander un acte d'état civil", "", ("particuliers",), ["extrait"]),
    Service(
        "EtatCivil", "NAISSANCE", "/mademarche/EtatCivil/demarche?action=NAISSANCE", "Demander un acte de naissance", "",
        ("particuliers",), ["extrait de naissance"],
    ),
]  # fmt: skip
SYNONYMES = ["carte grise\t=certificat d'immatriculation", "# rien", "sans tabulation", "cni\tcarte d'identité", "haie\tplantations"]


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    documents = [Document(ident, "particuliers", genre, titre, "", "", "", "") for ident, (genre, titre) in TITRES.items()]
    documents.append(
        Document(
            "R1406",
            "particuliers",
            "teleservice",
            "Demande d'acte de naissance",
            "",
            "",
            "N1",
            f"{PSL}/EtatCivil/demarche?action=NAISSANCE",
        )
    )
    documents.append(Document("F1050", "professionnels", "fiche", TITRES["F1050"][1], "", "", "", ""))
    liens = [("particuliers", "F870", "se faire recenser", 3), ("particuliers", "R1406", "bulletin", 2)]
    sigles = [("JDC", "Journée défense et citoyenneté")]
    return Moteur(Index(make(documents, liens, SERVICES, {"F1341": ("papiers",)})), Synonymes(read(SYNONYMES), sigles))


@given(st.text(alphabet=st.sampled_from("aàâbçcdeéèêëiïloôœuùzAÉŒ09 '’-.,:;()/\u0301_\n\xa0«»²ﬁ"), max_size=60))
def test_the_words_of_a_text_are_those_of_the_text_folded_whole(text: str) -> None:
    every = re.findall("[a-z0-9]+", fold(text))
    assert surfaces(text) == ([word for word in every if word not in VIDES] or every)


def first(moteur: Moteur, q: str) -> str:
    return unique(moteur.search(q).reponses)[0].entree.cle


@pytest.mark.parametrize(
    ("q", "cle"),
    [
        ("recencement", "F870"),
        ("RECENSEMENTS", "F870"),
        ("je veux me faire recenser", "F870"),
        ("certificat d'immatriculation", "F1050"),
        ("ma carte grise", "F1050"),
        ("cate grise", "F1050"),
        ("carte d identite", "R45668"),
        ("CNI", "R45668"),
        ("papiers", "F1341"),
        ("jdc", "F871"),
        ("journee defence citoyenete", "F871"),
        ("extrait de naissance", "EtatCivil:NAISSANCE"),
        ("bulletin", "EtatCivil:NAISSANCE"),
        ("etat civil", "EtatCivil"),
        ("la haie du voisin", "F614"),
    ],
)
def test_the_first_answer(moteur: Moteur, q: str, cle: str) -> None:
    assert first(moteur, q) == cle


def test_a_document_that_leads_to_a_demarche_gives_way_to_it(moteur: Moteur) -> None:
    assert "R1406" not in {entree.cle for entree in moteur.index.entrees}
    assert next(entree.theme for entree in moteur.index.entrees if entree.cle == "EtatCivil:NAISSANCE") == "N1"


def test_a_document_of_two_audiences_stands_once_under_the_best(moteur: Moteur) -> None:
    every = [one.entree.audience for one in moteur.search("immatriculer").reponses]
    assert every == ["particuliers", "professionnels"]
    assert [one.entree.audience for one in unique(moteur.search("immatriculer").reponses)] == ["particuliers"]


def test_a_service_comes_before_a_model_of_the_same_words(moteur: Moteur) -> None:
    found = [one.entree.cle for one in moteur.search("demander carte identité").reponses]
    assert found.index("R45668") < found.index("R1341")


@pytest.mark.parametrize(
    ("q", "corrigee"), [("recencement", "recensement"), ("recensement", ""), ("cate grise", "carte grise"), ("zzzzqqqq", ""), ("cni", "")]
)
def test_what_was_meant_is_told(moteur: Moteur, q: str, corrigee: str) -> None:
    assert moteur.search(q).corrigee == corrigee


def test_a_correction_can_be_refused(moteur: Moteur) -> None:
    assert moteur.search("recencement", corriger=False).reponses == ()


@pytest.mark.parametrize("q", ["", " ", "\x00", "& | ! ( ) :*", "%_'\"", "x" * 10_000, "🙂", "zzzzqqqq", "<>"])
def test_what_answers_nothing(moteur: Moteur, q: str) -> None:
    assert moteur.search(q).reponses == ()


def test_what_is_only_small_words_is_searched_all_the_same(moteur: Moteur) -> None:
    assert surfaces("où et quand ?") == ["ou", "et", "quand"]


@given(st.text(max_size=400))
def test_any_text_is_searched(q: str) -> None:
    moteur = Moteur(Index(make([Document("F1", "particuliers", "fiche", "Passeport", "", "", "", "")], [])), Synonymes([]))
    assert len(moteur.search(q).reponses) <= 1
    assert len(moteur.suggest(q)) <= 1


@pytest.mark.parametrize(
    ("q", "first_ones"),
    [("rec", ["F870"]), ("carte gri", ["F1050"]), ("recence", ["F870"]), ("carte grise ", ["F1050"]), ("r", []), ("", [])],
)
def test_suggestions(moteur: Moteur, q: str, first_ones: list[str]) -> None:
    assert [entree.cle for entree in moteur.suggest(q)][:1] == first_ones


def test_a_suggestion_of_an_expression_leads_to_the_demarche(moteur: Moteur) -> None:
    assert moteur.suggest("extrait de nais")[0].cle == "EtatCivil:NAISSANCE"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("déménager", "déménagements"),
        ("permis", "permi"),
        ("déclarations", "déclarer"),
        ("œuvres", "oeuvre"),
        ("renouveler", "renouvellement"),
    ],
)
def test_words_of_a_family_share_their_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("marche", "marchand"), ("carte", "cartable"), ("acte", "action"), ("logement", "loge")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_spans_tell_where_words_are() -> None:
    assert [("L'État civil"[start:end], racine) for start, end, racine in spans("L'État civil")] == [
        ("L", ""), ("État", "etat"), ("civil", "civil"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [("carte", "crate", 1), ("carte", "cartes", 1), ("carte", "catre", 1), ("chien", "niche", 3), ("abc", "abcdef", 3)],
)
def test_distance(one: str, other: str, far: int) -> None:
    assert distance(one, other) == far


def test_spelling_prefers_the_first_letter_then_the_most_used() -> None:
    orthographe = Orthographe({"carte": 50, "tarte": 90, "charte": 10, "declaration": 4})
    assert [mot for mot, _ in orthographe.corrections("crte")] == ["carte"]
    assert [mot for mot, _ in orthographe.corrections("caarte")] == ["carte", "charte"]
    assert [mot for mot, _ in orthographe.corrections("decalration")] == ["declaration"]
    assert [mot for mot, _ in orthographe.corrections("dclarasion")] == ["declaration"]
    assert orthographe.corrections("ab") == orthographe.corrections("2020") == orthographe.corrections("x" * 100) == []


def test_synonyms_are_read_one_way_or_both() -> None:
    assert read(["a\tb ; =c", "#d\te", "rien"]) == [("a", "b"), ("a", "c"), ("c", "a")]
