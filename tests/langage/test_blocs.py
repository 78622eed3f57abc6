"""Every reusable bloc, alone in a démarche, in both languages; and a démarche that takes an archetype up."""

from pathlib import Path
from typing import Any

import pytest

from psl.langage import charger
from psl.langage.definition.modeles import names
from psl.langage.preuves import verify
from psl.langage.source.defauts import DefinitionInvalide
from tests.langage.temoin import changed, write

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


@pytest.mark.parametrize("archetype", ARCHETYPES, ids=lambda path: path.name)
def test_an_archetype_has_nothing_to_say_and_can_be_taken_up(tmp_path: Path, archetype: Path) -> None:
    assert verify(charger.read_definition(archetype)) == []
    dossier = tmp_path / "la-mienne"
    dossier.mkdir()
    (dossier / "demarche.yaml").write_text(f"format: 2\nextends: archetype/{archetype.name}\nslug: la-mienne\ntitre: La mienne\n")
    definition = charger.read_definition(dossier)
    assert (definition.compile().titre, [".".join(map(str, s.chemin)) for s in definition.surcharges]) == (
        "La mienne",
        ["extends", "slug", "titre"],
    )
