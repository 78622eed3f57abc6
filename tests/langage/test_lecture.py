from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psl.langage.definition.objets import Demarche
from psl.langage.evaluation import Situation, evaluate
from psl.langage.lecture import Lecture, read
from tests.langage.temoin import COMMUNES, COPIE, JOUR, REFERENTIELS, demarche, situation


@pytest.fixture(scope="module")
def temoin(tmp_path_factory: pytest.TempPathFactory) -> Demarche:
    return demarche(tmp_path_factory.mktemp("catalogue"))


def lire(vue: Situation, page: str, **post: str) -> Lecture:
    page_vue = vue.page(page)
    assert page_vue is not None
    return read(page_vue, vue, {nom.replace("__", "."): [texte] for nom, texte in post.items()}, referentiels=REFERENTIELS)


def test_a_page_gives_its_answers_and_the_situation_after(temoin: Demarche) -> None:
    lu = lire(situation(temoin), "demande", quoi="COPIE", raison=" Perdu ", urgent="oui")
    assert (lu.valeurs, lu.erreurs, lu.cles) == ({"quoi": "COPIE", "raison": "Perdu", "urgent": True}, {}, ("quoi", "raison", "urgent"))
    assert [page.cle for page in lu.situation.pages] == ["demande", "details", "vous", "pieces"]


def test_fields_unknown_hidden_or_of_other_pages_are_ignored(temoin: Demarche) -> None:
    lu = lire(situation(temoin), "demande", quoi="NEUF", courriel="a@exemple.fr", couleur="VERT", avis="x", pirate="1", _x="<")
    assert (lu.valeurs, lu.erreurs) == ({"quoi": "NEUF", "urgent": False}, {})


def test_a_missing_answer_is_an_error_in_the_words_of_the_question(temoin: Demarche) -> None:
    lu = lire(situation(temoin), "demande", quoi="COPIE")
    assert lu.erreurs == {"raison": "Répondez à la question « Pourquoi une copie ? », par exemple : Perdu."}
    assert lu.valeurs == {"quoi": "COPIE", "urgent": False}


def test_nothing_typed_is_lost_and_valid_answers_are_kept(temoin: Demarche) -> None:
    lu = lire(
        situation(temoin, **COPIE),
        "details",
        faite_le__jour="31",
        faite_le__mois="2",
        faite_le__annee="2020",
        couleur="ROUGE",
        rendue_le__jour="1",
    )
    assert lu.valeurs == {}
    assert lu.brut == {
        "faite_le": {"jour": "31", "mois": "2", "annee": "2020"},
        "rendue_le": {"jour": "1", "mois": "", "annee": ""},
        "couleur": "ROUGE",
    }
    assert list(lu.erreurs) == ["faite_le", "rendue_le", "couleur"]
    assert lu.erreurs["faite_le"] == "« Faite le » : le 31/2/2020 n'existe pas. Vérifiez le jour et le mois."


def test_contradictions_are_errors_of_the_page_that_makes_them(temoin: Demarche) -> None:
    dates = {"faite_le__jour": "2", "faite_le__mois": "1", "faite_le__annee": "2020", "couleur": "VERT"}
    lu = lire(situation(temoin, **COPIE), "details", **dates, rendue_le__jour="1", rendue_le__mois="1", rendue_le__annee="2020")
    assert lu.erreurs == {"rendue_le": "Rendue avant d'être faite. Vérifiez les dates."}


def test_bounds_know_the_day(temoin: Demarche) -> None:
    demain = {"faite_le__jour": "24", "faite_le__mois": "11", "faite_le__annee": "2026", "couleur": "VERT"}
    assert list(lire(situation(temoin, **COPIE), "details", **demain).erreurs) == ["faite_le"]


def test_questions_that_appear_are_told_and_not_yet_missing(tmp_path: Path) -> None:
    d = demarche(tmp_path, ("pages.0.blocs.0.champs.1.si", 'quoi = "COPIE"'))
    lu = lire(situation(d), "demande", quoi="COPIE")
    assert (lu.nouveaux, lu.erreurs, lu.cles) == (("raison",), {}, ("quoi", "urgent"))
    assert next(manque.cle for manque in lu.situation.manques) == "raison"
    vu = lire(situation(d, quoi="COPIE"), "demande", quoi="COPIE")
    assert (vu.nouveaux, list(vu.erreurs)) == ((), ["raison"])


