import json
from pathlib import Path

import jsonschema_rs
import pytest

from psl.langage import charger
from psl.langage.charger import DefinitionInvalide
from psl.langage.definition.schema import json_schema
from tests.langage.temoin import CATALOGUE, COPIE, TEMOIN, Faute, changed, demarche, fautes, situation, write


def test_a_definition_becomes_frozen_objects(tmp_path: Path) -> None:
    d = demarche(tmp_path)
    assert (d.slug, d.codes.psl, d.titre, [a.valeur for a in d.actions], d.entree, d.parametre_action) == (
        "temoin", "Temoin", "Demander un témoin", ["NEUF", "COPIE"], {"quoi": "quoi"}, "quoi",
    )  # fmt: skip
    assert (d.faits.silence.delai, d.faits.conservation.trace, d.faits_a_confirmer) == ("P2M", "P3Y", ())
    assert list(d.champs) == [
        "quoi", "raison", "urgent", "avis", "faite_le", "rendue_le", "couleur", "moi_nomFamille", "moi_prenoms", "commune", "courriel",
    ]  # fmt: skip
    assert [(p.code, p.requis, p.max_octets, p.max_fichiers) for p in d.pieces] == [("Preuve", False, 10_000_000, 3)]
    assert d.messages["accuse"].objet == "Reçu {{numero}}"
    assert (d.messages["suite"].objet, d.messages["suite"].corps) == ("", "À suivre.")
    assert [sorted(x.recoit or ()) for x in d.destinataires] == [[], ["Preuve", "avis", "quoi", "raison", "urgent"]]
    with pytest.raises(AttributeError):
        d.slug = "autre"  # type: ignore[misc]


def test_a_bloc_becomes_champs_with_prefixed_keys_and_conditions(tmp_path: Path) -> None:
    d = demarche(
        tmp_path,
        ("pages.2.blocs.0.champs_retenus", ["communeNaissanceFR", "paysNaissance"]),
        ("recherche.mots", []),
        ("decisions", {}),
        ("pages.2.blocs.0.facultatifs", []),
    )
    pays, commune = d.pages[2].blocs[0].champs
    assert (commune.cle, pays.cle, commune.autocomplete) == ("moi_paysNaissance", "moi_communeNaissanceFR", "off")
    assert pays.si is not None
    assert pays.si.text == 'moi_paysNaissance.code = "99100"'


def test_a_bloc_about_the_user_lets_the_browser_complete(tmp_path: Path) -> None:
    d = demarche(tmp_path, ("pages.2.blocs.0.concerne_usager", True))
    assert [(c.autocomplete, c.requis) for c in d.pages[2].blocs[0].champs] == [("family-name", True), ("given-name", False)]


def test_the_canonical_form_is_whole_and_gives_the_same_demarche(tmp_path: Path) -> None:
    d = demarche(tmp_path, en={"titre": "Ask for a witness"})
    again = charger.compile_canonical(d.canonique)
    assert again == d
    assert (again.digest, again.localize("en").titre, again.langues) == (d.digest, "Ask for a witness", ("fr", "en"))
    assert situation(again, **COPIE).valeurs == situation(d, **COPIE).valeurs


def test_the_digest_is_that_of_the_content_not_of_its_writing(tmp_path: Path) -> None:
    reordered = dict(reversed(changed().items()))
    autre = charger.load(write(tmp_path / "b", reordered))
    assert autre.digest == demarche(tmp_path / "a").digest
    assert demarche(tmp_path / "c", ("titre", "Autre")).digest != autre.digest


def test_a_canonical_form_of_another_format_is_refused() -> None:
    with pytest.raises(DefinitionInvalide):
        charger.compile_canonical(b'{"format":99}')


