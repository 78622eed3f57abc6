from pathlib import Path
from typing import Any

import pytest

from psl.langage.charger import read_definition
from psl.langage.preuves import verify
from tests.langage.temoin import CATALOGUE, Faute, definition, fautes


def findings(folder: Path, *changes: tuple[str, Any], en: Any = None) -> list[str]:
    return [f"{defaut.message} {defaut.remede}" for defaut in verify(definition(folder, *changes, en=en))]


def test_a_clean_definition_has_no_finding(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


@pytest.mark.parametrize("cas", fautes("verification"), ids=str)
def test_what_would_go_wrong_is_found(tmp_path: Path, cas: Faute) -> None:
    assert findings(tmp_path, *cas.changes) == cas.dit


def test_missing_and_superfluous_translations_are_found_at_their_line(tmp_path: Path) -> None:
    en = {
        "titre": "Ask",
        "resume": 3,
        "slug": "x",
        "pages": {
            "demande": {
                "titre": "Your request",
                "blocs": {"objet": {"champs": {}}},
                "champs": {"quoy": {"libelle": "x"}, "quoi": {"libelle": "What?", "aide": "x"}},
            }
        },
        "controles": [],
        "pieces": ["x"],
        "messages": {"accuse": {"corps": "Dear {{moi_nomFamille}},"}},
    }
    found = verify(definition(tmp_path, en=en))
    messages = [defaut.message for defaut in found]
    assert {
        "« resume » doit être un texte.",
        "« slug » n'est pas dans la démarche, sous « le fichier ».",
        "« quoy » n'est pas dans la démarche, sous « pages › demande › champs ».",
        "« aide » n'est pas dans la démarche, sous « pages › demande › champs › quoi ».",
        "Les champs se traduisent sous la page, pas sous le bloc.",
        "« pieces » doit être un objet (cle: texte).",
        "{{moi_nomFamille}} n'est pas une valeur connue ici.",
        "« controles » doit avoir 1 textes, dans le même ordre qu'en français.",
        "Il manque la traduction de « pages › demande › champs › quoi › options › NEUF › libelle ».",
        "Il manque la traduction de « pages › details › titre ».",
    } <= set(messages)
    assert not [message for message in messages if message.startswith("Il manque") and ("lettre" in message or "moi_" in message)]
    lignes = (tmp_path / "temoin" / "textes" / "en.yaml").read_text("utf-8").splitlines()
    assert {lignes[defaut.ligne - 1].strip() for defaut in found if "quoy" in defaut.message} == {"quoy:"}


@pytest.mark.parametrize("dossier", sorted(path.parent.name for path in CATALOGUE.glob("*/demarche.yaml")))
def test_the_catalogue_has_no_finding(dossier: str) -> None:
    assert verify(read_definition(CATALOGUE / dossier)) == []
