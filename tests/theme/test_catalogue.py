"""Every field of the démarches of the catalogue, in each of their languages, as the definition gives it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from psl.langage import charger
from psl.langage.charger import Demarche
from psl.portails.theme import champs
from psl.portails.theme.squelettes import render_field
from tests.theme.donnees import PAYS, read

DEMARCHES = [charger.load(path.parent) for path in sorted(Path(settings.CATALOGUE).glob("*/demarche.yaml"))]


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("demarche", DEMARCHES, ids=lambda demarche: demarche.slug)
def test_each_field_is_labelled_in_each_language(demarche: Demarche, langue: str) -> None:
    with translation.override(langue):
        for champ in demarche.localize(langue).champs.values():
            page = read(render_field(champ, options=champ.options, pays=PAYS, langue=langue))
            labelled = [label.attributs["for"] for label in page.all("label")]
            assert sorted(labelled) == sorted(control.attributs["id"] for control in page.controls())
            if champ.type != "information":
                page.by_id(champs.first_id(champ))


@pytest.mark.parametrize("demarche", DEMARCHES, ids=lambda demarche: demarche.slug)
def test_each_piece_says_its_limits(demarche: Demarche) -> None:
    for piece in demarche.pieces:
        page = read(champs.render_piece(piece, fichiers=[], url_ajouter="/ajouter"))
        assert f"{piece.max_mo} Mo" in page.by_id(f"c-{piece.code}-aide").texte
