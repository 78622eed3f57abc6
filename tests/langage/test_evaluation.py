from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psl.langage.definition.objets import Demarche
from psl.langage.evaluation import Manque, Situation, evaluate, recapitulatif
from tests.langage.temoin import COPIE, JOUR, demarche, situation


@pytest.fixture(scope="module")
def temoin(tmp_path_factory: pytest.TempPathFactory) -> Demarche:
    return demarche(tmp_path_factory.mktemp("catalogue"))


def shape(vue: Situation) -> dict[str, list[str]]:
    return {page.cle: [champ.cle for champ in page.champs] for page in vue.pages}


def test_an_empty_form_shows_what_has_no_condition(temoin: Demarche) -> None:
    vide = situation(temoin)
    assert shape(vide) == {"demande": ["quoi", "raison", "urgent"], "vous": ["moi_nomFamille", "moi_prenoms", "commune", "courriel"]}
    assert (vide.valeurs, vide.sortie, vide.pieces, vide.destinataires) == ({}, None, (), ())
    assert [manque.cle for manque in vide.manques] == ["quoi", "moi_nomFamille", "commune", "courriel"]


def test_a_complete_form_lacks_nothing(temoin: Demarche) -> None:
    copie = situation(temoin, **COPIE)
    assert list(shape(copie)) == ["demande", "details", "vous", "pieces"]
    assert (copie.manques, copie.erreurs, copie.valeurs) == ((), {}, COPIE)
    assert copie.requis == {"quoi", "raison", "faite_le", "couleur", "moi_nomFamille", "commune", "courriel"}
    assert [(p.piece.code, p.obligatoire) for p in copie.pieces] == [("Preuve", False)]


def test_a_hidden_answer_counts_as_none_and_is_not_kept(temoin: Demarche) -> None:
    neuf = situation(temoin, **COPIE | {"quoi": "NEUF", "rendue_le": "2019-01-01"})
    assert list(shape(neuf)) == ["demande", "vous"]
    assert not {"faite_le", "couleur", "rendue_le"} & set(neuf.valeurs)
    assert (neuf.erreurs, [d.cle for d in neuf.destinataires], neuf.second_fait_date) == ({}, ["mairie"], None)


def test_labels_and_titles_follow_the_answers(temoin: Demarche) -> None:
    page = situation(temoin, quoi="COPIE").pages[0]
    assert (page.champs[1].libelle, page.blocs[0].titre) == ("Pourquoi une copie ?", "La copie")
    page = situation(temoin, quoi="NEUF").pages[0]
    assert (page.champs[1].libelle, page.blocs[0].titre) == ("Pourquoi ?", "L'objet")
    assert (situation(temoin, quoi="NEUF").titre, situation(temoin).titre) == ("Demander un témoin neuf", "Demander un témoin")


def test_an_answer_required_by_a_later_one_of_its_page(temoin: Demarche) -> None:
    presse = situation(temoin, quoi="NEUF", urgent=True)
    assert presse.manques[0] == Manque("demande", "raison", "Répondez à la question « Pourquoi ? », par exemple : Perdu.", "Pourquoi ?")
    assert [champ.cle for champ in presse.avis] == ["avis"]


def test_an_option_no_longer_offered_is_no_answer(temoin: Demarche) -> None:
    rouge = situation(temoin, **COPIE | {"couleur": "ROUGE"})
    assert [option.valeur for option in rouge.options("couleur")] == ["VERT"]
    assert ("couleur" in rouge.valeurs, [manque.cle for manque in rouge.manques]) == (False, ["couleur"])
    assert situation(temoin, **COPIE | {"couleur": "ROUGE", "urgent": True}).valeurs["couleur"] == "ROUGE"


def test_answers_that_contradict_each_other_are_told_at_their_champ(temoin: Demarche) -> None:
    message = "Rendue avant d'être faite. Vérifiez les dates."
    faux = situation(temoin, **COPIE | {"rendue_le": "2019-12-31"})
    assert (faux.erreurs, faux.manques) == ({"rendue_le": message}, (Manque("details", "rendue_le", message, "Rendue le"),))


def test_a_way_out_stops_the_form(temoin: Demarche) -> None:
    sorti = situation(temoin, **COPIE | {"raison": "ailleurs"})
    assert sorti.sortie is not None
    assert (sorti.sortie.cle, list(shape(sorti)), sorti.destinataires) == ("ailleurs", ["demande"], ())


def test_recipients_take_the_first_rule_and_receive_what_they_may(temoin: Demarche) -> None:
    copie = situation(temoin, **COPIE)
    assert [(d.cle, d.territoire, d.motif) for d in copie.destinataires] == [("mairie", "17300", "commune"), ("atelier", "A1", "copie")]
    mairie, atelier = copie.destinataires
    assert (copie.copy_for(mairie), copie.copy_for(atelier)) == (COPIE, {"quoi": "COPIE", "raison": "Perdu", "urgent": False})
    presse = situation(temoin, **COPIE | {"urgent": True})
    assert [(d.territoire, d.motif) for d in presse.destinataires] == [("00000", "urgence"), ("A1", "copie")]
    assert [p.obligatoire for p in presse.pieces] == [True]
    assert [m.message for m in presse.missing_pieces(frozenset())] == ["Ajoutez le document « La preuve »."]
    assert presse.missing_pieces(frozenset({"Preuve"})) == ()


