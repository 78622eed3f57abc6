from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from psl.langage.composants import COMPOSANTS, Composant, Contexte, Invalide
from psl.langage.composants.adresse import Adresse
from psl.langage.composants.case import Case
from psl.langage.composants.choix import Choix
from psl.langage.composants.commune import Commune
from psl.langage.composants.courriel import Courriel
from psl.langage.composants.date import Date
from psl.langage.composants.nombre import Nombre
from psl.langage.composants.oui_non import OuiNon
from psl.langage.composants.pays import Pays
from psl.langage.composants.telephone import Telephone
from psl.langage.composants.texte import Texte
from psl.langage.composants.texte_long import TexteLong
from tests.langage.temoin import COMMUNES, JOUR, PAYS, REFERENTIELS

CHOIX = Choix.build({"options": [{"valeur": "A", "libelle": "Un a"}, {"valeur": "B", "libelle": "Un b"}]})
PASSEE = Date.build({"max": "aujourd'hui", "min": 'date("1900-01-01")'})
LA_ROCHELLE, FRANCE = COMMUNES["17300"], PAYS["99100"]


def contexte(composant: Composant, langue: str = "fr") -> Contexte:
    options = composant.options if isinstance(composant, Choix) else ()
    return Contexte("Question", "", langue, JOUR, REFERENTIELS, options, {"aujourd'hui": JOUR})


def typed(composant: Composant, **champs: str) -> Any:
    """Read a field `c`: keyword `c` is its own text, `c_part` the text of `c.part`."""
    post = {nom.replace("__", ".").replace("c_", "c.", 1): [texte] for nom, texte in champs.items()}
    saisie = composant.parse("c", post, contexte(composant))
    return saisie.erreur or saisie.valeur


def jour(jour: str, mois: str, annee: str) -> dict[str, str]:
    return {"c_jour": jour, "c_mois": mois, "c_annee": annee}


@pytest.mark.parametrize(
    ("composant", "champs", "valeur"),
    [
        (Texte(), {"c": "  Marie-Ève   L'Hôpital "}, "Marie-Ève L'Hôpital"),
        (Texte(), {"c": "E\u0301lodie"}, "Élodie"),
        (Texte(), {"c": "é" * 256}, "é" * 256),
        (Texte(), {"c": "   "}, None),
        (Texte(), {}, None),
        (Texte(), {"c": "a\u202eb\u200b\x00c\td\x1b[0m\ud800e\r\nf"}, "abc d[0me f"),
        (Texte(), {"c": "a" + "\u0301" * 50}, "á" + "\u0301" * 4),
        (TexteLong(), {"c": "a\r\nb \x0b c\n\n\n\nd\u2028e"}, "a\nb\nc\n\nd\ne"),
        (Nombre(), {"c": " 1 234\u202f567 "}, 1234567),
        (Nombre(), {"c": "-3"}, -3),
        (Nombre(), {"c": "2,0"}, 2),
        (Nombre(decimales=2), {"c": "12,5"}, "12.50"),
        (Nombre(min=1, max=5), {"c": "5"}, 5),
        (Date(), jour("31", "1", "1998"), "1998-01-31"),
        (Date(), jour("29", "février", "2024"), "2024-02-29"),
        (Date(), jour("3", "Août", "2024"), "2024-08-03"),
        (Date(), jour("", "", ""), None),
        (PASSEE, jour("23", "11", "2026"), "2026-11-23"),
        (CHOIX, {"c": "B"}, "B"),
        (CHOIX, {}, None),
        (Case(), {"c": "oui"}, True),
        (Case(), {}, False),
        (OuiNon(), {"c": "oui"}, True),
        (OuiNon(), {"c": "non"}, False),
        (OuiNon(), {}, None),
        (Courriel(), {"c": " Prenom.O'Nom+psl@Exemple.FR "}, "Prenom.O'Nom+psl@exemple.fr"),
        (Courriel(), {"c": "a@mairie-élancourt.fr"}, "a@xn--mairie-lancourt-hnb.fr"),
        (Telephone(), {"c": "06 39 98 12 34"}, "+33639981234"),
        (Telephone(), {"c": "06.12.34.56.78"}, "+33612345678"),
        (Telephone(), {"c": "+33 (0)6 12 34 56 78"}, "+33612345678"),
        (Telephone(), {"c": "0033 6 12 34 56 78"}, "+33612345678"),
        (Telephone(), {"c": "0692 12 34 56"}, "+262692123456"),
        (Telephone(), {"c": "0639 01 23 45"}, "+262639012345"),
        (Telephone(), {"c": "0690 00 12 34"}, "+590690001234"),
        (Telephone(), {"c": "+32 470 12 34 56"}, "+32470123456"),
        (Commune(), {"c": "La Rochelle", "c_code": "17300"}, LA_ROCHELLE),
        (Commune(), {"c": "", "c_code": "17300"}, None),
        (Pays(), {"c": "99100"}, FRANCE),
        (Adresse(), {"c_est_france": "oui"}, None),
        (
            Adresse(),
            {
                "c_est_france": "oui",
                "c_voie": "12 rue des Merles",
                "c_complement": "",
                "c_commune": "La Rochelle",
                "c_commune__code": "17300",
            },
            {"est_france": True, "voie": "12 rue des Merles", "commune": LA_ROCHELLE},
        ),
        (
            Adresse(),
            {"c_est_france": "oui", "c_lieu_dit": "Le Bourg", "c_commune": "La Rochelle", "c_commune__code": "17300"},
            {"est_france": True, "lieu_dit": "Le Bourg", "commune": LA_ROCHELLE},
        ),
        (
            Adresse(),
            {"c_est_france": "non", "c_etranger": "Rue Haute 1\r\n1000 Bruxelles", "c_pays": "99131"},
            {"est_france": False, "etranger": "Rue Haute 1\n1000 Bruxelles", "pays": PAYS["99131"]},
        ),
    ],
)
def test_what_is_typed_becomes_a_value(composant: Composant, champs: dict[str, str], valeur: Any) -> None:
    assert typed(composant, **champs) == valeur


