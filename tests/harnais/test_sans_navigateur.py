"""A machine without a browser says in one line what it did not run; under CI that is a failure."""

import os
import subprocess
import sys

import pytest

from tests.harnais.lieux import RACINE

ESSAI = "tests/harnais/test_navigateur.py::test_two_people_share_no_cookie"


@pytest.mark.navigateur
@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_what_was_not_run_is_said(ci: str, code: int) -> None:
    environ = {**os.environ, "PATH": "/nulle-part", "CI": ci}
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", ESSAI]
    done = subprocess.run(command, cwd=RACINE, env=environ, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("Non exécuté")]
    expected = ["Non exécuté : 1 essai au navigateur. Chromium est absent et n'a pas pu être installé."]
    assert (done.returncode, lines) == (code, expected), done.stdout + done.stderr
