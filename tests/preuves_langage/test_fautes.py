from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from psl.langage.charger import DefinitionInvalide, read_definition
from psl.langage.preuves import check_texts, prove, verify
from tests.langage.temoin import CATALOGUE, JOUR, changed, definition, write

FAUTES = yaml.safe_load((Path(__file__).parent / "fautes.yaml").read_text("utf-8"))


def messages(folder: Path, *changes: tuple[str, Any]) -> list[str]:
    lue = definition(folder, *changes)
    assert verify(lue) == []
    bilan = prove(lue, jour=JOUR, secondes=30)
    assert bilan.indecis == ()
    return [constat.defaut.message for constat in bilan.constats]


def test_a_clean_demarche_gives_none(tmp_path: Path) -> None:
    assert messages(tmp_path) == []
    assert check_texts(definition(tmp_path)) == []


@pytest.mark.parametrize("faute", FAUTES, ids=lambda faute: faute["quoi"])
def test_a_fault_is_found_and_only_its_root_is_said(tmp_path: Path, faute: dict[str, Any]) -> None:
    found = messages(tmp_path, *faute["change"].items())
    assert [message for message in found if message.startswith(faute["dit"])] == found[:1]
    assert len(found) == 1, found


@pytest.mark.parametrize("dossier", sorted(path.parent.name for path in CATALOGUE.glob("*/demarche.yaml")))
def test_the_catalogue_is_clean(dossier: str) -> None:
    lue = read_definition(CATALOGUE / dossier)
    bilan = prove(lue, jour=date(2026, 11, 23), secondes=60)
    assert ([str(constat.defaut) for constat in bilan.constats], check_texts(lue)) == ([], [])


CHARGEMENT = {
    "cycle par une table": (
        {
            "calculs": [{"cle": "a", "valeur": "b"}],
            "tables": [{"cle": "b", "entrees": "a", "sorties": "x", "lignes": [{"quand": "-", "alors": "1"}]}],
        },
        "se calcule à partir d'elle-même",
    ),
    "clé d'une table prise": (
        {"tables": [{"cle": "urgent", "entrees": "quoi", "sorties": "x", "lignes": [{"quand": "-", "alors": "1"}]}]},
        "« urgent » est déjà pris",
    ),
}


@pytest.mark.parametrize("quoi", CHARGEMENT)
def test_what_turns_or_is_named_twice_is_refused(tmp_path: Path, quoi: str) -> None:
    changes, dit = CHARGEMENT[quoi]
    with pytest.raises(DefinitionInvalide, match=dit):
        read_definition(write(tmp_path, changed(*changes.items())))


TEXTES = {
    "phrase trop longue": ({"depart.qui": " ".join(["mot"] * 40)}, "Une phrase a 40 mots"),
    "texte difficile": (
        {"depart.qui": "L'administration territorialement compétente procède à l'instruction réglementaire. " * 6},
        "Ce texte est difficile à lire",
    ),
    "libellé trop long": ({"pages.0.blocs.0.champs.1.libelle": "Pourquoi " * 15}, "Le libellé de « raison » a"),
    "demandé deux fois": ({"pages.1.blocs.0.champs.1.libelle": "Faite le"}, "« Faite le » est demandé deux fois"),
    "déjà connu": ({"connexion": "requise", "pages.2.blocs.0.concerne_usager": True}, "« moi_nomFamille » est déjà connu"),
    "refus sans recours": ({"decisions.refusee": {"libelle": "Refus"}}, "Un refus doit dire comment le contester"),
}


@pytest.mark.parametrize("quoi", TEXTES)
def test_texts_and_legal_facts_are_read(tmp_path: Path, quoi: str) -> None:
    changes, dit = TEXTES[quoi]
    found = [defaut.message for defaut in check_texts(definition(tmp_path, *changes.items()))]
    assert [message.startswith(dit) for message in found] == [True]