def test_contact_second_fact_and_search_come_from_the_answers(temoin: Demarche) -> None:
    copie = situation(temoin, **COPIE)
    assert (copie.courriel, copie.telephone, copie.second_fait_date) == ("camille@exemple.fr", "", "2020-01-31")
    assert (copie.mots_recherche, copie.commune_recherche) == (("Martin",), "17300")
    vide = situation(temoin)
    assert (vide.courriel, vide.second_fait_date, vide.mots_recherche, vide.commune_recherche) == ("", None, (), "")


def test_answers_are_shown_as_read_for_messages(temoin: Demarche) -> None:
    shown = situation(temoin, **COPIE).affichage
    assert (shown["titre"], shown["quoi"], shown["faite_le"], shown["commune"], shown["commune.libelle"]) == (
        "Demander une copie de témoin", "Une copie", "31 janvier 2020", "La Rochelle (17000)", "La Rochelle",
    )  # fmt: skip


def test_the_recap_is_in_the_reader_s_order_and_words(temoin: Demarche) -> None:
    blocs = recapitulatif(situation(temoin, **COPIE))
    assert [(bloc.page, bloc.titre, [tuple(ligne) for ligne in bloc.lignes]) for bloc in blocs] == [
        ("demande", "La copie", [("quoi", "Que voulez-vous ?", "Une copie"), ("raison", "Pourquoi une copie ?", "Perdu")]),
        ("details", "Les détails", [("faite_le", "Faite le", "31 janvier 2020"), ("couleur", "Couleur", "Vert")]),
        (
            "vous",
            "Vous",
            [
                ("moi_nomFamille", "Nom de famille", "Martin"),
                ("commune", "Commune", "La Rochelle (17000)"),
                ("courriel", "Courriel", "camille@exemple.fr"),
            ],
        ),
    ]
    anglais = recapitulatif(situation(temoin, **COPIE), "en", cles={"moi_nomFamille", "faite_le"})
    assert [ligne for bloc in anglais for ligne in bloc.lignes] == [
        ("faite_le", "Faite le", "31 January 2020"),
        ("moi_nomFamille", "Surname at birth", "Martin"),
    ]


def test_only_what_is_reopened_is_shown_and_the_rest_stays(temoin: Demarche) -> None:
    masque = evaluate(temoin, COPIE, aujourdhui=JOUR, rouverts=frozenset({"raison", "courriel"}))
    assert shape(masque) == {"demande": ["raison"], "vous": ["courriel"]}
    assert (masque.valeurs, masque.manques, masque.pieces) == (COPIE, (), ())
    piece = evaluate(temoin, COPIE | {"quoi": "NEUF"}, aujourdhui=JOUR, rouverts=frozenset({"Preuve"}))
    assert (shape(piece), [(p.piece.code, p.obligatoire) for p in piece.pieces]) == ({"pieces": []}, [("Preuve", True)])


def test_what_a_reopened_answer_makes_required_is_shown_too(temoin: Demarche) -> None:
    neuf = {cle: valeur for cle, valeur in COPIE.items() if cle not in ("faite_le", "couleur")} | {"quoi": "COPIE"}
    masque = evaluate(temoin, neuf, aujourdhui=JOUR, rouverts=frozenset({"quoi"}))
    assert shape(masque) == {"demande": ["quoi"], "details": ["faite_le", "couleur"]}


def test_information_beside_a_reopened_question_is_shown(temoin: Demarche) -> None:
    masque = evaluate(temoin, COPIE | {"urgent": True}, aujourdhui=JOUR, rouverts=frozenset({"raison"}))
    assert shape(masque) == {"demande": ["raison", "avis"]}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=3), below, max_size=2),
    max_leaves=4,
)
REPONSES = st.dictionaries(
    st.sampled_from([*COPIE, "rendue_le", "avis", "autre"]), JSON | st.sampled_from(list(COPIE.values())), max_size=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(REPONSES)
def test_any_answers_are_understood(temoin: Demarche, reponses: dict[str, Any]) -> None:
    vue = situation(temoin, **reponses)
    visibles = {champ.cle for page in vue.pages for champ in page.champs}
    assert set(vue.valeurs) <= visibles
    assert {manque.cle for manque in vue.manques} <= visibles
    assert (bool(vue.destinataires) and vue.sortie is not None) is False
    assert shape(evaluate(temoin, vue.valeurs, aujourdhui=JOUR)) == shape(vue)
