from pathlib import Path
from typing import Any

import pytest
import yaml

from psl.langage import charger, essais
from psl.langage.charger import DefinitionInvalide
from psl.langage.definition import schema
from tests.langage.temoin import CATALOGUE, COPIE, changed, write


def run(folder: Path, essai: Any) -> list[str]:
    dossier = write(folder, changed(), essais={"un": essai})
    [resultat] = essais.run_all(charger.load(dossier), dossier)
    assert resultat.is_passed is not bool(resultat.ecarts)
    return [str(ecart) for ecart in resultat.ecarts]


def test_an_essai_that_expects_all_that_comes_passes(tmp_path: Path) -> None:
    attendu = {
        "pages": ["demande", "details", "vous", "pieces"],
        "erreurs": {},
        "manques": [],
        "pieces": {"Preuve": "facultative"},
        "destinataires": [{"cle": "mairie", "territoire": "17300", "motif": "commune"}, {"cle": "atelier"}],
        "sortie": None,
        "avis": [],
        "valeurs": COPIE,
    }
    assert run(tmp_path, {"nom": "Tout", "aujourdhui": "2026-11-23", "reponses": COPIE, "attendu": attendu}) == []


def test_a_failing_essai_shows_the_difference(tmp_path: Path) -> None:
    attendu = {
        "pages": ["demande"],
        "erreurs": {"rendue_le": "après", "quoi": "x"},
        "manques": ["raison"],
        "destinataires": [{"cle": "mairie", "territoire": "75056"}],
        "sortie": "ailleurs",
    }
    deux = [{"cle": "mairie", "territoire": "17300", "motif": "commune"}, {"cle": "atelier", "territoire": "A1", "motif": "copie"}]
    reponses = COPIE | {"rendue_le": "2019-01-01", "couleur": "BLEU", "raison": None}
    assert run(tmp_path, {"nom": "Faux", "aujourdhui": "2026-11-23", "reponses": reponses, "attendu": attendu}) == [
        "pages : attendu ['demande'] ; obtenu ['demande', 'details', 'vous', 'pieces']",
        "erreur de rendue_le : attendu « …après… » ; obtenu « Rendue avant d'être faite. Vérifiez les dates. »",
        "erreur de quoi : attendu « …x… » ; obtenu aucune",
        "erreur de couleur : attendu aucune ; obtenu « Choisissez une réponse à « Couleur ». »",
        f"destinataires : attendu {attendu['destinataires']} ; obtenu {deux}",
        "sortie : attendu ailleurs ; obtenu None",
    ]


def test_answers_are_checked_as_a_page_would(tmp_path: Path) -> None:
    essai = {
        "nom": "Inconnue",
        "reponses": {"quoi": "NEUF", "commune": {"code": "17300"}, "courriel": "x"},
        "referentiels": {"communes": ["75110"]},
        "attendu": {"erreurs": {"commune": "pas dans notre liste", "courriel": "adresse électronique"}, "manques": ["moi_nomFamille"]},
    }
    assert run(tmp_path, essai) == []


@pytest.mark.parametrize(
    ("essai", "message"),
    [
        ({"reponses": {}, "nom": "x", "attendu": {}}, "Un essai commence par son nom."),
        ({"nom": "x", "reponses": {"quoy": "NEUF"}, "attendu": {}}, "« quoy » n'est pas un champ de la démarche."),
        ({"nom": "x", "reponses": {}, "attendu": {"page": []}}, "La clé « page » est inconnue dans « attendu »."),
        ({"nom": "x", "attendu": {}}, "Il manque « reponses » dans « le fichier »."),
    ],
)
def test_a_file_that_is_not_an_essai_is_refused(tmp_path: Path, essai: Any, message: str) -> None:
    with pytest.raises(DefinitionInvalide) as refus:
        run(tmp_path, essai)
    assert [(defaut.fichier, defaut.message) for defaut in refus.value.defauts] == [("essais/un.yaml", message)]


# The generated ones are kept as regression: `bin/psl demarche essayer --engendrer SLUG` writes them again after a change that is meant.
FICHIERS = [path.relative_to(CATALOGUE) for path in sorted(CATALOGUE.glob("*/essais/**/*.yaml"))]
CAS = [(path.parts[0], str(Path(*path.parts[1:]))) for path in FICHIERS]


@pytest.mark.parametrize(("slug", "fichier"), CAS)
def test_the_essais_of_the_catalogue_pass(slug: str, fichier: str) -> None:
    assert essais.run(charger.load(CATALOGUE / slug), CATALOGUE / slug / fichier).ecarts == ()


def test_the_generated_journeys_of_a_demarche_are_few_and_kept() -> None:
    kept = {dossier.name: len(list(dossier.glob("essais/engendres/*.yaml"))) for dossier in CATALOGUE.iterdir() if dossier.is_dir()}
    assert {slug: nombre for slug, nombre in kept.items() if not 1 <= nombre <= 45} == {}


TOUT = """
    {calculs: [{cle: double, valeur: '1'}],
     documents: [{code: recu, nom: Reçu, quand: depot, corps: x}],
     echeances: [{cle: rappel, le: "aujourd'hui", libelle: Rappel, rappels: [P7D]}],
     demarches_liees: [{demarche: Autre, quand: avant, lien: "https://exemple.fr", libelle: Autre}]}
"""


def test_every_kind_of_expectation_shows_its_difference(tmp_path: Path) -> None:
    ajouts = yaml.safe_load(TOUT)
    ajouts["calculs"][0]["valeur"] = 'if quoi = "COPIE" then 2 else 1'
    dossier = write(tmp_path, changed(*ajouts.items()))
    attendu = {
        "pages": [],
        "erreurs": {"quoi": "x"},
        "manques": ["raison"],
        "pieces": {},
        "destinataires": [],
        "sortie": "ailleurs",
        "avis": ["avis"],
        "valeurs": {},
        "calculs": {"double": 3},
        "documents": [],
        "echeances": {"rappel": "2026-11-24"},
        "demarches_liees": [],
        "copies": {"atelier": ["quoi"]},
    }
    assert set(attendu) == set(schema.ESSAI.cles["attendu"].cles)
    ecarts = essais.compare(charger.load(dossier), {"nom": "x", "aujourdhui": "2026-11-23", "reponses": COPIE, "attendu": attendu})
    dits = {str(ecart.quoi): str(ecart) for ecart in ecarts}
    assert set(dits) == {
        "erreur de quoi", "calculs › double", "copies › atelier", *attendu.keys() - {"erreurs", "calculs", "copies"},
    }  # fmt: skip
    assert dits["calculs › double"] == "calculs › double : attendu 3 ; obtenu 2"
    assert dits["documents"] == "documents : attendu [] ; obtenu ['recu']"
    assert dits["echeances"] == "echeances : attendu {'rappel': '2026-11-24'} ; obtenu {'rappel': '2026-11-23'}"
    assert dits["demarches_liees"] == "demarches_liees : attendu [] ; obtenu ['Autre']"
    assert dits["pieces"] == "pieces : attendu {} ; obtenu {'Preuve': 'facultative'}"
