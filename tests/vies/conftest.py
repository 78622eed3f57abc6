"""A base with real commits, a coffre and a store of this test alone: keys and files are destroyed here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from psl.socle import ports
from psl.teledossiers import queries
from tests.harnais.base import BaseReelle
from tests.instruction import monde as mondes
from tests.instruction.monde import Monde
from tests.vies.gestes import Lieu


@pytest.fixture
def etat(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.ETAT = tmp_path
    settings.MESSAGER = "psl.connecteurs.messagers.demonstration.MessagerDemonstration"
    _forget()
    yield tmp_path
    _forget()


@pytest.fixture
def lieu(etat: Path, base_reelle: BaseReelle) -> Lieu:
    return Lieu(base_reelle, etat)


@pytest.fixture
def monde(lieu: Any) -> Monde:
    return mondes.make()


def _forget() -> None:
    ports.forget()
    queries._secret.cache_clear()
