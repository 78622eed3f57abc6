"""Every reusable bloc, alone in a démarche, in both languages; and a démarche that takes an archetype up."""

from pathlib import Path
from typing import Any

import pytest

from psl.langage import charger, essais
from psl.langage.definition.modeles import names
from psl.langage.preuves import check_texts, prove, verify
from psl.langage.source.defauts import DefinitionInvalide
from tests.langage.temoin import JOUR, changed, write

ARCHETYPES = sorted(path.parent for path in (Path(__file__).parents[2] / "archetype").glob("*/demarche.yaml"))


@pytest.mark.parametrize("nom", names())
def test_a_bloc_is_complete_in_both_languages(tmp_path: Path, nom: str) -> None:
    bloc: dict[str, Any] = {"cle": "essaye", "modele": nom, "prefixe": "essai", "version": 1}
    definition = charger.read_definition(
        write(tmp_path, changed(("pages.2.blocs.0", bloc), ("recherche.mots", ["raison"]), ("decisions", {})))
    )
    assert verify(definition) == []
    assert all(f"essai_{champ['cle']}" in str(definition.expandee) for champ in charger.used({"pages": [{"blocs": [bloc]}]})[nom]["champs"])
    assert set(definition.textes_modeles) == {"en"}


def test_a_value_computed_from_itself_is_refused(tmp_path: Path) -> None:
    calculs = [{"cle": "un", "valeur": "deux + 1"}, {"cle": "deux", "valeur": "un + 1"}]
    with pytest.raises(DefinitionInvalide) as refus:
        charger.read_definition(write(tmp_path, changed(("calculs", calculs))))
    assert [defaut.message for defaut in refus.value.defauts] == [f"« {cle} » se calcule à partir d'elle-même." for cle in ("un", "deux")]


def test_the_blocs_of_the_contract_are_there() -> None:
    promised = "identite etat_civil filiation adresse coordonnees contact personne_morale association dirigeant representant_legal vehicule"
    assert set(names()) == {*promised.split(), "enfant", "pieces_identite", "justificatif_domicile", "consentement"}


def extend(folder: Path, archetype: str, suite: str = "") -> Path:
    dossier = folder / "la-mienne"
    dossier.mkdir()
    debut = f"format: 2\nextends: archetype/{archetype}\nslug: la-mienne\ntitre: La mienne\n"
    (dossier / "demarche.yaml").write_text(debut + suite, "utf-8")
    return dossier


def test_the_archetypes_are_four() -> None:
    assert [path.name for path in ARCHETYPES] == ["declaration", "demande-association", "demande-simple", "plusieurs-destinataires"]


@pytest.mark.parametrize("archetype", ARCHETYPES, ids=lambda path: path.name)
def test_an_archetype_has_nothing_to_say_and_its_essais_pass(archetype: Path) -> None:
    definition = charger.read_definition(archetype)
    assert [*verify(definition), *check_texts(definition), *prove(definition, jour=JOUR).constats] == []
    assert [resultat.ecarts for resultat in essais.run_all(definition.compile(), archetype)] == [(), ()]


@pytest.mark.parametrize("archetype", ARCHETYPES, ids=lambda path: path.name)
def test_an_archetype_can_be_taken_up(tmp_path: Path, archetype: Path) -> None:
    definition = charger.read_definition(extend(tmp_path, archetype.name))
    assert (definition.compile().titre, [".".join(map(str, s.chemin)) for s in definition.surcharges]) == (
        "La mienne",
        ["extends", "slug", "titre"],
    )


SURCHARGES = """
pieces:
  - {code: Photo, retire: true}
  - {code: Bail, page: pieces, libelle: Votre bail, types: [application/pdf]}
decisions:
  refusee: {libelle: Refus}
pages:
  - cle: demande
    blocs:
      - cle: jardin
        champs:
          - {cle: personnes, retire: true}
          - cle: parcelle
            options: [{valeur: GRANDE, retire: true}, {valeur: SERRE, libelle: Une serre}]
controles: []
"""


def test_what_a_definition_changes_to_its_archetype_is_visible(tmp_path: Path) -> None:
    definition = charger.read_definition(extend(tmp_path, "demande-simple", SURCHARGES))
    demarche = definition.compile()
    assert verify(definition) == []
    assert [option.valeur for option in demarche.champs["parcelle"].options] == ["PETITE", "SERRE"]
    assert ("personnes" in demarche.champs, [piece.code for piece in demarche.pieces], demarche.controles) == (False, ["Bail"], ())
    assert [str(surcharge) for surcharge in definition.surcharges[3:]] == [
        "- pieces › Photo : Votre photo d'identité",
        "+ pieces › 1 : Votre bail",
        "~ decisions › refusee › libelle : Carte refusée → Refus",
        "- pages › 1 › blocs › 1 › champs › personnes : Combien serez-vous ?",
        "- pages › 1 › blocs › 1 › champs › 2 › options › GRANDE : Une grande parcelle",
        "+ pages › 1 › blocs › 1 › champs › 2 › options › 2 : Une serre",
        "~ controles : [{'si': 'personnes < 3', 'champ': 'personnes', 'message': 'Une grande parcelle … → []",
    ]


@pytest.mark.parametrize(
    ("suite", "ligne", "message"),
    [
        ("pages:\n  - {cle: absente, retire: true}\n", 6, "« absente » n'est pas dans « pages » : il n'y a rien à retirer."),
        ("pages:\n  - {cle: vous, retire: true}\n", 2, "« contact_email » n'est pas un champ de la démarche (coordonnees › courriel)."),
        ("pieces:\n  - {code: Plan, retire: false}\n", 6, "La clé « retire » est inconnue dans « pieces › 2 »."),
    ],
    ids=["nothing there", "what is removed is still read", "not removed"],
)
def test_a_removal_that_makes_no_sense_is_refused_at_its_line(tmp_path: Path, suite: str, ligne: int, message: str) -> None:
    with pytest.raises(DefinitionInvalide) as refus:
        charger.read_definition(extend(tmp_path, "demande-simple", suite.replace("\n\n", "\n")))
    assert (ligne, message) in [(defaut.ligne, defaut.message) for defaut in refus.value.defauts]
