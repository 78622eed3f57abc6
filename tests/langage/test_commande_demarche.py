import argparse
import json
from pathlib import Path

import pytest

from psl.commandes import demarche as commande
from tests.langage.temoin import changed, write

ESSAI = {"nom": "Vide", "reponses": {}, "attendu": {"destinataires": []}}


def psl(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    commande.configure(parser)
    return commande.run(parser.parse_args(arguments))


def test_a_clean_demarche_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, changed(), essais={"vide": ESSAI})
    assert psl("essayer", "temoin", "--catalogue", str(tmp_path)) == 0
    assert capsys.readouterr().out == "  ok  vide.yaml : Vide\ntemoin : rien à redire.\n"


def test_facts_to_confirm_are_listed_and_are_not_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, changed(("faits.recours.a_confirmer", True), ("faits.recours.source", "Fiche F1")))
    assert psl("verifier", "--catalogue", str(tmp_path)) == 0
    phrase = "temoin : rien à redire. Elle ne peut pas aller en production tant que des faits restent à confirmer :"
    assert capsys.readouterr().out == f"{phrase}\n  à confirmer : recours (Fiche F1)\n"


def test_findings_have_their_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, changed(("pages.1.si", "quoy = 1")))
    assert psl("verifier", "temoin", "--catalogue", str(tmp_path)) == 1
    premiere, *_, derniere = capsys.readouterr().out.splitlines()
    assert premiere == (
        "temoin/demarche.yaml:79 : Dans « quoy = 1 », caractère 1 : « quoy » n'est pas connu ici. Vouliez-vous écrire « quoi » ?"
    )
    assert derniere == "temoin : 1 défaut(s)."


def test_what_cannot_be_loaded_is_said_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "titre: &a x\n")
    assert psl("essayer", "temoin", "--catalogue", str(tmp_path)) == 1
    assert capsys.readouterr().out.splitlines()[0].startswith("temoin/demarche.yaml:1 : Les ancres")


def test_a_failing_essai_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = write(tmp_path, changed(), essais={"faux": ESSAI | {"attendu": {"sortie": "ailleurs"}}})
    assert psl("essayer", str(dossier)) == 1
    assert capsys.readouterr().out == (
        "  ÉCHEC  faux.yaml : Vide\n         sortie : attendu ailleurs ; obtenu None\ntemoin : 0 défaut(s), 1 essai(s) en échec.\n"
    )
    write(tmp_path, changed(), essais={"faux": "nom: x\n"})
    assert psl("essayer", str(dossier)) == 1


def test_misuse_says_what_exists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, changed())
    assert psl("verifier", "absente", "--catalogue", str(tmp_path)) == 2
    assert capsys.readouterr().err == "Démarche inconnue : absente. Le catalogue a : temoin.\n"
    assert psl("verifier", "--catalogue", str(tmp_path / "vide")) == 2
    with pytest.raises(SystemExit) as sortie:
        psl("publier")
    assert sortie.value.code == 2


def test_the_schema_is_written_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    assert psl("schema") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Définition d'une démarche PSL, format 2"
