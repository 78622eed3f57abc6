"""The newcomer's guide, followed to the letter: its commands run, its fragment is added, its failure is the one it shows."""

import os
import re
import subprocess
from pathlib import Path

RACINE = Path(__file__).parents[2]
GUIDE = (RACINE / "docs" / "guide-premiere-demarche.md").read_text("utf-8")
BLOCS = re.findall(r"^```([a-z]*)\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
SHELL = [texte.splitlines() for sorte, texte in BLOCS if sorte == "sh"]
FRAGMENT = next(texte for sorte, texte in BLOCS if sorte == "yaml")


def psl(commande: str, catalogue: Path) -> tuple[int, str]:
    mots = re.findall(r'"([^"]*)"|(\S+)', commande.removeprefix("bin/psl "))
    arguments = [cite or mot for cite, mot in mots]
    vers = ["--vers", str(catalogue / "vers")] if "documenter" in arguments else []
    command = [str(RACINE / "bin" / "psl"), *arguments, "--catalogue", str(catalogue), *vers]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_guide_is_followed_to_the_letter(tmp_path: Path) -> None:
    (nouvelle,), (essayer,), (documenter, diagramme) = SHELL
    assert psl(nouvelle, tmp_path)[0] == 0
    assert psl(nouvelle, tmp_path)[0] == 2
    code, dit = psl(essayer, tmp_path)
    assert (code, "rien à redire" in dit, "à confirmer" in dit) == (0, True, True)
    definition = tmp_path / "carte-peche" / "demarche.yaml"
    avant, apres = "          - {cle: personnes,", definition.read_text("utf-8")
    definition.write_text(apres.replace(avant, FRAGMENT + avant), "utf-8")
    code, dit = psl(essayer, tmp_path)
    montre = next(texte for sorte, texte in BLOCS if not sorte and "ÉCHEC" in texte)
    assert (code, montre in dit) == (1, True)
    for essai in (tmp_path / "carte-peche" / "essais").iterdir():
        essai.write_text(essai.read_text("utf-8").replace("reponses:\n", "reponses:\n  duree: ANNEE\n"), "utf-8")
    assert psl(essayer, tmp_path)[0] == 0
    assert psl(documenter, tmp_path)[0] == 0
    assert (tmp_path / "vers" / "formulaire.pdf").read_bytes()[:5] == b"%PDF-"
    code, dit = psl(diagramme, tmp_path)
    assert (code, dit.splitlines()[0]) == (0, "Diagramme de la démarche « Demander une carte de pêche ».")


def test_a_typing_fault_is_said_at_its_line(tmp_path: Path) -> None:
    assert psl(SHELL[0][0], tmp_path)[0] == 0
    definition = tmp_path / "carte-peche" / "demarche.yaml"
    texte = definition.read_text("utf-8").replace("type: choix", "typ: choix")
    definition.write_text(texte, "utf-8")
    ligne = texte[: texte.index("typ: choix")].count("\n") + 1
    code, dit = psl(SHELL[1][0], tmp_path)
    assert (code, "Traceback" in dit) == (1, False)
    assert f"carte-peche/demarche.yaml:{ligne} : La clé « typ » est inconnue" in dit
    assert "Vouliez-vous écrire « type » ?" in dit
