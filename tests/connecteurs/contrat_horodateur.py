"""The contract of the port Horodateur, kept by each connecteur."""

import hashlib
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from psl.journal import jetons
from psl.socle import clock

DIGEST = hashlib.sha256(b"lot").digest()


class ContratHorodateur:
    """What any horodateur must do. A subclass gives `horodateur`."""

    def test_a_token_says_when(self, horodateur):
        moment = jetons.check(horodateur.stamp(DIGEST), digest=DIGEST, racines=horodateur.certificates())
        assert abs(clock.now() - moment) < timedelta(minutes=1)

    def test_a_token_is_that_of_one_digest(self, horodateur):
        with pytest.raises(jetons.JetonFaux, match="autre chose"):
            jetons.check(horodateur.stamp(DIGEST), digest=hashlib.sha256(b"autre").digest(), racines=horodateur.certificates())

    def test_openssl_finds_it_right(self, horodateur, tmp_path):
        token, racines, data = tmp_path / "jeton.der", tmp_path / "racines.pem", tmp_path / "lot"
        token.write_bytes(horodateur.stamp(DIGEST))
        racines.write_bytes(horodateur.certificates())
        data.write_bytes(b"lot")
        assert verify(data, token, racines) == "Verification: OK"
        data.write_bytes(b"lots")
        assert verify(data, token, racines) == "Verification: FAILED"

    def test_it_finds_nothing_wrong_with_itself(self, horodateur):
        assert horodateur.check() == []


def verify(data: Path, token: Path, racines: Path) -> str:
    command = ["openssl", "ts", "-verify", "-data", str(data), "-in", str(token), "-token_in", "-CAfile", str(racines)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return next(line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Verification"))
