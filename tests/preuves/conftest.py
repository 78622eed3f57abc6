"""The small world of instruction: a service that receives."""

import pytest

from tests.instruction.conftest import monde
from tests.preuves import exemples
from tests.preuves.exemples import Prouve

__all__ = ["monde"]


@pytest.fixture
def prouve(monde: object) -> Prouve:
    return exemples.make()
