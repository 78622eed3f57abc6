"""The town halls of the demonstration are connected."""

import pytest

from tests.routage import gestes


@pytest.fixture(autouse=True)
def _raccordees(db: None) -> None:
    gestes.connect()
