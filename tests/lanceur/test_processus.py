"""Processes: started again when they die, stopped with all their group, never left behind."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.harnais.lieux import RACINE

from lanceur import enfants, etat  # isort: skip
from lanceur.processus import Processus  # isort: skip

DORT = "import time; time.sleep(60)"


def test_a_process_that_dies_starts_again(tmp_path: Path) -> None:
    un = Processus("essai", [sys.executable, "-c", DORT], dict(os.environ), tmp_path / "essai.log")
    un.start()
    assert un.process is not None
    premier = un.process.pid
    un.process.kill()
    un.process.wait()
    annonce = un.revive()
    until = time.monotonic() + 5
    while not un.is_alive() and time.monotonic() < until:
        un.revive()
        time.sleep(0.05)
    assert (annonce, un.process.pid != premier) == (f"« essai » s'est arrêté (code -9) : relance. Journal : {tmp_path / 'essai.log'}", True)
    un.stop()
    assert not un.is_alive()


def test_stopping_takes_the_children_too(tmp_path: Path) -> None:
    memoire = tmp_path / "petit"
    code = f"""
import subprocess, sys
petit = subprocess.Popen([sys.executable, "-c", {DORT!r}])
open({str(memoire)!r}, "w").write(str(petit.pid))
petit.wait()
"""
    process = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    while not memoire.exists() or not memoire.read_text(encoding="utf-8"):
        time.sleep(0.02)
    petit = int(memoire.read_text(encoding="utf-8"))
    enfants.stop(process)
    assert enfants.wait_gone(petit, 5)


def test_a_killed_launcher_leaves_nothing(tmp_path: Path) -> None:
    code = f"""
import sys, time
sys.path.insert(0, {str(RACINE / "bin")!r})
from pathlib import Path
from lanceur.processus import Processus
un = Processus("essai", [sys.executable, "-c", {DORT!r}], {{}}, Path({str(tmp_path / "essai.log")!r}))
un.start()
print(un.process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as lanceur:
        assert lanceur.stdout is not None
        pid = int(lanceur.stdout.readline())
        lanceur.kill()
    assert enfants.wait_gone(pid, 5)


def test_work_is_done_again_when_what_it_depends_on_changes(tmp_path: Path) -> None:
    memoire = tmp_path / "fait.json"
    before = etat.digest(("requirements/base.in",))
    etat.mark_done(memoire, "migrer", before)
    after = etat.digest(("requirements/base.in",), "autre")
    assert (etat.is_done(memoire, "migrer", before), etat.is_done(memoire, "migrer", after)) == (True, False)


def test_a_base_whose_keys_are_gone_is_swept(tmp_path: Path) -> None:
    bases = {nom: tmp_path / f"base-{nom}" for nom in ("gardee", "oubliee", "qui-tourne")}
    for nom, base in bases.items():
        (base / "donnees").mkdir(parents=True)
        (base / "etat").write_text(str(tmp_path / f"etat-{nom}"), encoding="utf-8")
    (tmp_path / "etat-gardee").mkdir()
    (tmp_path / "etat-gardee" / "base.json").write_text(json.dumps({"dossier": str(bases["gardee"])}), encoding="utf-8")
    (bases["qui-tourne"] / "donnees" / "postmaster.pid").touch()
    etat.sweep(tmp_path)
    assert {nom for nom, base in bases.items() if base.exists()} == {"gardee", "qui-tourne"}
