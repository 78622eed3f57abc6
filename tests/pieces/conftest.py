"""An empty Stockage for each test of the operations."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def fichiers() -> Iterator[Path]:
    dossier = Path(settings.ETAT) / "fichiers"
    shutil.rmtree(dossier, ignore_errors=True)
    yield dossier
    shutil.rmtree(dossier, ignore_errors=True)