def test_localize_puts_translations_where_they_are_and_keeps_the_rest_french(tmp_path: Path) -> None:
    en = {
        "titre": "Ask for a witness",
        "actions": {"COPIE": {"titre": "Ask for a copy"}},
        "pages": {
            "demande": {
                "titre": "Your request",
                "blocs": {"objet": {"titre": "Subject", "titres": ["The copy"]}},
                "champs": {
                    "quoi": {"libelle": "What?", "options": {"COPIE": {"libelle": "A copy"}}},
                    "raison": {"libelles": ["Why a copy?"]},
                },
            }
        },
        "controles": ["Given back before it was made."],
        "declarations": {"exact": "It is exact."},
        "messages": {"suite": "To be continued.", "accuse": {"objet": "Received {{numero}}"}},
        "destinataires": {"mairie": {"nom": "The town hall"}},
    }
    d = demarche(tmp_path, en=en).localize("en")
    vue = situation(d, **COPIE).pages[0]
    assert (d.langue, vue.titre, vue.blocs[0].titre, vue.champs[1].libelle) == ("en", "Your request", "The copy", "Why a copy?")
    assert [option.libelle for option in d.champs["quoi"].options] == ["Un neuf", "A copy"]
    assert (d.controles[0].message, d.declarations[0].libelle) == ("Given back before it was made.", "It is exact.")
    assert (d.messages["suite"].corps, d.messages["accuse"].objet) == ("To be continued.", "Received {{numero}}")
    assert d.champs["moi_nomFamille"].libelle == "Surname at birth"
    assert (d.titre_of({"quoi": "COPIE"}), d.titre_of({})) == ("Ask for a copy", "Ask for a witness")
    assert d.localize("en") is d
    assert d.localize("fr").titre == "Demander un témoin"
    assert d.localize("de").pages[0].titre == "Votre demande"


@pytest.mark.parametrize(
    ("cle", "valeur", "accepte"),
    [
        ("quoi", "COPIE", True),
        ("quoi", "AUTRE", False),
        ("couleur", "ROUGE", True),
        ("absent", "x", False),
        ("avis", "x", False),
        ("raison", " x ", False),
    ],
)
def test_an_entry_parameter_is_accepted_as_it_stands_or_not(tmp_path: Path, cle: str, valeur: str, *, accepte: bool) -> None:
    assert demarche(tmp_path).accepts(cle, valeur) is accepte


@pytest.mark.parametrize("cas", fautes("chargement"), ids=str)
def test_what_cannot_be_compiled_says_what_to_write(tmp_path: Path, cas: Faute) -> None:
    with pytest.raises(DefinitionInvalide) as refus:
        demarche(tmp_path, *cas.changes)
    assert [f"{defaut.message} {defaut.remede}" for defaut in refus.value.defauts] == cas.dit


def test_a_fault_has_the_line_of_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(DefinitionInvalide) as refus:
        demarche(tmp_path, ("depart.qui", "Un.\n\n# Titre\n"), ("pages.0.titre", ...), ("duree_minutes", "dix"))
    lignes = (tmp_path / "temoin" / "demarche.yaml").read_text("utf-8").splitlines()
    vus = [(defaut.fichier, lignes[defaut.ligne - 1].strip()) for defaut in refus.value.defauts]
    assert vus == [
        ("temoin/demarche.yaml", "duree_minutes: dix"),
        ("temoin/demarche.yaml", "# Titre"),
        ("temoin/demarche.yaml", "- cle: demande"),
    ]


def test_the_published_schema_is_a_schema_and_accepts_what_the_loader_accepts() -> None:
    validator = jsonschema_rs.validator_for(json_schema())
    assert validator.is_valid(TEMOIN)
    for path, value in (("titre", 3), ("tritre", "x"), ("pages.0.blocs.0.champs.0.type", "chois"), ("publics", [])):
        assert not validator.is_valid(changed((path, value)))


def test_the_catalogue_is_valid_against_the_published_schema() -> None:
    validator = jsonschema_rs.validator_for(json_schema())
    for fichier in sorted(CATALOGUE.glob("*/demarche.yaml")):
        canonique = json.loads(charger.load(fichier).canonique)
        assert [str(erreur) for erreur in validator.iter_errors(canonique["demarche"])] == []