def test_a_question_a_script_made_appear_is_read(tmp_path: Path) -> None:
    d = demarche(tmp_path, ("pages.0.blocs.0.champs.1.si", 'quoi = "COPIE"'))
    lu = lire(situation(d), "demande", quoi="COPIE", raison="Perdu")
    assert (lu.valeurs["raison"], lu.nouveaux) == ("Perdu", ())
    assert "raison" not in lire(situation(d), "demande", quoi="NEUF", raison="Perdu").valeurs


def test_a_commune_typed_without_code_is_to_be_chosen(temoin: Demarche) -> None:
    lu = lire(situation(temoin), "vous", moi_nomFamille="Martin", commune="La Roch", courriel="a@exemple.fr")
    assert (list(lu.erreurs), lu.brut["commune"]) == (["commune"], {"texte": "La Roch", "code": ""})
    lu = lire(situation(temoin), "vous", moi_nomFamille="Martin", commune="La Rochelle", commune__code="17300", courriel="a@exemple.fr")
    assert lu.valeurs["commune"] == COMMUNES["17300"]


def test_a_masked_form_reads_only_what_is_reopened(temoin: Demarche) -> None:
    masque = evaluate(temoin, COPIE, aujourdhui=JOUR, rouverts=frozenset({"raison"}))
    lu = lire(masque, "demande", raison="Volé", quoi="NEUF", urgent="oui")
    assert (lu.valeurs, lu.erreurs, lu.nouveaux) == ({"raison": "Volé"}, {}, ())
    assert lu.situation.valeurs == COPIE | {"raison": "Volé"}


def test_a_reopened_answer_shows_what_it_makes_required(temoin: Demarche) -> None:
    neuf = {cle: valeur for cle, valeur in COPIE.items() if cle not in ("faite_le", "couleur")} | {"quoi": "NEUF"}
    masque = evaluate(temoin, neuf, aujourdhui=JOUR, rouverts=frozenset({"quoi"}))
    lu = lire(masque, "demande", quoi="COPIE")
    assert [page.cle for page in lu.situation.pages] == ["demande", "details"]
    assert [manque.cle for manque in lu.situation.manques] == ["faite_le", "couleur"]


def test_errors_are_in_the_language_of_the_form(temoin: Demarche) -> None:
    lu = lire(evaluate(temoin.localize("en"), {}, aujourdhui=JOUR), "vous", moi_nomFamille="x" * 300)
    assert lu.erreurs["moi_nomFamille"] == "“Surname at birth”: your answer has 300 characters, the limit is 256. Please shorten it."


NOMS = [
    "quoi",
    "raison",
    "urgent",
    "faite_le.jour",
    "faite_le.mois",
    "faite_le.annee",
    "couleur",
    "commune",
    "commune.code",
    "courriel",
    "moi_nomFamille",
]
TEXTES = st.text(max_size=8) | st.sampled_from(["COPIE", "NEUF", "VERT", "oui", "1", "2020", "17300", "a@exemple.fr"])
POSTS = st.dictionaries(st.sampled_from(NOMS) | st.text(max_size=4), st.lists(TEXTES, max_size=2), max_size=11)


@given(POSTS)
def test_any_post_gives_values_or_sentences(temoin: Demarche, post: dict[str, Any]) -> None:
    vue = situation(temoin, **COPIE)
    for page in vue.pages:
        lu = read(page, vue, post, referentiels=REFERENTIELS)
        assert not set(lu.valeurs) & set(lu.erreurs) - set(lu.situation.erreurs)
        assert set(lu.valeurs) | set(lu.erreurs) <= set(lu.brut) == set(lu.cles)
        assert all(lu.erreurs.values())
        assert lu.situation.valeurs.keys() & lu.valeurs.keys() == lu.valeurs.keys()
