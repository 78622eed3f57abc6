"""What a definition must never be: each is refused with its file, its line, what is wrong and what to write; no traceback, nothing kept."""

import argparse
from pathlib import Path

import pytest

from psl.commandes import demarche as commande
from tests.langage.temoin import changed, write

BOMBE = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n"
BRUTES = {
    "a YAML bomb": (BOMBE, 1, "Les ancres « & »"),
    "a key twice": ("titre: Un\nslug: temoin\ntitre: Deux\n", 3, "La clé « titre » est écrite deux fois."),
    "a tabulation": ("codes:\n\tpsl: Temoin\n", 2, "Cette ligne a une tabulation."),
    "ten megabytes": ("titre: " + "x" * 10_000_000 + "\n", 1, "Ce fichier dépasse 1 Mo."),
    "deep nesting": ("titre: " + "[" * 5000 + "]" * 5000 + "\n", 1, "Ce fichier a plus de"),
    "code of Python": ("titre: !!python/object/apply:os.system [id]\n", 1, "Les étiquettes « ! »"),
}
CHANGEES = {
    "an unknown component": (("pages.0.blocs.0.champs.0.type", "chois"), "chois", "Vouliez-vous écrire « choix » ?"),
    "a condition that reads itself": (("pages.0.blocs.0.champs.1.si", "raison = null"), "raison = null", "Déplacez la question plus haut"),
    "an exploding pattern": (("pages.0.blocs.0.champs.1.motif", "(((a{200}){200}){200}){200}"), "a{200}", "ce motif est trop grand"),
    "a template with code": (
        ("messages.accuse.corps", "Bonjour {{quoi.__class__}} {% load x %}"), "__class__", "n'est pas une valeur connue ici"
    ),
    "HTML in a text": (("depart.qui", "<script>alert(1)</script>"), "<script>", "Le HTML n'est pas permis."),
}  # fmt: skip


def psl(catalogue: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    commande.configure(parser)
    return commande.run(parser.parse_args([*arguments, "--catalogue", str(catalogue)]))


@pytest.mark.parametrize(("texte", "ligne", "message"), BRUTES.values(), ids=BRUTES.keys())
def test_a_file_that_is_not_strict_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str], texte: str, ligne: int, message: str) -> None:
    write(tmp_path, texte)
    for action in ("verifier", "essayer"):
        assert psl(tmp_path, action, "temoin") == 1
        dit = capsys.readouterr().out.splitlines()[0]
        assert dit.startswith(f"temoin/demarche.yaml:{ligne} : {message}")
        assert dit.endswith(".")
        assert len(dit) < 400


@pytest.mark.parametrize(("change", "ecrit", "dit"), CHANGEES.values(), ids=CHANGEES.keys())
def test_a_definition_that_means_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], ecrit: str, dit: str
) -> None:
    dossier = write(tmp_path, changed(change))
    assert psl(tmp_path, "verifier", "temoin") == 1
    lignes = capsys.readouterr().out.splitlines()
    numeros = [rang for rang, ligne in enumerate((dossier / "demarche.yaml").read_text("utf-8").splitlines(), start=1) if ecrit in ligne]
    [trouve] = [ligne for ligne in lignes if dit in ligne]
    assert trouve.startswith(f"temoin/demarche.yaml:{numeros[0]} : ")
    assert not any("Traceback" in ligne for ligne in lignes)


def test_a_computation_that_goes_round_is_refused_at_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    calculs = [{"cle": "un", "valeur": "deux + 1"}, {"cle": "deux", "valeur": "un + 1"}]
    dossier = write(tmp_path, changed(("calculs", calculs)))
    assert psl(tmp_path, "verifier", "temoin") == 1
    ligne = (dossier / "demarche.yaml").read_text("utf-8").split("deux + 1")[0].count("\n") + 1
    assert f"temoin/demarche.yaml:{ligne} : « un » se calcule à partir d'elle-même. Retirez-la" in capsys.readouterr().out


def test_a_renamed_key_says_the_old_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ancien, nouveau = tmp_path / "ancien", tmp_path / "nouveau"
    write(ancien, changed())
    dossier = write(nouveau, changed())
    fichier = dossier / "demarche.yaml"
    fichier.write_text(fichier.read_text("utf-8").replace("rendue_le", "retour"), "utf-8")
    assert psl(tmp_path, "comparer", str(ancien / "temoin"), str(dossier)) == 1
    assert "! Clé renommée : « Rendue le » (retour) s'appelait « rendue_le »" in capsys.readouterr().out
