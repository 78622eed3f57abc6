"""`publier`, `comparer` and `suivre` from the command line: all is checked before anything is published."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as reglages

from psl.commandes import demarche as commande
from psl.demarches.models import VersionDemarche
from tests.langage.temoin import changed, write

pytestmark = pytest.mark.django_db


def psl(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    commande.configure(parser)
    return commande.run(parser.parse_args(arguments))


def versions() -> list[tuple[int, str]]:
    return list(VersionDemarche.objects.filter(slug="temoin").order_by("numero").values_list("numero", "brouillons"))


@pytest.fixture
def publiee(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    write(tmp_path, changed())
    assert psl("publier", "temoin", "--catalogue", str(tmp_path)) == 0
    assert capsys.readouterr().out == "temoin : version 1 publiée, brouillons : finir.\n"
    return tmp_path


def test_a_change_is_told_then_published(publiee: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(publiee, changed(("titre", "Demander deux témoins")))
    assert psl("comparer", "temoin", "--catalogue", str(publiee)) == 0
    assert "Le titre : « Demander un témoin » devient « Demander deux témoins »" in capsys.readouterr().out
    assert psl("publier", "temoin", "--brouillons", "porter", "--catalogue", str(publiee)) == 0
    assert versions() == [(1, "finir"), (2, "porter")]
    assert psl("comparer", "temoin@1", "temoin@publiee", "--catalogue", str(publiee)) == 0
    assert capsys.readouterr().out.splitlines()[-3] == "temoin version 1 → temoin version 2"


def test_a_fault_publishes_nothing(publiee: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(publiee, changed(("pages.1.si", "quoy = 1")))
    assert psl("publier", "temoin", "--catalogue", str(publiee)) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "temoin : rien n'est publié."
    write(publiee, "titre: &a x\n")
    assert psl("publier", "temoin", "--catalogue", str(publiee)) == 1
    assert psl("publier", "absente", "--catalogue", str(publiee)) == 2
    assert versions() == [(1, "finir")]


def test_a_loss_is_refused_until_it_is_accepted(publiee: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texte = (publiee / "temoin" / "demarche.yaml").read_text("utf-8")
    cle = "rendue_le"
    (publiee / "temoin" / "demarche.yaml").write_text(texte.replace(cle, "nouvelleCle"), "utf-8")
    assert psl("publier", "temoin", "--catalogue", str(publiee)) == 1
    out = capsys.readouterr().out
    assert f"La clé « {cle} » est devenue « nouvelleCle ». Écrivez de nouveau cle: {cle}." in out
    assert versions() == [(1, "finir")]
    assert psl("publier", "temoin", "--accepter-les-pertes", "--catalogue", str(publiee)) == 0
    assert versions() == [(1, "finir"), (2, "finir")]


def test_follow_publishes_in_demonstration_only(publiee: Path, capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    write(publiee, changed(("titre", "Autre")))
    settings.PLATEFORME = "recette"
    assert psl("suivre", "temoin", "--une-fois", "--catalogue", str(publiee)) == 2
    settings.PLATEFORME = "demonstration"
    assert reglages.PLATEFORME == "demonstration"
    assert psl("suivre", "temoin", "--une-fois", "--catalogue", str(publiee)) == 0
    write(publiee, "titre: &a x\n")
    assert psl("suivre", "temoin", "--une-fois", "--catalogue", str(publiee)) == 1
    assert versions() == [(1, "finir"), (2, "porter")]
    assert "temoin/demarche.yaml:1 : Les ancres" in capsys.readouterr().out
