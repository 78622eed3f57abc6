"""The mapping of a definition to JSON: what it writes, what its schema says, what it refuses."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema_rs
import orjson
import pytest

from psl.langage import charger
from psl.langage.definition.flux import FLUX_JSON
from psl.langage.derives import flux_json
from psl.langage.essais import play
from psl.langage.evaluation import evaluate
from psl.langage.source import yaml_strict
from psl.langage.source.formes import Releve
from psl.langage.source.yaml_strict import Arbre

OTV = Path(__file__).parents[2] / "catalogue" / "tranquillite-vacances"
PARTIES = ["PERSONNE_FORM", "PERIODE_FORM", "ADRESSE_FORM", "CONTACT_FORM"]


def _written() -> dict[str, dict]:
    demarche = charger.load(OTV)
    found = {}
    for fichier in sorted((OTV / "essais").rglob("*.yaml")):
        situation, erreurs = play(demarche, yaml_strict.read(fichier, nom=fichier.name).donnees)
        if not erreurs and not situation.manques and not situation.erreurs and situation.destinataires:
            found[fichier.stem] = orjson.loads(flux_json.write(demarche, situation, numero="A-1-00000000"))
    return found


def test_every_json_of_the_essais_has_the_real_parts_and_follows_its_schema() -> None:
    validateur = jsonschema_rs.validator_for(flux_json.schema(charger.load(OTV)))
    ecrits = _written()
    assert len(ecrits) >= 8
    assert {nom: list(ecrit) for nom, ecrit in ecrits.items() if list(ecrit) != PARTIES} == {}
    assert {nom: str(faute) for nom, ecrit in ecrits.items() for faute in validateur.iter_errors(ecrit)} == {}
    assert validateur.is_valid({**next(iter(ecrits.values())), "AUTRE": 1}) is False


def test_lists_numbers_booleans_and_what_is_missing_stay_what_they_are() -> None:
    ecrit = _written()["vehicules"]
    assert ecrit["PERIODE_FORM"] == {"DATE_DEPART": "2026-12-19", "DATE_RETOUR": "2027-01-03", "DUREE_JOURS": 15}
    adresse = ecrit["ADRESSE_FORM"]
    assert (adresse["CODE_INSEE"], adresse["COORD_X"], adresse["ALARME"], adresse["DIGICODE"]) == ("17300", None, True, [])
    assert adresse["VEHICULES"] == [
        {"IMMATRICULATION": "AB-123-CD", "DESCRIPTION": "Renault grise"},
        {"IMMATRICULATION": None, "DESCRIPTION": "Remorque blanche"},
    ]
    contact = {"TELEPHONE": "+33639981235", "COURRIEL": None, "POSSEDE_CLES": False, "CODE_INSEE": None}
    assert ecrit["CONTACT_FORM"]["CONTACTS"] == [{"NOM": "Petit", "PRENOM": "Lou", **contact}]


def test_an_attribute_is_refused_at_its_place() -> None:
    releve = Releve(Arbre("d.yaml", {}))
    elements = [{"element": "A", "elements": [{"element": "B", "valeur": '"x"', "attributs": {"c": '"d"'}}]}]
    FLUX_JSON.check({"document": "D", "nom": "D", "elements": elements}, ("json",), releve)
    assert [defaut.message for defaut in releve.defauts] == ["JSON n'a pas d'attributs."]


def test_a_demarche_without_a_mapping_has_no_json() -> None:
    sans = replace(charger.load(OTV), json=None)
    with pytest.raises(ValueError, match="n'a pas de section json"):
        flux_json.write(sans, evaluate(sans, {}, aujourdhui=date(2026, 11, 23)), numero="A-1-00000000")
    with pytest.raises(ValueError, match="n'a pas de section json"):
        flux_json.schema(sans)