TROP = "« Question » : votre réponse a 257 caractères, il en faut 256 au plus. Raccourcissez-la."
TELEPHONE = "« Question » : ce numéro n'existe pas. Écrivez par exemple 06 39 98 12 34, ou +32 470 12 34 56 à l'étranger."
COURRIEL = "« Question » : écrivez une adresse électronique complète, par exemple prenom.nom@exemple.fr."
VOIE = "Écrivez le numéro et la voie, ou un lieu-dit, par exemple 12 rue des Merles."
ENVELOPPE = "Écrivez l'adresse complète, telle qu'on l'écrit sur une enveloppe, sur 6 lignes au plus."
CHIFFRES = "« Question » : écrivez la date en chiffres, par exemple 27 6 1998."


@pytest.mark.parametrize(
    ("composant", "champs", "message"),
    [
        (Texte(), {"c": "é" * 257}, TROP),
        (Nombre(), {"c": "douze"}, "« Question » : écrivez un nombre en chiffres, par exemple 2."),
        (Nombre(), {"c": "١٢"}, "« Question » : écrivez un nombre en chiffres, par exemple 2."),
        (Nombre(), {"c": "1e5"}, "« Question » : écrivez un nombre en chiffres, par exemple 2."),
        (Nombre(), {"c": "9" * 16}, "« Question » : écrivez un nombre en chiffres, par exemple 2."),
        (Nombre(), {"c": "2,5"}, "« Question » : écrivez un nombre entier, sans virgule, par exemple 2."),
        (Nombre(decimales=1), {"c": "2,55"}, "« Question » : écrivez 1 chiffre(s) au plus après la virgule, par exemple 2."),
        (Nombre(min=1, max=5), {"c": "6"}, "« Question » : écrivez un nombre de 1 à 5."),
        (Nombre(min=3), {"c": "2"}, "« Question » : écrivez 3 ou plus."),
        (Nombre(max=3), {"c": "4"}, "« Question » : écrivez 3 ou moins."),
        (Date(), jour("31", "2", "2024"), "« Question » : le 31/2/2024 n'existe pas. Vérifiez le jour et le mois."),
        (Date(), jour("1", "13", "2024"), "« Question » : il n'y a pas de mois 13. Écrivez un mois de 1 à 12."),
        (Date(), jour("1", "1", "98"), "« Question » : écrivez l'année avec 4 chiffres, par exemple 1998."),
        (Date(), jour("1", "1", "0998"), "« Question » : écrivez l'année avec 4 chiffres, par exemple 1998."),
        (Date(), jour("1", "brumaire", "1998"), CHIFFRES),
        (Date(), jour("١", "1", "1998"), CHIFFRES),
        (
            Date(),
            jour("1", "", "1998"),
            "« Question » : donnez le jour, le mois et l'année, par exemple 27 6 1998. Il manque le mois.",
        ),
        (PASSEE, jour("24", "11", "2026"), "« Question » : cette date est dans le futur. Vérifiez le jour, le mois et l'année."),
        (PASSEE, jour("31", "12", "1899"), "« Question » : donnez une date qui n'est pas avant le 1er janvier 1900."),
        (
            Date.build({"max": 'date("2020-01-31")'}),
            jour("1", "2", "2020"),
            "« Question » : donnez une date qui n'est pas après le 31 janvier 2020.",
        ),
        (CHOIX, {"c": "C"}, "Choisissez une réponse à « Question »."),
        (OuiNon(), {"c": "peut-être"}, "Choisissez une réponse à « Question »."),
        (Courriel(), {"c": "camille"}, COURRIEL),
        (Courriel(), {"c": "camille@localhost"}, COURRIEL),
        (Courriel(), {"c": "a..b@exemple.fr"}, COURRIEL),
        (Courriel(), {"c": "a@exemple..fr"}, COURRIEL),
        (Courriel(), {"c": "a@-exemple.fr"}, COURRIEL),
        (Courriel(), {"c": "a@127.0.0.1"}, COURRIEL),
        (Courriel(), {"c": "a@" + "é" * 80 + ".fr"}, COURRIEL),
        (Courriel(), {"c": "a" * 65 + "@exemple.fr"}, COURRIEL),
        (Courriel(), {"c": "a@" + "a" * 5000 + "!"}, COURRIEL),
        (
            Courriel(),
            {"c": "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".fr"},
            "« Question » : votre réponse a 307 caractères, il en faut 256 au plus. Raccourcissez-la.",
        ),
        (Telephone(), {"c": "12"}, TELEPHONE),
        (Telephone(), {"c": "06 12 34 56"}, TELEPHONE),
        (Telephone(), {"c": "bonjour"}, TELEPHONE),
        (Telephone(), {"c": "٠٦١٢٣٤٥٦٧٨"}, TELEPHONE),
        (Telephone(), {"c": "+999 123456"}, TELEPHONE),
        (
            Commune(),
            {"c": "La Roch", "c_code": ""},
            "« Question » : choisissez la commune dans la liste proposée. Écrivez son nom ou son code postal, par exemple 17000.",
        ),
        (
            Commune(),
            {"c": "x", "c_code": "99999"},
            "« Question » : cette commune n'est pas dans notre liste. Choisissez-en une dans la liste proposée.",
        ),
        (Pays(), {"c": "99999"}, "« Question » : choisissez le pays dans la liste."),
        (Adresse(), {"c_voie": "12 rue"}, "« Question » : dites si l'adresse est en France ou à l'étranger."),
        (
            Adresse(),
            {"c_est_france": "oui", "c_complement": "x" * 101},
            f"{TROP.replace('257', '101').replace('256', '100')} {VOIE} Choisissez la commune de l'adresse dans la liste proposée.",
        ),
        (
            Adresse(),
            {"c_est_france": "non", "c_etranger": "\n".join("abcdefg")},
            f"{ENVELOPPE} Choisissez le pays de l'adresse dans la liste.",
        ),
    ],
)
def test_what_cannot_be_taken_says_what_to_write(composant: Composant, champs: dict[str, str], message: str) -> None:
    assert typed(composant, **champs) == message


def test_nothing_typed_is_lost_and_each_part_has_its_error() -> None:
    saisie = Adresse().parse("c", {"c.est_france": ["oui"], "c.complement": ["Bât. B"]}, contexte(Adresse()))
    assert saisie.brut["complement"] == "Bât. B"
    assert list(saisie.details) == ["c.voie", "c.commune"]


@pytest.mark.parametrize(
    ("composant", "valeur"),
    [
        (Texte(), 3),
        (Texte(), "a" * 257),
        (Nombre(), True),
        (Nombre(), "x"),
        (Date(), "2024-02-31"),
        (Date(), "31/01/2024"),
        (Date(), 20240131),
        (CHOIX, "C"),
        (CHOIX, 1),
        (Case(), "oui"),
        (OuiNon(), "oui"),
        (Courriel(), None),
        (Courriel(), "x"),
        (Telephone(), 612345678),
        (Commune(), {"code": "99999"}),
        (Commune(), None),
        (Pays(), ["99100"]),
        (Adresse(), "12 rue"),
        (Adresse(), {"est_france": True}),
        (Adresse(), {"est_france": False, "etranger": "x"}),
    ],
)
def test_a_value_from_elsewhere_is_checked(composant: Composant, valeur: Any) -> None:
    with pytest.raises(Invalide):
        composant.check(valeur, contexte(composant))


@pytest.mark.parametrize(
    ("composant", "valeur", "lue", "fr", "en"),
    [
        (Texte(), "Élodie", "Élodie", "Élodie", "Élodie"),
        (Nombre(), 1234, 1234, "1\u202f234", "1,234"),
        (Nombre(decimales=2), "1234.50", Decimal("1234.50"), "1\u202f234,50", "1,234.50"),
        (Date(), "2026-07-01", date(2026, 7, 1), "1er juillet 2026", "1 July 2026"),
        (CHOIX, "A", "A", "Un a", "Un a"),
        (Case(), True, True, "Oui", "Yes"),
        (OuiNon(), False, False, "Non", "No"),
        (Courriel(), "a@exemple.fr", "a@exemple.fr", "a@exemple.fr", "a@exemple.fr"),
        (Telephone(), "+33639981234", "+33639981234", "06 39 98 12 34", "06 39 98 12 34"),
        (Telephone(), "+262692123456", "+262692123456", "0692 12 34 56", "0692 12 34 56"),
        (Telephone(), "+32470123456", "+32470123456", "+32 470 12 34 56", "+32 470 12 34 56"),
        (Commune(), LA_ROCHELLE, LA_ROCHELLE, "La Rochelle (17000)", "La Rochelle (17000)"),
        (Pays(), FRANCE, FRANCE, "France", "France"),
    ],
)
def test_a_value_is_kept_computed_with_and_shown(composant: Composant, valeur: Any, lue: Any, fr: str, en: str) -> None:
    assert composant.check(valeur, contexte(composant)) == valeur
    assert composant.to_feel(valeur) == lue
    assert (composant.display(valeur, "fr"), composant.display(valeur, "en")) == (fr, en)


def test_an_address_is_shown_as_on_an_envelope() -> None:
    adresse = {"est_france": True, "complement": "Apt 3", "voie": "12 rue des Merles", "lieu_dit": "Le Bourg", "commune": LA_ROCHELLE}
    assert Adresse().display(adresse, "fr") == "Apt 3\n12 rue des Merles\nLe Bourg\n17000 La Rochelle"
    etranger = {"est_france": False, "etranger": "Rue Haute 1", "pays": PAYS["99131"]}
    assert Adresse().display(Adresse().check(etranger, contexte(Adresse())), "fr") == "Rue Haute 1\nBelgique"


@pytest.mark.parametrize("type_", [type_ for type_, composant in COMPOSANTS.items() if composant.has_value])
@pytest.mark.parametrize("valeur", [None, 3, "x", [], {}, True, {"code": 3}])
def test_a_malformed_value_never_breaks_conditions(type_: str, valeur: Any) -> None:
    composant = COMPOSANTS[type_].build({"options": []})
    composant.to_feel(valeur)


def test_choices_of_six_or_more_are_lists() -> None:
    assert [Choix.build({"options": [{"valeur": str(n), "libelle": "x"} for n in range(nombre)]}).presentation for nombre in (5, 6)] == [
        "radio",
        "liste",
    ]


def test_a_missing_answer_is_asked_in_the_words_of_its_type() -> None:
    dits = {composant.type: composant.missing(contexte(composant)) for composant in (Texte(), Case(), OuiNon(), Pays())}
    assert dits == {
        "texte": "Répondez à la question « Question ».",
        "case": "Cochez la case « Question » pour continuer.",
        "oui_non": "Choisissez une réponse à « Question ».",
        "pays": "« Question » : choisissez le pays dans la liste.",
    }
    assert [Case().is_answered(valeur) for valeur in (True, False, None)] == [True, False, False]


def test_a_number_that_cannot_be_read_back_is_shown_as_it_is() -> None:
    assert Telephone().display("12", "fr") == "12"


def test_messages_exist_in_english() -> None:
    saisie = Texte().parse("c", {"c": ["x" * 300]}, contexte(Texte(), "en"))
    assert saisie.erreur == "“Question”: your answer has 300 characters, the limit is 256. Please shorten it."
    assert CHOIX.missing(contexte(CHOIX, "en")) == "Choose an answer to “Question”."
