"""`make run` with the machine's clamd: started by the launcher on the signatures found, asked by the platform, stopped with it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from psl.connecteurs.antivirus.demonstration import EICAR
from tests.harnais.lieux import RACINE
from tests.lanceur.test_lancer import Lancement, lancement  # noqa: F401 -- a fixture

pytestmark = pytest.mark.navigateur  # the whole platform: one at a time
DEMANDE = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psl.settings")
import django
django.setup()
from psl.pieces.antivirus import antivirus
un = antivirus()
print(type(un).__name__, un.scan([b"rien"]).avis, un.scan([sys.stdin.buffer.read()]).avis)
"""


def test_the_platform_asks_the_clamd_of_the_machine(lancement: Lancement, tmp_path: Path, vrai_clamd: str) -> None:  # noqa: F811
    base = tmp_path / "signatures"
    base.mkdir()
    (base / "psl.ndb").write_text(f"Psl.Eicar:0:*:{EICAR.hex()}\n", encoding="ascii")
    lancement.environ["PSL_CLAMAV_BASE"] = str(base)
    lancement.start()
    journal = (lancement.etat / "lancer.log").read_text(encoding="utf-8")
    assert "Antivirus : clamd\n" in journal
    assert [commande for commande in lancement.processes() if "clamd" in commande] != []
    dits = json.loads((lancement.etat / "environnement.json").read_text(encoding="utf-8"))
    demande = [sys.executable, "-c", DEMANDE]
    dit = subprocess.run(demande, cwd=RACINE, env=lancement.environ | dits, input=EICAR, capture_output=True, check=False)
    assert dit.stdout.decode().split() == ["AntivirusClamd", "sain", "infecte"], dit.stderr.decode()[-800:]
    assert lancement.process is not None
    lancement.process.terminate()
    assert (lancement.process.wait(30), lancement.processes()) == (0, [])
